"""PURE: a user's own words before a language model and behind it: told as they are followed, and put back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.film.own_words.condensing import condensed
from pipeline.film.own_words.headings import about, place_of, title_of
from pipeline.film.own_words.ordered_settings import follow, source_of
from pipeline.film.own_words.slots import Fitted, Slot
from pipeline.film.own_words.source import Source
from pipeline.film.settings import MAX_DURATION_S
from pipeline.providers.base import ScriptRequest

LONGEST_TOLD = 12_000
"""Characters of a text that a model is given; of a longer one its most telling sentences."""
MOVES = "The camera moves in slowly"
Draft = Mapping[str, Any]


def told(request: ScriptRequest) -> dict[str, Any]:
    """Return the source as a model is told of it; empty where the film has no words of its own."""
    source = _source(request)
    if not source.words or not request.source_mode:
        return {}
    found = {"mode": request.source_mode, "about": _about(request, source)}
    slots = _fixed(request)
    return {**found, "scenes": [_scene_told(slot) for slot in slots]} if slots else {**found, "text": _text(source)}


def kept(draft: Draft, request: ScriptRequest) -> Draft:
    """Return the draft with the user's words and scenes, where they are followed word for word."""
    slots = _fixed(request)
    if not slots:
        return draft
    written = [one for one in _list(draft.get("scenes")) if isinstance(one, dict)]
    scenes = [_scene(slot, written[place] if place < len(written) else {}) for place, slot in enumerate(slots)]
    music = draft.get("music")
    return {**draft, "scenes": scenes, "music": music if len(written) == len(slots) else _one_music(music, len(slots))}


def length_s(request: ScriptRequest) -> int:
    """Return the seconds that the film lasts: what is asked, or what the user's words need."""
    slots = _fixed(request)
    return sum(slot.seconds for slot in slots) if slots else request.duration_s


def _source(request: ScriptRequest) -> Source:
    return source_of(request.prompt, request.source, request.source_mode)


def _fixed(request: ScriptRequest) -> Sequence[Slot]:
    """The scenes of a text that is spoken word for word; none otherwise."""
    if request.source_mode != "verbatim":
        return ()
    found: Fitted | None = follow(_source(request), request.source_mode, request.language, request.duration_s)
    return found.slots if found else ()


def _about(request: ScriptRequest, source: Source) -> str:
    """The prompt beside the words, where there is one."""
    return request.prompt if request.source else "\n".join(filter(None, (about(source), source.asks)))


def _text(source: Source) -> str:
    if len(source.words) <= LONGEST_TOLD:
        return "\n".join(passage.words for passage in source.passages if passage.words)
    return condensed(source, "en", MAX_DURATION_S).words[:LONGEST_TOLD]


def _scene_told(slot: Slot) -> dict[str, Any]:
    named = {"heading": slot.passage.heading, "picture": slot.passage.picture}
    return {
        "duration": slot.seconds,
        "narration": slot.narration,
        **{name: value for name, value in named.items() if value},
        **({"lines": _lines(slot)} if slot.lines else {}),
    }


def _lines(slot: Slot) -> list[dict[str, str]]:
    return [{"speaker": turn.speaker, "text": turn.words} for turn in slot.lines]


def _scene(slot: Slot, written: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the model wrote of a scene, and in place of what it did not write something plain."""
    place = place_of(slot.passage.heading)
    seen = slot.passage.picture or ("" if place else slot.passage.heading) or slot.words or title_of(slot)
    plain = {
        "title": title_of(slot),
        "image_prompt": ", ".join(filter(None, (seen, place))),
        "video_prompt": MOVES,
        "characters": [],
        "transition": "fade",
    }
    return {**plain, **written, "script": slot.narration, "lines": _lines(slot), "duration": slot.seconds}


def _one_music(written: Any, scenes: int) -> list[dict[str, Any]]:
    """Groups of other scenes than there are say nothing: the first one's music plays throughout."""
    prompts = [one["prompt"] for one in _list(written) if isinstance(one, dict) and isinstance(one.get("prompt"), str)]
    prompt = next((prompt for prompt in prompts if prompt.strip()), "calm instrumental music, soft piano and strings")
    return [{"prompt": prompt, "scene_indexes": list(range(1, scenes + 1))}]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
