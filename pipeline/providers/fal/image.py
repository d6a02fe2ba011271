"""Stills and character sheets by a generator in fal's queue: from words, or from pictures of those who are seen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from pipeline.providers import picture
from pipeline.providers.base import Call, ImageMaker, ImageRequest, Made
from pipeline.providers.download import fetch
from pipeline.providers.fal.client import Client
from pipeline.providers.fal.jobs import file_address, result_of
from pipeline.providers.fal.queue_adapter import FalQueued
from pipeline.providers.fal.upload import ready_picture, upload
from pipeline.providers.models_and_prices import ImageModel, ratio_of
from pipeline.providers.openai.picture_words import picture_prompt
from pixora.foundation.errors import BadMedia, ProviderError


class FalImage(FalQueued[ImageModel], ImageMaker):
    role = "image"
    suffix = ".png"

    async def make(self, request: ImageRequest, call: Call) -> Made:
        """Make a picture exactly of the size asked for, cropped to fill. Raises ProviderError."""
        entry = self.entry_for(call)
        model = entry.model_copy(update={"endpoint": entry.edit_endpoint}) if request.references else entry

        async def arguments(client: Client) -> Mapping[str, Any]:
            shown = request.references[: model.max_references]
            files = await asyncio.gather(*(asyncio.to_thread(ready_picture, each.path) for each in shown))
            return image_arguments(model, request, await asyncio.gather(*(upload(client, file) for file in files)))

        answer = await result_of(model, arguments, call)
        content = await fetch(file_address(answer, model.result), call.workdir / "came")
        try:
            await asyncio.to_thread(picture.keep, content, request.size, call.out)
        except (BadMedia, OSError):
            raise ProviderError("The picture came, but could not be read: start it again to try anew.") from None
        return Made(call.out, {"model": model.name, "characters": [each.name for each in request.references]})


def image_arguments(model: ImageModel, request: ImageRequest, references: list[str]) -> dict[str, Any]:
    """Return the request in the words of the model; `references` are the addresses of the pictures it starts from."""
    wanted = {
        "prompt": picture_prompt(request)[: model.max_prompt],
        "references": references,
        "ratio": ratio_of(request.size, model.ratios) if model.ratios else "",
        "seed": request.seed,
    }
    named = {model.fields[name]: value for name, value in wanted.items() if value and name in model.fields}
    return {**model.fixed, **named}
