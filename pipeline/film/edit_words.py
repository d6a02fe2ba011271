"""PURE: the words for what somebody changed in a script by hand, for the list of its versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.film.script import Scene, Script

MOST_PARTS, MOST_SCENES = 3, 3
FIELDS: Mapping[str, str] = {
    "title": "title",
    "script": "narration",
    "lines": "dialogue",
    "image_prompt": "picture",
    "video_prompt": "motion",
    "transition": "transition",
    "duration": "length",
    "characters": "characters",
    "music_mood": "mood of the music",
}
"""Of a scene, as the studio calls them."""


def what_changed(before: Script, after: Script) -> str:
    """Say what differs: "length of scene 2 and music"; empty where it is nothing that has a name here."""
    parts = list(_parts(before, after))
    return _listed([*parts[:MOST_PARTS], "more"] if len(parts) > MOST_PARTS else parts)


def _parts(before: Script, after: Script) -> Iterator[str]:
    yield from _added_and_removed(before, after)
    yield from _fields({scene.id: scene for scene in before.scenes}, after)
    if [group.prompt for group in before.music] != [group.prompt for group in after.music] or _quiet(before, after):
        yield "music"
    if before.character_profiles != after.character_profiles:
        yield "characters"


def _added_and_removed(before: Script, after: Script) -> Iterator[str]:
    had, has = [scene.id for scene in before.scenes], [scene.id for scene in after.scenes]
    if added := [scene.index for scene in after.scenes if scene.id not in had]:
        yield f"{_scenes(added)} added"
    if removed := [scene.index for scene in before.scenes if scene.id not in has]:
        yield f"{_scenes(removed)} removed"
    if [one for one in had if one in has] != [one for one in has if one in had]:
        yield "order of the scenes"


def _fields(old: Mapping[int, Scene], after: Script) -> Iterator[str]:
    kept = [scene for scene in after.scenes if scene.id in old]
    for name, word in FIELDS.items():
        places = [scene.index for scene in kept if getattr(scene, name) != getattr(old[scene.id], name)]
        if places:
            yield f"{word} of {_scenes(places)}"


def _quiet(before: Script, after: Script) -> bool:
    return [group.silent or group.muted for group in before.music] != [
        group.silent or group.muted for group in after.music
    ]


def _scenes(places: Sequence[int]) -> str:
    if len(places) > MOST_SCENES:
        return f"{len(places)} scenes"
    return f"scene{'s' if len(places) > 1 else ''} {_listed([str(place) for place in places])}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
