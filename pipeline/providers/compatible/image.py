"""Stills by an own server: made from words, or edited from pictures where it serves edits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from django.conf import settings

from pipeline.providers import picture
from pipeline.providers.base import Call, ImageMaker, ImageRequest, Made, Reference
from pipeline.providers.compatible.addresses import file_address
from pipeline.providers.compatible.client import client, posted, read_object, sent
from pipeline.providers.compatible.errors import IMAGES, Refused, again, translated
from pipeline.providers.compatible.model_traits import served_model
from pipeline.providers.compatible.simpler_requests import in_simplest
from pipeline.providers.download import fetch
from pipeline.providers.models_and_prices import ImageModel, ratio_of
from pipeline.providers.openai.answers import objects, picture_bytes
from pipeline.providers.openai.picture_words import files_of, picture_prompt
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import BadMedia

_without_edits: set[str] = set()
"""Addresses that serve none."""


class CompatibleImage(ImageMaker):
    name = "compatible"
    local = True
    suffix = ".png"

    @property
    def model(self) -> str:
        return model_name("image", self.name)

    async def make(self, request: ImageRequest, call: Call) -> Made:
        """Make a picture exactly of the size asked for, cropped to fill. Raises ProviderError."""
        entry = model("image_edit" if request.references else "image", self.name)
        assert isinstance(entry, ImageModel)
        with translated(IMAGES):
            async with asyncio.timeout(call.deadline_s), client("images", call.deadline_s) as http:
                await call.sending()
                answer, shown = await _drawn(http, entry, request)
        call.report(0.9)
        await _keep(await _content(answer, call), request, call)
        call.report(1.0)
        return Made(call.out, {"model": entry.name, "characters": [each.name for each in shown]}, cost_micros=0)


async def _drawn(
    http: httpx.AsyncClient, entry: ImageModel, request: ImageRequest
) -> tuple[Mapping[str, Any], tuple[Reference, ...]]:
    """The answer, and the references it was drawn from: none where the server edits no pictures."""
    base = str(http.base_url)
    if request.references and base not in _without_edits:
        try:
            return await _edited(http, entry, request), request.references[: entry.max_references]
        except Refused as refused:
            if not (refused.is_no_address or refused.about_form):
                raise
            _without_edits.add(base)
    return await _generated(http, entry, request), ()


async def _edited(http: httpx.AsyncClient, entry: ImageModel, request: ImageRequest) -> Mapping[str, Any]:
    pictures = await asyncio.to_thread(files_of, request.references[: entry.max_references])
    fields = {"model": await served_model(http, entry.endpoint), "prompt": picture_prompt(request)[: entry.max_prompt]}
    size = entry.sizes[ratio_of(request.size, entry.sizes)]
    forms = [{**fields, "n": "1", "size": size}, fields]
    name = "image" if len(pictures) == 1 else "image[]"

    async def send(form: dict[str, str]) -> Mapping[str, Any]:
        answer = await sent(http, "images/edits", data=form, files=[(name, each) for each in pictures])
        return read_object(answer.text)

    return await in_simplest((str(http.base_url), "edits"), forms, send)


async def _generated(http: httpx.AsyncClient, entry: ImageModel, request: ImageRequest) -> Mapping[str, Any]:
    fields = {"model": await served_model(http, entry.endpoint), "prompt": _words(request)[: entry.max_prompt]}
    size = entry.sizes[ratio_of(request.size, entry.sizes)]
    forms: list[dict[str, Any]] = [
        {**fields, "n": 1, "size": size, "response_format": "b64_json"},
        {**fields, "n": 1, "size": size},
        {**fields, "n": 1, "size": "1024x1024"},
        fields,
    ]
    return await in_simplest(
        (str(http.base_url), "generations"), forms, lambda form: posted(http, "images/generations", form)
    )


def _words(request: ImageRequest) -> str:
    """Describe who is seen, as there are no pictures to start from."""
    looks = " ".join(f"{each.name}: {each.looks}." for each in request.references if each.looks)
    prompt = f"{request.prompt}\n\n{looks}" if looks else request.prompt
    return picture_prompt(ImageRequest(request.kind, request.name, prompt, request.style, request.size, request.seed,
                                       instructions=request.instructions))  # fmt: skip


async def _content(answer: Mapping[str, Any], call: Call) -> bytes:
    """The picture's bytes, from the answer or from the address it names. Raises ProviderError."""
    entry = next(objects(answer.get("data")), {})
    if address := file_address(entry.get("url"), settings.PIXORA_BASE_URLS["images"]):
        return await fetch(address, call.workdir / "came")
    if content := picture_bytes(entry):
        return content
    raise again(f"{IMAGES} answered without a picture.")


async def _keep(content: bytes, request: ImageRequest, call: Call) -> None:
    try:
        await asyncio.to_thread(picture.keep, content, request.size, call.out)
    except (BadMedia, OSError):
        raise again("The picture that came could not be read.") from None
