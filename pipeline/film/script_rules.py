"""PURE: the rules between a script's fields, read from plain JSON so that a half-wrong script is judged whole.

A value of the wrong type is left to the structure's own check; the rules here look past it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeGuard

from pixora.foundation.errors import Violation
from pixora.foundation.plain_sentences import short

SlugOf = Callable[[str], str]
MIN_SCENE_S, MAX_SCENE_S = 3, 15
USUAL_SECONDS = (5, 10)
"""What every clip model makes; other whole seconds are for those that do (`services/scene_lengths.py`)."""
SCENE_SECONDS = tuple(range(MIN_SCENE_S, MAX_SCENE_S + 1))
MAX_JUDGED = 60


@dataclass(frozen=True)
class Outline:
    """The parts of a script that the rules look at; None and gaps stand for values of the wrong type."""

    scenes: tuple[dict[str, Any], ...]
    groups: tuple[tuple[int, ...], ...]
    names: tuple[str | None, ...]
    expected_duration: int | None


def broken_rules(data: dict[str, Any], slug_of: SlugOf) -> list[Violation]:
    outline = _outline(data)
    if not 0 < len(outline.scenes) <= MAX_JUDGED:
        return []
    return [
        *_duration_rule(outline),
        *_index_rule(outline),
        *_id_rule(outline),
        *_music_rule(outline),
        *_name_rule(outline, slug_of),
        *_cast_rule(outline, slug_of),
    ]


def _outline(data: dict[str, Any]) -> Outline:
    expected = data.get("expected_duration")
    return Outline(
        scenes=tuple(_object(_object(clip).get("scene")) for clip in _list(data.get("clips"))),
        groups=tuple(
            tuple(index for index in _list(_object(group).get("scene_indexes")) if _is_int(index))
            for group in _list(data.get("music"))
        ),
        names=tuple(_text(_object(profile).get("name")) for profile in _list(data.get("character_profiles"))),
        expected_duration=expected if _is_int(expected) else None,
    )


def _duration_rule(outline: Outline) -> Iterator[Violation]:
    durations = [scene.get("duration") for scene in outline.scenes]
    total = sum(duration for duration in durations if duration in SCENE_SECONDS)
    if outline.expected_duration in (None, total) or any(duration not in SCENE_SECONDS for duration in durations):
        return
    message = f"is {outline.expected_duration} s, but the scenes last {total} s together"
    yield Violation("expected_duration", message)


def _index_rule(outline: Outline) -> Iterator[Violation]:
    for place, scene in enumerate(outline.scenes):
        index = scene.get("index")
        if _is_int(index) and index != place + 1:
            yield Violation(f"clips[{place}].scene.index", f"must be {place + 1}, its place in the film, not {index}")


def _id_rule(outline: Outline) -> Iterator[Violation]:
    first_place: dict[int, int] = {}
    for place, scene in enumerate(outline.scenes):
        scene_id = scene.get("id")
        if not _is_int(scene_id):
            continue
        if scene_id in first_place:
            other = first_place[scene_id]
            yield Violation(f"clips[{place}].scene.id", f"{scene_id} is already the id of clips[{other}].scene")
        first_place.setdefault(scene_id, place)


def _music_rule(outline: Outline) -> Iterator[Violation]:
    if not outline.groups:
        return
    group_of: dict[int, int] = {}
    for number, indexes in enumerate(outline.groups):
        yield from _group_rule(number, indexes, group_of, len(outline.scenes))
    for index in range(1, len(outline.scenes) + 1):
        if index not in group_of:
            yield Violation("music", f"scene {index} is in no group; add it to one")


def _group_rule(number: int, indexes: tuple[int, ...], group_of: dict[int, int], count: int) -> Iterator[Violation]:
    field = f"music[{number}].scene_indexes"
    if any(after != before + 1 for before, after in pairwise(indexes)):
        yield Violation(field, "must be consecutive scenes in order, such as [2, 3, 4]")
    for index in sorted(set(indexes)):
        if not 1 <= index <= count:
            yield Violation(field, f"names scene {index}, but the film has scenes 1 to {count}")
        elif group_of.setdefault(index, number) != number:
            yield Violation(field, f"names scene {index}, which music[{group_of[index]}] already has")


def _name_rule(outline: Outline, slug_of: SlugOf) -> Iterator[Violation]:
    first_place: dict[str, int] = {}
    for place, name in enumerate(outline.names):
        if name is None:
            continue
        other = first_place.setdefault(slug_of(name), place)
        if other != place:
            yield Violation(
                f"character_profiles[{place}].name",
                f'"{short(name)}" is too like the name of character_profiles[{other}]; choose another',
            )


def _cast_rule(outline: Outline, slug_of: SlugOf) -> Iterator[Violation]:
    known = {slug_of(name) for name in outline.names if name is not None}
    for place, scene in enumerate(outline.scenes):
        seen: set[str] = set()
        for number, name in enumerate(_list(scene.get("characters"))):
            if _text(name) is None:
                continue
            field, slug = f"clips[{place}].scene.characters[{number}]", slug_of(name)
            if slug not in known:
                yield Violation(field, f'"{short(name)}" has no entry in character_profiles')
            elif slug in seen:
                yield Violation(field, f'"{short(name)}" is named twice in this scene')
            seen.add(slug)


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str | None:
    """Return None too for what UTF-8 cannot write, such as half a surrogate pair."""
    if not isinstance(value, str):
        return None
    return value if value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value) else None
