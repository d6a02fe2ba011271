"""Stills drawn on this machine: composed scenes and characters, without a network or a model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.providers.base import Call, ImageMaker, ImageRequest, Made
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed, ProcessTimeout, ProviderError

DRAWING = "pipeline.providers.local.drawing"


class LocalImage(ImageMaker):
    name = "local"
    model = "local-image-1"
    local = True
    suffix = ".png"

    async def make(self, request: ImageRequest, call: Call) -> Made:
        """Draw a picture. Raises ProviderError when it could not be drawn."""
        job = json.dumps(_job(request, call.out)).encode()
        try:
            done = await processes.run(
                processes.python_module(DRAWING),
                stdin=job,
                deadline_s=call.deadline_s,
                env=processes.lean_environment(),
            )
        except ProcessTimeout:
            raise ProviderError("Drawing the picture took too long.", retryable=True) from None
        except ProcessFailed as failure:
            raise ProviderError("The picture could not be drawn.", retryable=True) from failure
        call.report(1.0)
        facts: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return Made(call.out, facts)


def _job(request: ImageRequest, out: Path) -> dict[str, Any]:
    width, height = request.size
    references = [{"name": r.name, "path": str(r.path), "kind": r.kind} for r in request.references]
    return {
        "kind": request.kind, "name": request.name, "prompt": request.prompt, "style": request.style, "width": width,
        "height": height, "seed": request.seed, "instructions": request.instructions, "references": references,
        "out": str(out),
    }  # fmt: skip
