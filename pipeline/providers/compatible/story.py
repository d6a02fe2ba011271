"""PURE: the story that a small language model writes: what it is asked for, and its way into a script.

It writes what needs imagination: titles, narrations, pictures, the cast. Lengths, camera, music and transitions come
from the local writer's script for the same request, in which the story takes the place of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.film.languages import language_of
from pipeline.film.narration import narration_length, narration_limit, narration_unit
from pipeline.film.script import CharacterProfile, Clip, Scene, Script
from pipeline.film.writing_systems import foreign_letters
from pipeline.providers.base import ScriptRequest
from pipeline.providers.compatible.kept_facts import facts_in, missing

LANGUAGES: Mapping[str, str] = {"en": "English"}
"""Those that the model of `make llm` was found to write well; the local writer does the others. In French its pictures
were French too, and its narrations said the same twice."""
TITLE_WORDS, MOST_PEOPLE, SHARE, MAX_TITLE = 6, 2, 0.8, 60
PICTURE, LOOK = "picture_in_english", "look_in_english"
"""The names say the language: small models forget what was said about it before."""
LEAST_PICTURE = 12
"""Characters."""
_NUMBERED = re.compile(r"^\W*(?:scene|szene|escena|scène|scena|cena)\s*\d+\s*[:.–-]*\s*", re.IGNORECASE)
_DIRECTION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*[^*]*\*|^(?:narrator|voice-?over|erzähler)\s*:\s*", re.IGNORECASE)
_OF_CAMERA = re.compile(
    r"\b(?:the camera|the scene|this scene|we see|cut to|fade (?:in|out)|voice-?over)\b", re.IGNORECASE
)
_WOMAN = re.compile(r"\b(?:woman|lady|girl|mother|mum|mom|grandma|grandmother|queen|princess)\b", re.IGNORECASE)
_BEARD = re.compile(r",? (?:and |with )?(?:a |an )?(?:\w+ ){0,2}(?:beard|moustache|mustache)(?: and)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s*")
_CLAUSE = re.compile(r"[,;:–—]\s|\s(?:and|but|while|y|pero|et|mais|e|ma|mas)\s")
_OPEN_END = re.compile(
    r"\s+(?:the|an?|of|to|in|and|with|for|her|his|its|de|la|el|le|un|una|une|il|o|a|e|y|et)$", re.IGNORECASE
)


def schema(scenes: int) -> dict[str, Any]:
    """The JSON that is asked for, short enough for a model that writes a dozen tokens a second."""
    text = {"type": "string"}
    person = _object({"name": text, LOOK: text})
    scene = _object({PICTURE: text, "narration": text, "title": text})
    listed = {"type": "array", "items": scene, "minItems": scenes, "maxItems": scenes}
    people = {"type": "array", "items": person, "maxItems": MOST_PEOPLE}
    return _object({"film": text, "people": people, "scenes": listed})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def wish(request: ScriptRequest, base: Script, lacks: Sequence[str] = ()) -> str:
    """Return what the model is told of this film; `lacks` are facts that its first story left out."""
    lengths = [_room(scene.duration, request.language) for scene in base.scenes]
    unit = narration_unit(request.language)
    lines = [
        f"Film: {request.prompt}",
        *([f"This time: {request.instructions}"] if request.instructions else []),
        f"Style: {request.style}",
        f"Language of narration, titles and film: {LANGUAGES.get(request.language, request.language)}",
        "Scenes: " + "; ".join(f"{place}. at most {most} {unit}" for place, most in enumerate(lengths, start=1)),
    ]
    named = [*dict.fromkeys((*lacks, *(fact.text for fact in facts_in(request.prompt, request.language))))]
    if named:
        lines.append(f"The narration says: {', '.join(named)}")
    return "\n".join(lines)


def _room(duration: int, language: str) -> int:
    """Small models count badly, so they are given less room than there is."""
    return int(narration_limit(duration, language) * SHARE)


def broken(draft: Mapping[str, Any], request: ScriptRequest, base: Script) -> list[str]:
    """Return what makes a story unusable, each as a short phrase; facts that it lacks are named by `lacking`."""
    scenes = _scenes(draft)
    if len(scenes) != len(base.clips):
        return [f"{len(scenes)} scenes instead of {len(base.clips)}"]
    found = [f"scene {place}: {what}" for place, one in enumerate(scenes, 1) for what in _faults(one, request.language)]
    said = [one["narration"].strip().lower() for one in scenes]
    if len(set(said)) < len(said):
        found.append("two scenes say the same")
    if request.character_consistency and not list(_people(draft)):
        found.append("nobody to follow")
    return found


def _faults(scene: Mapping[str, str], language: str) -> Iterator[str]:
    if len(scene[PICTURE]) < LEAST_PICTURE or (language != "en" and language_of(scene[PICTURE]) != "en"):
        yield "no picture in English"
    if not scene["narration"].strip():
        yield "no narration"
    if foreign_letters(scene["narration"], language):
        yield "foreign letters"
    if language == "en" and _OF_CAMERA.search(scene["narration"]):
        yield "narration about the camera"


def lacking(script: Script) -> list[str]:
    """The prompt's facts that stand nowhere in the script."""
    told = [text for scene in script.scenes for text in (scene.title, scene.script, scene.image_prompt)]
    return missing(facts_in(script.user_prompt, script.language), "\n".join(told))


