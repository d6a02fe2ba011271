from __future__ import annotations

import os
from dataclasses import asdict

from pipeline.providers.base import Call, Made, MotionMaker, MotionRequest
from pipeline.providers.local.compute import compute


class LocalMotion(MotionMaker):
    """A camera that moves over the still. Facts: `duration_ms`, `frames`, `fps`, `move`, `effect`."""

    name = "local"
    model = "local-camera-1"
    local = True
    suffix = ".mp4"

    async def make(self, request: MotionRequest, call: Call) -> Made:
        wanted = {**asdict(request), "image": os.fspath(request.image.absolute())}
        return await compute("pipeline.providers.local.camera", wanted, call, subject="clip")
