"""`{% load share %}`: the words of the pages behind a link, filled in, as template filters."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from pipeline.sharing.cuts import Scene

register = template.Library()


@register.filter
def fill(words: str, time: str) -> str:
    """Put a moment in the place of `{time}`."""
    return words.replace("{time}", time)


@register.filter
def fill_name(words: str, name: str) -> str:
    """Put a name in the place of `{name}`. What is put there is text: the template escapes it."""
    return words.replace("{name}", name)


@register.filter
def number(value: float | None) -> str:
    """A number as programs read it, whatever the language."""
    return "" if value is None else f"{value:.3f}"


@register.filter
def state(words: Mapping[str, str], name: str) -> str:
    """Say how a note stands."""
    return words[f"state_{name}"]


@register.filter
def scene_label(scene: Scene, words: Mapping[str, str]) -> str:
    """Name a scene by its place and title."""
    return f"{words['scene']} {scene.place}{f' · {scene.title}' if scene.title else ''}"
