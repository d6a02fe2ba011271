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
    scenes = scenes_of(content)
    _check_indexes([index], len(scenes))
    scenes[index - 1] = changed_scene(scenes[index - 1], changes)
    return joined(content, scenes, score_of(content))


def changed_scene(scene: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """One scene with these fields changed. A dragged border gives way to another duration."""
    given_way = {"slot_frames": 0} if changes.get("duration", scene["duration"]) != scene["duration"] else {}
    return {**scene, **given_way, **changes}


def arranged(content: Mapping[str, Any], order: Sequence[int]) -> Content:
    """The scenes of these places in this order; those that are not named are left out. Each keeps its music."""
    scenes, score = scenes_of(content), score_of(content)
    _check_indexes(order, len(scenes))
    if len(set(order)) != len(order) or not order:
        raise Invalid("order: name each scene that stays once, and at least one.", field="order")
    return joined(content, [scenes[index - 1] for index in order], [score[index - 1] for index in order])


def reframed(content: Mapping[str, Any], aspect_ratio: str, like: Mapping[str, Any] | None = None) -> Content:
    """The same film in another shape, cropped from the pictures that it has. Scenes that were filmed anew in its own
    shape are cropped like the others. `like` is a version in that shape: its frames, where they were put by hand, are
    taken over."""
    filmed_in = content.get("filmed_in") or content["aspect_ratio"]
    frames = {scene["id"]: _frame_of(scene) for scene in scenes_of(like or {"clips": []})}
    scenes = [_without_frame(scene) | frames.get(scene["id"], _frame_of(scene)) for scene in scenes_of(content)]
    rest = {name: value for name, value in content.items() if name != "filmed_in"}
    told = {} if filmed_in == aspect_ratio else {"filmed_in": filmed_in}
    return {**rest, **told, "aspect_ratio": aspect_ratio, "clips": [{"scene": scene} for scene in scenes]}


OF_A_FRAME = ("focus", "fill")


def _frame_of(scene: Mapping[str, Any]) -> Content:
    """Return what is said of its frame; a picture of its own is bought, so it is left out."""
    return {name: scene[name] for name in OF_A_FRAME if name in scene and scene[name] != "new"}


def _without_frame(scene: Mapping[str, Any]) -> Content:
    return {name: value for name, value in scene.items() if name not in OF_A_FRAME}


def with_scene(content: Mapping[str, Any], after: int, scene: Mapping[str, Any]) -> Content:
    """A new scene behind the one at this place (0: at the beginning), with the music of the scene before it."""
    scenes, score = scenes_of(content), score_of(content)
    if not 0 <= after <= len(scenes):
        raise Invalid(f"after: must be a scene from 1 to {len(scenes)}, or 0 for the beginning.", field="after")
    scenes.insert(after, dict(scene))
    score.insert(after, score[max(after - 1, 0)])
    return joined(content, scenes, score)


def restyled(content: Mapping[str, Any], before: str, after: str) -> dict[str, Any]:
    """Say the style `after` for the style `before` in the descriptions of all pictures; other words stay."""
    said = re.compile(re.escape(before), re.IGNORECASE)

    def described(one: Mapping[str, Any]) -> dict[str, Any]:
        return {**one, "image_prompt": said.sub(lambda _: after, one["image_prompt"])}

    clips = [{**clip, "scene": described(clip["scene"])} for clip in content["clips"]]
    return {**content, "clips": clips, "character_profiles": list(map(described, content["character_profiles"]))}


def with_music(
    content: Mapping[str, Any], indexes: Collection[int], *, prompt: str | None = None, silent: bool | None = None
) -> Content:
    """Other music under these scenes, or none; the rest of a group they are taken from keeps its own.

    One `prompt` makes one group of them. A silent group keeps its words, so it can be heard again.
    """
    scenes, score = scenes_of(content), score_of(content)
    _check_indexes(indexes, len(scenes))
    for index in indexes:
        number, music = score[index - 1]
        changed = {**music, **({} if prompt is None else {"prompt": prompt}), "silent": bool(silent), "muted": False}
        score[index - 1] = (-1 if prompt is not None else -2 - number, changed)
    return joined(content, scenes, score)


def with_mute(content: Mapping[str, Any], indexes: Collection[int], *, muted: bool) -> Content:
    """Mute the music under these scenes, or let it be heard again; the rest of a group goes on as it is."""
    scenes, score = scenes_of(content), score_of(content)
    _check_indexes(indexes, len(scenes))
    for index in indexes:
        number, music = score[index - 1]
        score[index - 1] = (-1 - number, {**music, "muted": muted})
    return joined(content, scenes, _rejoined(score, indexes))


def with_fades(
    content: Mapping[str, Any], indexes: Collection[int], *, fade_in: float | None = None, fade_out: float | None = None
) -> Content:
    """Other fades, in seconds (0: as is usual), for all music that these scenes have a part of."""
    scenes, score = scenes_of(content), score_of(content)
    _check_indexes(indexes, len(scenes))
    groups = {score[index - 1][0] for index in indexes}
    given = {name: value for name, value in (("fade_in", fade_in), ("fade_out", fade_out)) if value is not None}
    return joined(
        content, scenes, [(number, {**music, **(given if number in groups else {})}) for number, music in score]
    )


def _rejoined(score: Sequence[tuple[int, Music]], at: Collection[int]) -> list[tuple[int, Music]]:
    """The same music at both sides of a border of these scenes is one group again."""
    found: list[tuple[int, Music]] = []
    for place, (number, music) in enumerate(score, start=1):
        meets = bool(found) and bool({place, place - 1} & set(at)) and _sounding(found[-1][1]) == _sounding(music)
        goes_on = meets or (place > 1 and score[place - 2][0] == number)
        found.append((found[-1][0] if goes_on else place, music))
    return found


def _sounding(music: Music) -> Music:
    return {name: value for name, value in music.items() if value}


def with_character(
    content: Mapping[str, Any],
    name: str,
    *,
    image_prompt: str | None = None,
    new_name: str | None = None,
    voice: str | None = None,
    own_voice: str | None = None,
) -> Content:
    """Another look, name or voice for a character there is; scenes and lines call it by its new name. An empty voice
    is one that is chosen for it; `own_voice` is the id of a voice of one's own. Raises NotFound."""
    profiles = [dict(profile) for profile in content["character_profiles"]]
    found = [profile for profile in profiles if profile["name"].casefold() == name.casefold()]
    if not found:
        raise NotFound(f"There is no character {name[:60]!r} in this film.")
    old = found[0]["name"]
    found[0].update({"image_prompt": image_prompt or found[0]["image_prompt"], "name": new_name or old})
    if voice is not None:
        found[0].update({"voice": voice, "voice_character": ""})
    if own_voice is not None:
        found[0]["voice_character"] = own_voice
    scenes = [_recast(scene, old, found[0], is_new_look=bool(image_prompt)) for scene in scenes_of(content)]
    return {**joined(content, scenes, score_of(content)), "character_profiles": profiles}


def with_new_character(
    content: Mapping[str, Any], name: str, image_prompt: str, places: Collection[int], shown: str = ""
) -> Content:
    """A character more, seen in these scenes; `shown` goes into their pictures. Raises Invalid where it is there."""
    profiles = [dict(profile) for profile in content["character_profiles"]]
    if any(profile["name"].casefold() == name.casefold() for profile in profiles):
        raise Invalid(f"name: there is a character {name[:60]!r} in this film already.", field="name")
    scenes = scenes_of(content)
    _check_indexes(places, len(scenes))
    for place in places:
        old, cast = str(scenes[place - 1]["image_prompt"]).rstrip(" .,"), scenes[place - 1]["characters"]
        scenes[place - 1] |= {"characters": [*cast, name], "image_prompt": f"{old}, {shown or name}"}
    profiles.append({"name": name, "image_prompt": image_prompt})
    return {**joined(content, scenes, score_of(content)), "character_profiles": profiles}


def without_character(content: Mapping[str, Any], name: str, places: Collection[int] | None = None) -> Content:
    """A character less, in these scenes or, with its profile, in all; what pictures say of it goes. Raises NotFound."""
    found = [one["name"] for one in content["character_profiles"] if one["name"].casefold() == name.casefold()]
    if not found:
        raise NotFound(f"There is no character {name[:60]!r} in this film.")
    at = set(range(1, len(content["clips"]) + 1)) if places is None else set(places)
    scenes = [_uncast(scene, found[0]) if scene["index"] in at else scene for scene in scenes_of(content)]
    kept = [one for one in content["character_profiles"] if one["name"] != found[0] or places is not None]
    return {**joined(content, scenes, score_of(content)), "character_profiles": kept}


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


def scenes_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return copies of a script's scenes, in their order."""
    return [dict(clip["scene"]) for clip in content["clips"]]


def score_of(content: Mapping[str, Any]) -> list[tuple[int, Music]]:
    """Return for each scene, in their order, the number of its music group and the music."""
    found: dict[int, tuple[int, Music]] = {}
    for number, group in enumerate(content["music"]):
        music = {name: value for name, value in group.items() if name != "scene_indexes"}
        found.update(dict.fromkeys(group["scene_indexes"], (number, music)))
    return [found[index] for index in range(1, len(content["clips"]) + 1)]


def joined(content: Mapping[str, Any], scenes: list[dict[str, Any]], score: Iterable[tuple[int, Music]]) -> Content:
    """Return the script with these scenes and their music; neighbours with the same group's number share a group."""
    clips = [{"scene": {**scene, "index": place}} for place, scene in enumerate(scenes, start=1)]
    groups: list[dict[str, Any]] = []
    before: int | None = None
    for place, (number, music) in enumerate(score, start=1):
        if number != before:
            audible = {name: value for name, value in music.items() if name not in ("silent", "muted") or value}
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


def music_count(content: Mapping[str, Any]) -> int:
    """Return how many pieces of music are to be made: one for each group of scenes that is not silent."""
    return sum(not group.get("silent") for group in content["music"])
