from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from pipeline.providers.base import Call, Made, MusicMaker, MusicRequest
from pipeline.providers.download import download
from pipeline.providers.fal.client import Client
from pipeline.providers.fal.jobs import file_address, result_of
from pipeline.providers.fal.queue_adapter import FalQueued
from pipeline.providers.models_and_prices import MusicModel
from pipeline.providers.sound import to_mp3

STYLE_ENDS = re.compile(r"[,;\n]|\.(?=\s|$)")
MOST_STYLES = 40
"""It takes 50 in a list."""


class FalMusic(FalQueued[MusicModel], MusicMaker):
    role = "music"
    suffix = ".mp3"

    async def make(self, request: MusicRequest, call: Call) -> Made:
        model = self.entry_for(call)

        async def arguments(_client: Client) -> Mapping[str, Any]:
            return music_arguments(model, request)

        answer = await result_of(model, arguments, call)
        came = call.workdir / f"came{model.suffix}"
        await download(file_address(answer, model.result), came, expect="audio")
        await to_mp3(came, call.out)
        return Made(call.out, cost_micros=asked_micros(model, request))


def music_arguments(model: MusicModel, request: MusicRequest) -> dict[str, Any]:
    """Return the request in the words of the model; a length it cannot make becomes the nearest it can.

    The parts of a piece go as such to a model that takes them. A prompt that is too long for it is cut at a word, one
    too short is said to be background music.
    """
    if model.makes_parts([part.seconds for part in request.parts]):
        return {**model.fixed_with_parts, model.fields["parts"]: _plan(request)}
    length_s = asked_s(model, request)
    wanted = {
        "prompt": _prompt(model, request),
        "length": length_s,
        "length_ms": length_s * 1000,
        "seed": request.seed,
    }
    return {**model.fixed, **{model.fields[name]: value for name, value in wanted.items() if name in model.fields}}


def asked_s(model: MusicModel, request: MusicRequest) -> int:
    """The whole seconds that are asked for, as long as the model makes them."""
    return min(max(math.ceil(request.length_s), model.min_s), model.max_s)


def asked_micros(model: MusicModel, request: MusicRequest) -> int | None:
    """Return what the vendor asks for that length; before it was known, the most was expected."""
    return model.cost.expected(seconds=asked_s(model, request)) if model.cost else None


def _plan(request: MusicRequest) -> dict[str, Any]:
    """Return a composition plan as ElevenLabs takes it; sections without lines and without voices are instrumental."""
    return {
        "positive_global_styles": [*_styles(f"{request.prompt}; {request.instructions}"), "instrumental"],
        "negative_global_styles": ["vocals", "singing", "spoken words"],
        "sections": [
            {
                "section_name": f"Part {number}",
                "positive_local_styles": _styles(part.mood),
                "negative_local_styles": [],
                "duration_ms": part.seconds * 1000,
                "lines": [],
            }
            for number, part in enumerate(request.parts, 1)
        ],
    }


def _styles(words: str) -> list[str]:
    """Split a description into short directions: the model takes lists of them."""
    return [style for each in STYLE_ENDS.split(words) if (style := each.strip(" ."))][:MOST_STYLES]


def _prompt(model: MusicModel, request: MusicRequest) -> str:
    said = ". ".join(filter(None, [request.described, request.instructions]))
    if len(said) > model.max_prompt:  # what was asked of this take counts more than the end of the description
        whole = ". ".join(filter(None, [request.instructions, request.described]))
        said = textwrap.shorten(whole, model.max_prompt, placeholder="") or whole[: model.max_prompt]
    return said if len(said) >= model.min_prompt else f"{said}, background music"
