"""PURE: changes to a script's content that touch more than one field; the rules are checked when it is stored."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pixora.foundation.errors import Invalid, NotFound

Content = dict[str, Any]
SHOWN = ("image_prompt", "video_prompt")
Music = dict[str, Any]
"""A group without its scenes."""


def edited(content: Mapping[str, Any], index: int, changes: Mapping[str, Any]) -> Content:
    """Change one scene; the film's length follows."""
    scenes = _scenes(content)
    _check_indexes([index], len(scenes))
    scenes[index - 1].update(changes)
    return _with(content, scenes, _score(content))


def arranged(content: Mapping[str, Any], order: Sequence[int]) -> Content:
    """The scenes of these places in this order; those that are not named are left out. Each keeps its music."""
    scenes, score = _scenes(content), _score(content)
    _check_indexes(order, len(scenes))
    if len(set(order)) != len(order) or not order:
        raise Invalid("order: name each scene that stays once, and at least one.", field="order")
    return _with(content, [scenes[index - 1] for index in order], [score[index - 1] for index in order])


def with_scene(content: Mapping[str, Any], after: int, scene: Mapping[str, Any]) -> Content:
    """A new scene behind the one at this place (0: at the beginning), with the music of the scene before it."""
    scenes, score = _scenes(content), _score(content)
    if not 0 <= after <= len(scenes):
        raise Invalid(f"after: must be a scene from 1 to {len(scenes)}, or 0 for the beginning.", field="after")
    scenes.insert(after, dict(scene))
    score.insert(after, score[max(after - 1, 0)])
    return _with(content, scenes, score)


def with_music(
    content: Mapping[str, Any], indexes: Collection[int], *, prompt: str | None = None, silent: bool | None = None
) -> Content:
    """Other music under these scenes, or none; the rest of a group they are taken from keeps its own.

    One `prompt` makes one group of them. A silent group keeps its words, so it can be heard again.
    """
    scenes, score = _scenes(content), _score(content)
    _check_indexes(indexes, len(scenes))
    for index in indexes:
        number, music = score[index - 1]
        changed = {**music, **({} if prompt is None else {"prompt": prompt}), "silent": bool(silent)}
        score[index - 1] = (-1 if prompt is not None else -2 - number, changed)
    return _with(content, scenes, score)


def with_character(
    content: Mapping[str, Any],
    name: str,
    *,
    image_prompt: str | None = None,
    new_name: str | None = None,
    voice: str | None = None,
) -> Content:
    """Another look, name or voice for a character there is; scenes and lines call it by its new name. An empty voice
    is one that is chosen for it. Raises NotFound."""
    profiles = [dict(profile) for profile in content["character_profiles"]]
    found = [profile for profile in profiles if profile["name"].casefold() == name.casefold()]
    if not found:
        raise NotFound(f"There is no character {name[:60]!r} in this film.")
    old = found[0]["name"]
    found[0].update({"image_prompt": image_prompt or found[0]["image_prompt"], "name": new_name or old})
    if voice is not None:
        found[0]["voice"] = voice
    scenes = [_recast(scene, old, found[0], is_new_look=bool(image_prompt)) for scene in _scenes(content)]
    return {**_with(content, scenes, _score(content)), "character_profiles": profiles}


def with_new_character(
    content: Mapping[str, Any], name: str, image_prompt: str, places: Collection[int], shown: str = ""
) -> Content:
    """A character more, seen in these scenes; `shown` goes into their pictures. Raises Invalid where it is there."""
    profiles = [dict(profile) for profile in content["character_profiles"]]
    if any(profile["name"].casefold() == name.casefold() for profile in profiles):
        raise Invalid(f"name: there is a character {name[:60]!r} in this film already.", field="name")
    scenes = _scenes(content)
    _check_indexes(places, len(scenes))
    for place in places:
        old, cast = str(scenes[place - 1]["image_prompt"]).rstrip(" .,"), scenes[place - 1]["characters"]
        scenes[place - 1] |= {"characters": [*cast, name], "image_prompt": f"{old}, {shown or name}"}
    profiles.append({"name": name, "image_prompt": image_prompt})
    return {**_with(content, scenes, _score(content)), "character_profiles": profiles}


