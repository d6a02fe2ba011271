from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.providers.base import Call, Made, MotionMaker, MotionRequest
from pipeline.providers.download import download
from pipeline.providers.fal.client import Client
from pipeline.providers.fal.jobs import file_address, result_of
from pipeline.providers.fal.queue_adapter import FalQueued
from pipeline.providers.fal.upload import ready_picture, upload
from pipeline.providers.models_and_prices import MotionModel, ratio_of
from pipeline.providers.registry import for_size
from pixora.foundation.errors import ProviderError


class FalMotion(FalQueued[MotionModel], MotionMaker):
    """A clip from a still. Frames of a ratio that the model does not make are the work of the one it names instead."""

    role = "motion"
    suffix = ".mp4"

    async def make(self, request: MotionRequest, call: Call) -> Made:
        model = for_size(self.entry_for(call), request.size).for_frames(min(request.size))

        async def arguments(client: Client) -> Mapping[str, Any]:
            first, *last = await asyncio.gather(*(_handed_over(client, path) for path in _frames(model, request)))
            return motion_arguments(model, request, first, "".join(last))

        answer = await result_of(model, arguments, call)
        found = await download(file_address(answer, model.result), call.out, expect="video")
        return Made(call.out, {"model": model.name}, found=found)


def _frames(model: MotionModel, request: MotionRequest) -> Iterator[Path]:
    """The first picture of the clip and, where the model takes one, its last."""
    yield request.image
    if request.end_image and model.takes_end:
        yield request.end_image


async def _handed_over(client: Client, path: Path) -> str:
    return await upload(client, await asyncio.to_thread(ready_picture, path))


def motion_arguments(
    model: MotionModel, request: MotionRequest, image_url: str, end_image_url: str = ""
) -> dict[str, Any]:
    """Return the request in the words of the model. Raises ProviderError for a length that it does not make."""
    if request.duration_s not in model.durations:
        raise ProviderError("The generator makes no clips of this length: choose another one.", code="invalid")
    wanted = {
        "prompt": _prompt(request),
        "image": image_url,
        "end_image": end_image_url or None,
        "duration": model.durations[request.duration_s],
        "ratio": ratio_of(request.size, model.ratios) if model.ratios else None,
        "seed": request.seed,
    }
    named = {model.fields[name]: value for name, value in wanted.items() if value is not None and name in model.fields}
    return {**model.fixed, **named}


def _prompt(request: MotionRequest) -> str:
    """Describe what moves, what it moves in, and what should be different this time."""
    seen = f"The picture shows: {request.seen}" if request.seen else ""
    return ". ".join(part.rstrip(". ") for part in (request.prompt, seen, request.instructions) if part)