def with_facts(script: Script, lacks: Sequence[str]) -> Script:
    """The script with facts that its story leaves out: slogans end it, names and numbers stand over its beginning."""
    slogans = [one for one in lacks if " " in one and one.islower()]
    others = [one for one in lacks if one not in slogans]
    first, last = script.scenes[0], script.scenes[-1]
    changed = {last.id: {"script": _ended(last, slogans, script.language)}}
    if others:
        changed[first.id] = {**changed.get(first.id, {}), "title": ", ".join(others)[:MAX_TITLE]}
    return script.model_copy(
        update={"clips": [Clip(scene=one.model_copy(update=changed.get(one.id, {}))) for one in script.scenes]}
    )


def _ended(scene: Scene, slogans: Sequence[str], language: str) -> str:
    """The narration with the slogans behind it, or as much of it before them as there is room for."""
    if not slogans:
        return scene.script
    said = " ".join(f"{one[:1].upper()}{one[1:]}." for one in slogans)
    before = _SENTENCE_END.split(scene.script)
    while before and narration_length(f"{' '.join(before)} {said}", language) > narration_limit(
        scene.duration, language
    ):
        before.pop()
    return f"{' '.join(before)} {said}".strip()


def as_script(draft: Mapping[str, Any], base: Script, *, style: str) -> Script:
    """The base with the story's words. `style` are the words of its style in pictures."""
    people = {name: look for name, look in _people(draft)}
    parts = zip(base.scenes, _scenes(draft), strict=True)
    scenes = [_scene(scene, written, people, base.language, style) for scene, written in parts]
    seen = {name for scene in scenes for name in scene.characters}
    profiles = [_profile(name, look, style) for name, look in people.items() if name in seen]
    film = str(draft.get("film") or "").strip() or base.rewritten_prompt
    content = {"rewritten_prompt": film, "character_profiles": profiles, "clips": [Clip(scene=one) for one in scenes]}
    return base.model_copy(update=content)


def _scene(base: Scene, written: Mapping[str, str], people: Mapping[str, str], language: str, style: str) -> Scene:
    picture = written[PICTURE].strip().rstrip(".")
    here = [name for name in people if _mentions(name, f"{picture} {written['narration']}")]
    camera = base.video_prompt.split(",")[0]
    changed = {
        "title": title_of(written["title"], base.title),
        "script": fitting(written["narration"], base.duration, language),
        "image_prompt": f"{_with_looks(picture, {name: people[name] for name in here})}, {style}",
        "video_prompt": f"{camera}, {picture}",
        "characters": here,
    }
    return base.model_copy(update=changed)


def title_of(written: str, otherwise: str) -> str:
    words = _NUMBERED.sub("", written).strip(" .\"'“”").split()
    return " ".join(words[:TITLE_WORDS]) or otherwise


def fitting(narration: str, duration: int, language: str) -> str:
    """The narration without stage directions, cut at a sentence or clause where it is too long."""
    text = " ".join(_NUMBERED.sub("", _DIRECTION.sub(" ", narration)).strip(' "“”').split())
    limit = narration_limit(duration, language)
    kept = ""
    for sentence in _SENTENCE_END.split(text):
        longer = f"{kept} {sentence}".strip()
        if narration_length(longer, language) > limit:
            break
        kept = longer
    return kept or _cut(text, limit, language)


def _cut(text: str, limit: int, language: str) -> str:
    """Cut the text at the last clause that fits, else at the last word."""
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    fits = [text[:end] for end in ends if 3 < narration_length(text[:end], language) <= limit]
    if not fits:
        words = text.split(" ")
        while len(words) > 1 and narration_length(" ".join(words), language) > limit:
            words.pop()
        fits = [_OPEN_END.sub("", " ".join(words))]
    return fits[-1].rstrip(" ,;:–—.") + "."


def _scenes(draft: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = draft.get("scenes")
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return [{name: str(one.get(name) or "") for name in (PICTURE, "narration", "title")} for one in found]


def _people(draft: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = draft.get("people")
    for one in listed if isinstance(listed, list) else ():
        name, look = (str(one.get(key) or "").strip() for key in ("name", LOOK)) if isinstance(one, dict) else ("", "")
        if name and look:
            yield name[:1].upper() + name[1:60], _plausible(look.rstrip("."))


def _plausible(look: str) -> str:
    """Small models give old people beards, whoever they are."""
    return _BEARD.sub("", look) if _WOMAN.search(look) else look


def _mentions(name: str, text: str) -> bool:
    first = re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE)
    return bool(re.search(rf"\b{re.escape(first)}\b", text, re.IGNORECASE))


def _with_looks(picture: str, people: Mapping[str, str]) -> str:
    """Each person's looks stand behind their name, so that pictures agree; before a picture that does not name them."""
    for name, look in people.items():
        found = re.search(rf"\b{re.escape(name)}\b", picture, re.IGNORECASE)
        described = f"{name} ({look})"
        picture = (
            f"{picture[: found.start()]}{described}{picture[found.end() :]}" if found else f"{described}, {picture}"
        )
    return picture


def _profile(name: str, look: str, style: str) -> CharacterProfile:
    views = (
        "Four angles side by side: front, three-quarter, side and back view; full body, the same clothes and colours in"
    )
    return CharacterProfile(
        name=name,
        image_prompt=f"Character profile of {name}: {look}. {views} each, plain light background, even light, {style}.",
    )
