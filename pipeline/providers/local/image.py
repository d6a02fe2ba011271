"""Stills drawn on this machine: composed scenes and characters, without a network or a model."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.providers.base import Call, ImageMaker, ImageRequest, Made
from pipeline.providers.local.compute import compute

DRAWING = "pipeline.providers.local.drawing"


class LocalImage(ImageMaker):
    name = "local"
    model = "local-image-1"
    local = True
    suffix = ".png"

    async def make(self, request: ImageRequest, call: Call) -> Made:
        """Draw a picture. Raises ProviderError when it could not be drawn."""
        failed = "The picture could not be drawn."
        return await compute(DRAWING, asdict(request), call, subject="picture", failed=failed)
