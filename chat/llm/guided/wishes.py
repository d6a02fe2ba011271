"""PURE: the wishes that a small language model reads in a sentence: its schema, the film as it is told, its answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chat.llm.local.film import Film
from pipeline.film.narration import narration_limit, narration_unit

DEEDS = (
    "picture", "motion", "words", "rewrite", "silent", "title", "scene_title", "seconds", "add", "remove", "order",
    "transition", "look", "rename", "music", "set", "script", "again", "yes", "no", "price", "spent", "status",
    "undo", "stop", "ask", "chat", "cannot", "unclear",
)  # fmt: skip
WITHOUT_SCENES = frozenset(
    {"title", "look", "rename", "set", "script", "yes", "no", "price", "spent", "status", "undo", "stop", "chat"}
)
MOST_WISHES, MOST_CHARS = 3, 200
SHARE = 0.8
"""Of the words that a scene has room for: small models count badly."""


@dataclass(frozen=True)
class Wish:
    """`do` is one of DEEDS, `at` are places of scenes, `text` what goes with it."""

    do: str
    at: tuple[int, ...] = ()
    text: str = ""


def schema(film: Film, deeds: Sequence[str] = DEEDS) -> dict[str, Any]:
    """Return the schema of wishes: they can name no scene that there is not, and each is one of a few deeds."""
    places = {"type": "array", "items": {"enum": film.places or [1]}, "maxItems": max(len(film.places), 1)}
    wish = _object({"do": {"enum": list(deeds)}, "at": places, "text": {"type": "string"}})
    return _object({"wishes": {"type": "array", "items": wish, "minItems": 1, "maxItems": MOST_WISHES}})


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    listed = dict(properties)
    return {"type": "object", "properties": listed, "required": list(listed), "additionalProperties": False}


def told(film: Film) -> str:
    """The film in as few words as will do: what stands here is read anew whenever it changes."""
    lines = [f"Film: {film.facts['film']['title']}", *(_scene(scene) for scene in film.scenes)]
    if film.characters:
        lines.append("People: " + "; ".join(f"{one['name']}: {one['image_prompt']}" for one in film.characters))
    audible = [group for group in film.groups if not group.get("silent")]
    lines += ["Music: " + "; ".join(_music(group) for group in audible)] if audible else []
    return "\n".join([*lines, _settings(film)])


def _scene(scene: Mapping[str, Any]) -> str:
    about = ", ".join([f"{scene['duration']} s", *scene["characters"]])
    said = f"Says: {scene['script']}" if scene["script"] else "Silent."
    return f'{scene["index"]} "{scene["title"]}" ({about}): {_short(scene["image_prompt"])}. {said}'


def _short(picture: str) -> str:
    """The heart of a picture: light, lens and style behind it tell nobody's scene from another's."""
    kept = picture.rstrip(".")
    return kept if len(kept) <= MOST_CHARS else f"{kept[:MOST_CHARS].rsplit(' ', 1)[0]}"


def _music(group: Mapping[str, Any]) -> str:
    places = group["scene_indexes"]
    return f"{places[0]}-{places[-1]} {group['prompt']}"


def _settings(film: Film) -> str:
    said = film.settings
    captions = "off" if said["captions"] == "off" else "on"
    voice = f"voice {said['voice']}" if said["voice_over"] else "no voice"
    return f"Set: {said['aspect_ratio']}, {said['style']}, language {_language(film)}, {voice}, captions {captions}"


def question(said: str, film: Film, asked_before: str = "") -> str:
    """The film, and the sentence about it; `asked_before` is what the agent asked."""
    before = f"You asked: {asked_before}\n" if asked_before else ""
    return f"{told(film)}\n\n{before}{json.dumps(said, ensure_ascii=False)} →"


def rewriting(wish: Wish, place: int, film: Film) -> str:
    """Return what the model is told of a scene that is to be worded in another way."""
    scene, most = film.scene(place), int(narration_limit(film.scene(place)["duration"], _language(film)) * SHARE)
    beside = [one["script"] for one in film.scenes if one["script"] and abs(one["index"] - place) == 1]
    lines = [
        f"Film: {film.facts['film']['title']}",
        f"Scene: {scene['title']}. {_short(scene['image_prompt'])}",
        f"Spoken before and after: {' / '.join(beside)}",
        f"Now: {scene['script'] or 'nothing'}",
        f"Wish: {wish.text}",
        f"Language: {_language(film)}; at most {most} {narration_unit(_language(film))}",
    ]
    return "\n".join(lines)


NARRATION: Mapping[str, Any] = _object({"narration": {"type": "string"}})


def _language(film: Film) -> str:
    return str((film.script or film.settings)["language"])


def wishes_in(answer: Mapping[str, Any], film: Film) -> tuple[Wish, ...]:
    """Those that can be read and name only scenes of the film, each once."""
    listed = answer.get("wishes")
    found = [_wish(one, film.places) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return tuple(dict.fromkeys(one for one in found if one))


def _wish(one: Mapping[str, Any], places: Sequence[int]) -> Wish | None:
    do, text = str(one.get("do")), str(one.get("text") or "").strip()
    if do not in DEEDS:
        return None
    at = tuple(_places(one.get("at"), places))
    return Wish(do, () if do in WITHOUT_SCENES else at, text)


def _places(listed: Any, places: Sequence[int]) -> Iterator[int]:
    for place in dict.fromkeys(listed if isinstance(listed, list) else ()):
        if isinstance(place, int) and place in places:
            yield place
