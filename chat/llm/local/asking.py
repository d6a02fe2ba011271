"""PURE: the questions that the agent asks before it does something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chat.llm.local.film import Film
from pipeline.film.voices import KNOWN, Voice


def rewriting(arguments: Mapping[str, Any], loses: Mapping[str, Any], film: Film) -> str:
    """Names what is lost when the script is written again."""
    count = len(film.scenes)
    scenes = film.say("lists.all_scenes", n=count) if count > 1 else film.say("lists.only_scene")
    lost = film.listed(list(_lost(loses, film)))
    if arguments.get("language"):
        language = film.language_name(arguments["language"])
        return film.say("ask.rewrite_language", scenes=scenes, language=language, lost=lost)
    if arguments.get("duration"):
        return film.say("ask.rewrite_length", n=arguments["duration"], scenes=scenes, lost=lost)
    return film.say("ask.rewrite", scenes=scenes, lost=lost)


def retiming(moved: Sequence[Mapping[str, int]], film: Film) -> str:
    """Names the scenes that would last otherwise with other models."""
    told = [film.say("ask.retime_one", n=one["scene"], then=one["then"], now=one["seconds"]) for one in moved]
    return film.say("ask.retime", list=film.listed(told))


def _lost(loses: Mapping[str, Any], film: Film) -> Iterator[str]:
    for name in ("edited", "added"):
        if places := loses.get(name):
            yield film.say(f"ask.lost_{name}", scenes=film.where(places))
    yield from (
        film.say(f"ask.lost_{name}") for name in ("moved", "removed", "music", "characters", "made") if loses.get(name)
    )


def voices(found: Sequence[Voice], film: Film, *, exactly: bool = True) -> str:
    named = [film.say("voices.one", name=voice.name, about=_about(voice, film)) for voice in found]
    return film.say("ask.voice" if exactly else "ask.voice_none", voices=film.listed(named, "lists.or"))


def all_voices(film: Film) -> str:
    """Every voice by its name, women, men and neither."""
    of = {
        gender: film.listed([one.name for one in KNOWN if one.gender == gender])
        for gender in ("woman", "man", "neutral")
    }
    return film.say("ask.voices_all", **of)


def _about(voice: Voice, film: Film) -> str:
    return ", ".join(film.say(f"voices.{of_it}") for of_it in (voice.gender, voice.accent, *voice.manner[:1]))
