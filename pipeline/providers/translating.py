"""Translating by a language model: what it is told of the scenes, and what is made of its answers.

Whoever asks a model is given by its adapter; what is wrong in an answer is asked for once more, of those scenes alone.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, ConfigDict

from pipeline.film.narration import narration_unit
from pipeline.film.script import Scene
from pipeline.film.translation import SceneText, Translation, faults, kept_words, limit_of, text_of
from pipeline.film.writing_systems import LATIN, read_as_words
from pipeline.providers.base import TranslationRequest
from pipeline.providers.openai.answers import objects, string

INSTRUCTIONS, REPAIR, ONE_SCENE = "translate.v1", "translate_repair.v1", "translate_scene.v2"
LONGEST_TEXT = 1_000


class Said(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    title: str
    narration: str
    lines: list[str]


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    scenes: list[Said]


SCHEMA: Mapping[str, Any] = Answer.model_json_schema()
Faults = Mapping[int, Sequence[str]]
"""By scene id, what is wrong with a text."""
Ask = Callable[[TranslationRequest, Faults, str], Awaitable[Mapping[str, Any]]]
"""Asks a model for these scenes; with faults of an earlier answer, which is given as it was."""


def language_name(code: str) -> str:
    """The English name of a language, for those who are told to write it."""
    try:
        return Locale.parse(code).get_display_name("en") or code
    except (UnknownLocaleError, ValueError):
        return code


def brief(request: TranslationRequest) -> str:
    """Return what is wanted as the model is told it, in JSON."""
    wanted: dict[str, Any] = {
        "from": request.source_language,
        "to": request.language,
        "to_name": language_name(request.language),
        "unit": narration_unit(request.language),
        "title": request.title,
        "scenes": [_told(scene, request) for scene in request.scenes],
    }
    if request.instructions:
        wanted["instructions"] = request.instructions
    return json.dumps(wanted, ensure_ascii=False)


def _told(scene: Scene, request: TranslationRequest) -> dict[str, Any]:
    return {
        "id": scene.id,
        "title": scene.title,
        "narration": scene.script,
        "lines": [{"speaker": line.speaker, "text": line.text} for line in scene.lines],
        "limit": limit_of(scene, request.language, request.source_language),
        "keep": list(kept_in(scene, request)),
    }


def kept_in(scene: Scene, request: TranslationRequest) -> tuple[str, ...]:
    """The words of a scene that stay; names of people only where the language is written in the same letters."""
    people = request.people if read_as_words(request.language) == LATIN else ()
    return kept_words(scene, request.keep, people)


def listed(wrong: Faults) -> str:
    """Faults as a model is told them."""
    return "\n".join(f"- scene {scene_id}: {fault}" for scene_id, found in wrong.items() for fault in found)


async def translate_parts(
    request: TranslationRequest, ask: Ask, *, at_once: int, report: Callable[[float], None]
) -> Translation:
    """Translate the scenes, `at_once` in a request; what is wrong is asked for once more."""
    done = Translation({})
    for start in range(0, len(request.scenes), at_once):
        part = replace(request, scenes=request.scenes[start : start + at_once])
        made = await _part(part, ask)
        done = Translation({**done.texts, **made.texts}, done.title or made.title)
        report(len(done.texts) / len(request.scenes))
    return done


async def _part(request: TranslationRequest, ask: Ask) -> Translation:
    first = await ask(request, {}, "")
    texts = dict(_texts(first, request))
    wrong = _wrong(request, texts)
    if wrong:
        again = replace(request, scenes=tuple(scene for scene in request.scenes if scene.id in wrong))
        second = dict(_texts(await ask(again, wrong, json.dumps(first, ensure_ascii=False)), again))
        texts |= _better(request, texts, second)
    return Translation(texts, string(first.get("title")).strip())


def _wrong(request: TranslationRequest, texts: Mapping[int, SceneText]) -> dict[int, list[str]]:
    found = {scene.id: _faults(request, scene, texts.get(scene.id)) for scene in request.scenes}
    return {scene_id: wrong for scene_id, wrong in found.items() if wrong}


def _faults(request: TranslationRequest, scene: Scene, text: SceneText | None) -> list[str]:
    if text is None:
        return ["it is missing"]
    keep = kept_in(scene, request)
    return faults(scene, text, request.language, request.source_language, keep=keep)


def _better(
    request: TranslationRequest, first: Mapping[int, SceneText], second: Mapping[int, SceneText]
) -> Iterator[tuple[int, SceneText]]:
    """Return the answer with fewer faults; of two alike the second."""
    for scene in request.scenes:
        if scene.id in second:
            before, now = (len(_faults(request, scene, texts.get(scene.id))) for texts in (first, second))
            if scene.id not in first or now <= before:
                yield scene.id, second[scene.id]


def _texts(answer: Mapping[str, Any], request: TranslationRequest) -> Iterator[tuple[int, SceneText]]:
    """Return the texts by the scene's id; where a model made up ids of its own, and wrote as many as were asked for, by
    their order."""
    written = list(objects(answer.get("scenes")))
    wanted = {scene.id: scene for scene in request.scenes}
    ids = [_id(one.get("id")) for one in written]
    by_order = len(written) == len(request.scenes) and not wanted.keys() & set(ids)
    for place, one in enumerate(written):
        scene = request.scenes[place] if by_order else wanted.get(ids[place])
        if scene is not None:
            yield scene.id, _text(scene, one)


def _id(written: object) -> int:
    """The id that a model wrote, as a number or as text; 0, which no scene has, for anything else."""
    text = str(written).strip() if isinstance(written, int | str) and not isinstance(written, bool) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _text(scene: Scene, written: Mapping[str, Any]) -> SceneText:
    lines = written.get("lines")
    said = [_line(one) for one in lines] if isinstance(lines, list) else []
    own = text_of(scene)
    narration = _plain(string(written.get("narration"))) if own.script.strip() else ""
    return SceneText(scene.id, _plain(string(written.get("title"))), narration, tuple(said))


def _line(written: object) -> str:
    return _plain(string(written.get("text")) if isinstance(written, dict) else string(written))


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]


@dataclass
class Costs:
    """The costs of several answers; unknown where one of them is."""

    micros: int | None = 0

    def add(self, micros: int | None) -> None:
        self.micros = None if micros is None or self.micros is None else self.micros + micros


def missing(request: TranslationRequest, made: Translation) -> Iterable[int]:
    """The places of scenes that no answer had words for."""
    return [scene.index for scene in request.scenes if scene.id not in made.texts]
