"""PURE: an edit of one version of a film, carried into another version as far as the two say the same.

Versions differ in language (words), shape (frame) or length (scenes). Pictures, clips, music and looks are shared.
What a version says otherwise than the edited one did before the edit stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.film.script_edits import joined, scenes_of, score_of

Content = Mapping[str, Any]
OF_A_LANGUAGE = frozenset({"title", "script", "lines", "cuts", "narration_at", "translated_from"})
"""Fields of a scene that only versions in the same language share."""
OF_A_SHAPE = frozenset({"focus", "fill"})
"""Fields of a scene that only versions of the same shape share."""
OF_A_FILM = ("style", "character_profiles", "character_consistency")
"""Fields of a script that all versions share; voices are shared with the language."""
VOICES = ("voice", "voice_character")
_GONE: Any = object()
"""A field that is written only where it has a value, and has none any more."""


def carried(before: Content, now: Content, other: Content) -> dict[str, Any] | None:
    """Return `other` with what differs between `before` and `now`, as far as both share it; None where nothing does."""
    found = _with_fields(before, now, other)
    found = _with_scenes(before, now, found)
    return found if found != other else None


def _with_fields(before: Content, now: Content, other: Content) -> dict[str, Any]:
    names = [*OF_A_FILM, *(VOICES if _one_language(now, other) else ())]
    changed = {name: now[name] for name in names if now.get(name) != before.get(name) and name in now}
    return {**other, **changed}


def _with_scenes(before: Content, now: Content, other: Content) -> dict[str, Any]:
    """The scenes that both have, with what was changed of them; where both had the same ones, those of now."""
    earlier, theirs = _by_id(before), _by_id(other)
    own = _own_fields(now, other)
    changed = {
        scene["id"]: _changed_fields(earlier[scene["id"]], scene, own)
        for scene in scenes_of(now)
        if scene["id"] in earlier
    }
    same_scenes = list(earlier) == list(theirs)
    order = [scene["id"] for scene in scenes_of(now)] if same_scenes else list(theirs)
    scenes = [
        _changed(theirs[scene_id], changed.get(scene_id, {})) if scene_id in theirs else _by_id(now)[scene_id]
        for scene_id in order
    ]
    return joined(other, scenes, [_music(before, now, other, scene_id) for scene_id in order])


def _changed_fields(before: Mapping[str, Any], now: Mapping[str, Any], own: frozenset[str]) -> dict[str, Any]:
    names = (before.keys() | now.keys()) - own - {"id", "index"}
    return {name: now.get(name, _GONE) for name in sorted(names) if before.get(name) != now.get(name)}


def _changed(scene: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in {**scene, **changes}.items() if value is not _GONE}


def _music(before: Content, now: Content, other: Content, scene_id: int) -> tuple[int, dict[str, Any]]:
    was, current, theirs = (_music_by_id(content).get(scene_id) for content in (before, now, other))
    if theirs is None or (current is not None and was is not None and current[1] != was[1]):
        assert current is not None
        return -1 - current[0], current[1]
    return theirs


def _own_fields(one: Content, other: Content) -> frozenset[str]:
    words = frozenset() if _one_language(one, other) else OF_A_LANGUAGE
    frame = frozenset() if one["aspect_ratio"] == other["aspect_ratio"] else OF_A_SHAPE
    return words | frame


def _one_language(one: Content, other: Content) -> bool:
    return bool(one["language"] == other["language"])


def _by_id(content: Content) -> dict[int, dict[str, Any]]:
    return {scene["id"]: scene for scene in scenes_of(content)}


def _music_by_id(content: Content) -> dict[int, tuple[int, dict[str, Any]]]:
    return dict(zip(_by_id(content), score_of(content), strict=True))
