"""PURE: the draft that a language model is asked for, its way to a script, and what of it is mended without asking.

The schema obeys OpenAI's strict rules: every key required, no defaults, no lengths of text. What the user chose
(language, voice, style, …) is not the model's to write.
"""

from __future__ import annotations

import copy
import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipeline.film.dialogue import is_spoken
from pipeline.film.narration import narration_limit, narration_unit
from pipeline.film.prompt_settings import settings_in
from pipeline.film.script import MAX_CHARACTERS, MAX_MOOD_CHARS, MAX_SCENES, TRANSITIONS, Transition, slug_of
from pipeline.film.script_rules import USUAL_SECONDS
from pipeline.providers.base import ScriptRequest
from pipeline.providers.openai import own_words


class Written(BaseModel):
    model_config = ConfigDict(extra="forbid")


class WrittenCharacter(Written):
    name: str
    image_prompt: str


class WrittenLine(Written):
    speaker: str
    text: str


class WrittenScene(Written):
    title: str
    duration: Literal[5, 10]
    script: str
    lines: list[WrittenLine]
    image_prompt: str
    video_prompt: str
    characters: list[str]
    transition: Transition


class WrittenMusic(Written):
    prompt: str
    scene_indexes: list[int]


class Draft(Written):
    rewritten_prompt: str
    character_profiles: list[WrittenCharacter]
    scenes: list[WrittenScene]
    music: list[WrittenMusic]


SCHEMA: Mapping[str, Any] = Draft.model_json_schema()
"""The form of a draft by whatever writes, of scenes that last 5 or 10 seconds."""
ABILITIES: Mapping[str, str] = {"ends_on_next": "boolean", "music_mood": "string"}
"""Fields of a scene, with their types, that are written only where the machines can what they ask for."""


def schema(request: ScriptRequest) -> dict[str, Any]:
    """Return the form of a draft by a model that is told what the machines can: how long scenes may last, and where
    they can, whether a clip ends on the next scene's picture and how one piece of music goes on in the scene."""
    found = copy.deepcopy(dict(SCHEMA))
    scene = found["$defs"]["WrittenScene"]
    scene["properties"]["duration"] = {"type": "integer", "enum": list(_lengths(request))}
    more = {name: {"type": kind} for name, kind in ABILITIES.items() if _can(request, name)}
    scene["properties"] |= more
    scene["required"] = [*scene["required"], *more]
    return found


def _can(request: ScriptRequest, field: str) -> bool:
    """True where the machines can what a field of a scene asks for."""
    can = request.machines
    return can is not None and (can.ends_on_next if field == "ends_on_next" else can.music_parts)


def _lengths(request: ScriptRequest) -> Sequence[int]:
    made = request.machines.clip_lengths_s if request.machines else ()
    return sorted({*USUAL_SECONDS, *made})


def brief(request: ScriptRequest) -> str:
    """Return what is wanted as the model is told it, in JSON."""
    wanted = {
        "prompt": request.prompt,
        "duration_s": request.duration_s,
        "aspect_ratio": request.aspect_ratio,
        "style": request.style,
        "language": request.language,
        "character_consistency": request.character_consistency,
        "unit": narration_unit(request.language),
        "limit_5_s": narration_limit(5, request.language),
        "limit_10_s": narration_limit(10, request.language),
    }
    if can := request.machines:
        more = {name: True for name in ABILITIES if _can(request, name)}
        wanted["machines"] = {"clip_lengths_s": list(can.clip_lengths_s), "references": can.references, **more}
    if said := settings_in(request.prompt):
        wanted["settings_said"] = said
    if request.instructions:
        wanted["instructions"] = request.instructions
    if source := own_words.told(request):
        wanted |= {"prompt": source["about"], "source": source}
    return json.dumps(wanted, ensure_ascii=False)


def as_script(draft: Mapping[str, Any], request: ScriptRequest) -> dict[str, Any]:
    """Return the draft with what the user chose, numbered, and with their own words where they are followed.

    It is judged by `parse_script`, whatever it holds.
    """
    draft = own_words.kept(draft, request)
    scenes = _objects(draft.get("scenes"))
    return {
        "user_prompt": request.prompt,
        "rewritten_prompt": draft.get("rewritten_prompt"),
        "voice_character": "",
        "character_consistency": request.character_consistency,
        "music": draft.get("music"),
        "character_profiles": draft.get("character_profiles"),
        "clips": [
            {"scene": {**_able(scene, request, is_last=place == len(scenes)), "id": place, "index": place}}
            for place, scene in enumerate(scenes, 1)
        ],
        "expected_duration": own_words.length_s(request),
        "style": request.style,
        "aspect_ratio": request.aspect_ratio,
        "language": request.language,
        "voice": request.voice,
    }


