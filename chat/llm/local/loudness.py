"""PURE: a wish on the loudness of music and voice in one sentence: only the music's can be chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.music import MUSIC
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood
from chat.llm.local.voices import VOICE

_VOICE = rf"{VOICE}|her|him|speech|speaking|woman|man"
_UP = r"louder|up|too quiet|too low|too soft|hardly hear|can't hear|cannot hear"
_DOWN = r"quieter|softer|down|too loud|lower|less loud"
_TOLD = re.compile(
    rf"(?P<denied>\b(?:not|no|instead of) (?:the |her |his )?)?(?:\b(?P<music>{MUSIC})\b|\b(?P<voice>{_VOICE})\b)"
    rf"|\b(?P<up>{_UP})\b|\b(?P<down>{_DOWN})\b"
)
_PART = re.compile(r"[,;.!?]+|\b(?:and|but|while|so|then)\b")
SWITCHED = r"\b(?:off|on|without|mute|remove|other|another|deeper|female|male)\b"


def both(sentence: Sentence, film: Film, read: Callable[[Sentence], Understood]) -> Found:
    """`read` is what the rules make of a sentence. Nothing where only one of the two is spoken of."""
    said = sentence.plain
    is_of_both = re.search(rf"\b(?:{MUSIC})\b", said) and re.search(rf"\b(?:{VOICE})\b", said)
    wished = dict(_wished(said)) if is_of_both and not re.search(SWITCHED, said) else {}
    if not wished:
        return None
    way = {"up": "louder", "down": "quieter"}.get(wished.get("music", ""))
    plain = f"music {way}"
    found = read(replace(sentence, plain=plain, whole=plain)) if way else Understood()
    note = film.say("cannot.voice_level") if "voice" in wished else ""
    note = note if way or not note else f"{note} {film.say('cannot.voice_level_ways')}"
    return Understood(found.calls, " ".join(filter(None, (note, found.words))))


def _wished(said: str) -> Iterator[tuple[str, str]]:
    """Yield what is to be louder or quieter: the last named one that is not denied, else the next."""
    named, waiting = "", ""
    for part in _PART.split(said):
        told = [(found.lastgroup or "", bool(found["denied"])) for found in _TOLD.finditer(part)]
        here = [name for name, is_denied in told if name in ("music", "voice") and not is_denied]
        named = here[0] if here else named
        way = next((name for name, _ in told if name in ("up", "down")), waiting)
        if way and named:
            yield named, way
        waiting = way if way and not named else ""
