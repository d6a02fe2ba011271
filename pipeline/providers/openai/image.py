"""Stills and character sheets: made from words, or edited from the pictures of those who are seen in them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.providers import picture
from pipeline.providers.base import Call, ImageMaker, ImageRequest, Made, Reference, Size
from pipeline.providers.download import fetch
from pipeline.providers.models_and_prices import ImageModel, ratio_of
from pipeline.providers.openai.answers import objects, picture_address, picture_bytes
from pipeline.providers.openai.client import client, sent
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.moderation import OpenAIModeration
from pipeline.providers.openai.picture_words import files_of, picture_prompt
from pipeline.providers.openai.usage import image_cost_micros
from pipeline.providers.refusals import refused_picture
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import BadMedia, ProviderError


class OpenAIImage(ImageMaker):
    name = "openai"
    local = False
    suffix = ".png"

    @property
    def model(self) -> str:
        return model_name("image", self.name)

    async def make(self, request: ImageRequest, call: Call) -> Made:
        """Make a picture exactly of the size asked for, cropped to fill. Raises ProviderError."""
        entry = call.model or model("image_edit" if request.references else "image", self.name)
        assert isinstance(entry, ImageModel)
        try:
            answer = await _drawn(entry, request, call)
        except ProviderError as error:
            if error.code == "refused_prompt" and not await _are_allowed(request.references):
                raise refused_picture(trouble="refused") from None
            raise
        call.report(0.9)
        await _keep(await _content(answer, call), request.size, call.out)
        call.report(1.0)
        facts = {"model": entry.name, "characters": [reference.name for reference in request.references]}
        return Made(call.out, facts, cost_micros=image_cost_micros(answer.get("usage"), entry))


async def _drawn(entry: ImageModel, request: ImageRequest, call: Call) -> Mapping[str, Any]:
    body = _options(entry, request)
    if request.references:
        body |= await asyncio.to_thread(_shown, entry, request.references)
    await call.sending()
    with translated(request.prompt):
        async with asyncio.timeout(call.deadline_s), client(call.deadline_s) as openai:
            images = openai.images.with_raw_response
            draw = images.edit if request.references else images.generate
            return await sent(draw(**body))


def _shown(entry: ImageModel, references: Sequence[Reference]) -> dict[str, Any]:
    """Blocking: reads the pictures that an edit starts from."""
    fidelity = {"input_fidelity": entry.input_fidelity} if entry.input_fidelity else {}
    return {"image": files_of(references[: entry.max_references]), **fidelity}


def _options(entry: ImageModel, request: ImageRequest) -> dict[str, Any]:
    return {
        "model": entry.endpoint,
        "prompt": picture_prompt(request)[: entry.max_prompt],
        "n": 1,
        "size": entry.sizes[ratio_of(request.size, entry.sizes)],
        "output_format": "png",
        **({"quality": entry.quality} if entry.quality else {}),
    }


async def _are_allowed(references: Sequence[Reference]) -> bool:
    """OpenAI does not say whether words or pictures were refused; its moderation model does."""
    judged = await asyncio.gather(*(OpenAIModeration().judge_picture(reference.path) for reference in references))
    return all(verdict.allowed for verdict in judged)


async def _content(answer: Mapping[str, Any], call: Call) -> bytes:
    """The picture's bytes, from the answer or from the address it names. Raises ProviderError."""
    entry = next(objects(answer.get("data")), {})
    if content := picture_bytes(entry):
        return content
    if address := picture_address(entry):
        return await fetch(address, call.workdir / "came")
    raise lost_answer("OpenAI's answer holds no picture.")


async def _keep(content: bytes, size: Size, out: Path) -> None:
    try:
        await asyncio.to_thread(picture.keep, content, size, out)
    except (BadMedia, OSError):
        raise lost_answer("OpenAI's picture could not be read.") from None
