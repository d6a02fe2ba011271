"""Stills drawn on this machine: composed scenes and characters, without a network or a model."""

from __future__ import annotations

from typing import Any

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
        return await compute(DRAWING, _job(request), call, subject="picture", failed="The picture could not be drawn.")


def _job(request: ImageRequest) -> dict[str, Any]:
    width, height = request.size
    references = [{"name": r.name, "path": str(r.path), "kind": r.kind} for r in request.references]
    return {
        "kind": request.kind, "name": request.name, "prompt": request.prompt, "style": request.style, "width": width,
        "height": height, "seed": request.seed, "instructions": request.instructions, "references": references,
    }  # fmt: skip
