"""What the models of music accept, and what ElevenLabs asks for each minute that is begun."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tests.emulators.fal.strict import Strict

Styles = Annotated[list[Annotated[str, Field(min_length=1)]], Field(max_length=50)]


class Section(Strict):
    section_name: Annotated[str, Field(min_length=1, max_length=100)]
    positive_local_styles: Styles
    negative_local_styles: Styles
    duration_ms: Annotated[int, Field(ge=3_000, le=120_000)]
    lines: Annotated[list[str], Field(max_length=0)]
    """Sung words; a film's music has none."""


class CompositionPlan(Strict):
    positive_global_styles: Styles
    negative_global_styles: Annotated[Styles, Field(min_length=1)]
    sections: Annotated[list[Section], Field(min_length=1, max_length=30)]


class ElevenMusic(Strict):
    """A request by a prompt, or by a plan of sections, with which none of the prompt's fields go."""

    prompt: Annotated[str, Field(min_length=1)] | None = None
    music_length_ms: Annotated[int, Field(ge=3_000, le=600_000)] | None = None
    force_instrumental: Literal[True] | None = None
    """The film's music has no singer: left out beside a prompt, one might sing."""
    composition_plan: CompositionPlan | None = None
    respect_sections_durations: Literal[True] | None = None
    """Said, so that each section begins with its scene."""

    @model_validator(mode="after")
    def _is_one_or_the_other(self) -> ElevenMusic:
        by_prompt = (self.prompt, self.force_instrumental)
        by_plan = (self.composition_plan, self.respect_sections_durations)
        asked, other = (by_plan, (*by_prompt, self.music_length_ms)) if self.composition_plan else (by_prompt, by_plan)
        if None in asked or set(other) != {None}:
            raise ValueError("takes a prompt or a plan, each with its own fields")
        return self

    @property
    def length_ms(self) -> int:
        plan = self.composition_plan
        return sum(each.duration_ms for each in plan.sections) if plan else self.music_length_ms or 30_000


class MinimaxMusic(Strict):
    prompt: Annotated[str, Field(min_length=10, max_length=300)]
    lyrics: str = ""
    is_instrumental: Literal[True]


class Music(Strict):
    prompt: Annotated[str, Field(min_length=1)]
    duration: Annotated[int, Field(ge=10, le=180)]


def eleven_price(asked: Mapping[str, Any]) -> float:
    plan = asked.get("composition_plan")
    sections = plan.get("sections", []) if isinstance(plan, dict) else []
    planned = sum(_number(each, "duration_ms") for each in sections if isinstance(each, dict))
    return 800_000 * math.ceil((planned or _number(asked, "music_length_ms")) / 6e4)


def _number(arguments: Mapping[str, Any], name: str) -> float:
    value = arguments.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