def without_character(content: Mapping[str, Any], name: str, places: Collection[int] | None = None) -> Content:
    """A character less, in these scenes or, with its profile, in all; what pictures say of it goes. Raises NotFound."""
    found = [one["name"] for one in content["character_profiles"] if one["name"].casefold() == name.casefold()]
    if not found:
        raise NotFound(f"There is no character {name[:60]!r} in this film.")
    at = set(range(1, len(content["clips"]) + 1)) if places is None else set(places)
    scenes = [_uncast(scene, found[0]) if scene["index"] in at else scene for scene in _scenes(content)]
    kept = [one for one in content["character_profiles"] if one["name"] != found[0] or places is not None]
    return {**_with(content, scenes, _score(content)), "character_profiles": kept}


def _uncast(scene: dict[str, Any], name: str) -> dict[str, Any]:
    parts = str(scene["image_prompt"]).split(", ")
    kept = [part for part in parts if not re.search(rf"\b{re.escape(name)}\b", part)]
    cast = [one for one in scene["characters"] if one != name]
    return {**scene, "characters": cast, "image_prompt": ", ".join(kept or parts)}


def _recast(scene: dict[str, Any], old: str, profile: Mapping[str, Any], *, is_new_look: bool) -> dict[str, Any]:
    """A scene with the character under its new name; a look in brackets behind the name follows the profile."""
    if lines := scene.get("lines"):
        scene = {**scene, "lines": [_renamed(line, old, profile["name"]) for line in lines]}
    if old not in scene["characters"]:
        return scene
    name, cast = profile["name"], [profile["name"] if one == old else one for one in scene["characters"]]
    pictures = {field: re.sub(rf"\b{re.escape(old)}\b", lambda _: name, scene[field]) for field in (*SHOWN, "script")}
    if is_new_look:
        look = re.sub(r"^[^:.]{0,60}: *", "", profile["image_prompt"]).split(".")[0].strip()
        bracket = rf"\b{re.escape(name)} \([^()]*\)"
        pictures["image_prompt"] = re.sub(bracket, lambda _: f"{name} ({look})", pictures["image_prompt"])
    return {**scene, **pictures, "characters": cast}


def _renamed(line: Mapping[str, Any], old: str, name: str) -> dict[str, Any]:
    return {**line, "speaker": name} if line.get("speaker") == old else dict(line)


def _scenes(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [dict(clip["scene"]) for clip in content["clips"]]


def _score(content: Mapping[str, Any]) -> list[tuple[int, Music]]:
    """For each scene the group it is in and its music."""
    found: dict[int, tuple[int, Music]] = {}
    for number, group in enumerate(content["music"]):
        music = {name: value for name, value in group.items() if name != "scene_indexes"}
        found.update(dict.fromkeys(group["scene_indexes"], (number, music)))
    return [found[index] for index in range(1, len(content["clips"]) + 1)]


def _with(content: Mapping[str, Any], scenes: list[dict[str, Any]], score: Iterable[tuple[int, Music]]) -> Content:
    clips = [{"scene": {**scene, "index": place}} for place, scene in enumerate(scenes, start=1)]
    groups: list[dict[str, Any]] = []
    before: int | None = None
    for place, (number, music) in enumerate(score, start=1):
        if number != before:
            audible = {name: value for name, value in music.items() if name != "silent" or value}
            groups.append({**audible, "scene_indexes": []})
        groups[-1]["scene_indexes"].append(place)
        before = number
    return {
        **content,
        "clips": clips,
        "music": groups,
        "expected_duration": sum(scene["duration"] for scene in scenes if isinstance(scene["duration"], int)),
    }


def _check_indexes(indexes: Iterable[int], count: int) -> None:
    for index in indexes:
        if not 1 <= index <= count:
            raise NotFound(f"The film has scenes 1 to {count}; there is no scene {index}.")
