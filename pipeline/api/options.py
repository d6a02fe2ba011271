"""What can be chosen, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from django.http import HttpRequest
from ninja import Router

from pipeline import options
from pipeline.api import answers
from pipeline.graph import Component, Kind
from pipeline.providers.registry import CAPABILITY, price
from pipeline.script import TRANSITIONS, Scene
from pixora.error_shape import refusals

CLIP_SECONDS: tuple[int, ...] = get_args(Scene.model_fields["duration"].annotation)

router = Router(tags=["options"])


@router.get("options", response={200: answers.Options, **refusals(401, 503)}, summary="What can be chosen")
def get_options(request: HttpRequest) -> answers.Options:
    return answers.Options(
        styles=list(options.STYLES),
        voices=list(options.VOICES),
        languages=list(options.LANGUAGES),
        aspect_ratios=list(options.RATIOS),
        resolutions=list(options.RESOLUTIONS),
        durations=list(range(options.MIN_DURATION_S, options.MAX_DURATION_S + 1, options.DURATION_STEP_S)),
        transitions=list(TRANSITIONS),
        captions=list(get_args(options.CaptionStyle)),
        prices=list(_prices()),
    )


def _prices() -> Iterator[answers.Price]:
    for kind in CAPABILITY:
        if kind is Kind.VIDEO:
            yield from (_price(kind, seconds) for seconds in CLIP_SECONDS)
        else:
            yield _price(kind, None)


def _price(kind: Kind, seconds: int | None) -> answers.Price:
    asks = {"duration": seconds} if seconds else {}
    return answers.Price(component=kind.value, seconds=seconds, credits=price(Component(kind.value, kind, asks)))
