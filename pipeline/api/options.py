"""What can be chosen, and what it costs."""

from __future__ import annotations

from typing import get_args

from django.http import HttpRequest
from ninja import Router

from pipeline import options
from pipeline.api import answers, examples
from pipeline.graph import Component, Kind, build_graph
from pipeline.providers.registry import CAPABILITY, price
from pipeline.script import TRANSITIONS, parse_script
from pixora.error_shape import refusals

SCRIPT = Component(Kind.SCRIPT.value, Kind.SCRIPT, {})

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
        prices=_prices(),
    )


def _prices() -> list[answers.Price]:
    """Those of the example film, which has one of everything and a clip of each length."""
    film = build_graph(parse_script(examples.SCRIPT), options.TaskSettings())
    priced = (_price(component) for component in (SCRIPT, *film.components) if component.kind in CAPABILITY)
    found = {(each.component, each.seconds): each for each in priced}
    return list(found.values())


def _price(component: Component) -> answers.Price:
    return answers.Price(component=component.kind, seconds=component.asks.get("duration"), credits=price(component))