def _able(scene: Mapping[str, Any], request: ScriptRequest, *, is_last: bool) -> dict[str, Any]:
    """The scene, whose clip ends on the next one's picture only where there is one, and a clip can; likewise the mood
    of its music, cut at a word where it is too long."""
    kept = {name: value for name, value in scene.items() if name not in ABILITIES}
    if _can(request, "ends_on_next") and not is_last and scene.get("ends_on_next") is True:
        kept["ends_on_next"] = True
    if _can(request, "music_mood") and isinstance(mood := scene.get("music_mood"), str) and mood.strip():
        kept["music_mood"] = textwrap.shorten(mood, MAX_MOOD_CHARS, placeholder="") or mood[:MAX_MOOD_CHARS]
    return kept


def mended(draft: Mapping[str, Any], request: ScriptRequest) -> dict[str, Any]:
    """Put right what can be without changing a word: durations, groups of music, names, transitions."""
    scenes = _objects(draft.get("scenes"))[:MAX_SCENES]
    cast = list(_cast(_objects(draft.get("character_profiles"))))
    known = {slug_of(each["name"]): each["name"] for each in cast}
    durations = _durations([scene.get("duration") for scene in scenes], request.duration_s, _lengths(request))
    return {
        **draft,
        "character_profiles": cast,
        "scenes": [
            {
                **scene,
                "duration": duration,
                "transition": scene.get("transition") if scene.get("transition") in TRANSITIONS else "fade",
                "characters": _seen(scene.get("characters"), known),
                "lines": [line for line in _objects(scene.get("lines")) if is_spoken(str(line.get("text", "")))],
            }
            for scene, duration in zip(scenes, durations, strict=True)
        ],
        "music": _groups(_objects(draft.get("music")), len(scenes)),
    }


def _durations(written: Sequence[Any], wanted_s: int, possible: Sequence[int]) -> list[int]:
    """Return them as they are where they fill the film; else 5 or 10 each, the last scenes changed first."""
    if sum(length for length in written if length in possible) == wanted_s and all(one in possible for one in written):
        return list(written)
    durations = [10 if length == 10 else 5 for length in written]
    for place in reversed(range(len(durations))):
        missing = wanted_s - sum(durations)
        if missing:
            durations[place] = 10 if missing > 0 else 5
    return durations


def _cast(profiles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for profile in profiles:
        name = profile.get("name")
        if isinstance(name, str) and name.strip() and slug_of(name) not in seen and len(seen) < MAX_CHARACTERS:
            seen.add(slug_of(name))
            yield profile


def _seen(names: Any, known: Mapping[str, str]) -> list[str]:
    """Each once, and only those who have a profile."""
    slugs = [slug_of(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return [known[slug] for slug in dict.fromkeys(slugs) if slug in known]


def _groups(written: Sequence[dict[str, Any]], scenes: int) -> list[dict[str, Any]]:
    """Runs of scenes: each goes with the first group that names it, else with the scene before it."""
    prompts = [group["prompt"] for group in written if isinstance(group.get("prompt"), str) and group["prompt"].strip()]
    if not prompts:
        return []
    find = _group_of(written, prompts)
    runs: list[dict[str, Any]] = []
    for index in range(1, scenes + 1):
        prompt = find(index) or (runs[-1]["prompt"] if runs else prompts[0])
        if runs and runs[-1]["prompt"] == prompt:
            runs[-1]["scene_indexes"].append(index)
        else:
            runs.append({"prompt": prompt, "scene_indexes": [index]})
    return runs


def _group_of(written: Sequence[dict[str, Any]], prompts: Sequence[str]) -> Callable[[int], str]:
    def find(index: int) -> str:
        named = (group for group in written if index in (group.get("scene_indexes") or ()))
        return next((group["prompt"] for group in named if group.get("prompt") in prompts), "")

    return find


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
