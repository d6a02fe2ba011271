"""PURE: the scenes that a part of a message names, and the part without their names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chat.llm.local import mentions
from chat.llm.local.film import Film
from chat.llm.local.mentions import Likeness, Mention
from chat.llm.local.named_things import lexicon

_ORDER = ("first", "second", "third", "fourth", "last")
_UNIT = r"(?! ?(?:s|secs?|sek\w*|seg\w*|seconds?|secondes?|secondi|min\w*|%|db|x|:|\.)(?![\w]))(?!:)(?!\d)"


@dataclass(frozen=True)
class Named:
    """`rest`: the part without the names of the scenes."""

    places: tuple[int, ...]
    rest: str


def scenes_in(text: str, film: Film, language: str, likeness: Likeness) -> Named:
    """Return the scenes that are named by number, by their place, or by what they show ("the boat one")."""
    count = len(film.places)
    places, rest = _numbered(text, count, language)
    if not places:
        places, rest = _ordered(text, count, language)
    if not places:
        places, rest = _shown(text, film, language, likeness)
    return Named(tuple(place for place in places if 1 <= place <= count), " ".join(rest.split()))


def _numbered(text: str, count: int, language: str) -> tuple[Sequence[int], str]:
    scene, the, where, joint = (lexicon.of(kind, language) for kind in ("scene", "the", "in", "joint"))
    head = rf"(?:(?<![\w'’]){where}[ '’]*)?(?:(?<![\w'’]){the}[ '’]*)?"
    by_noun = re.compile(
        rf"{head}(?<![\w])(?!ones?\b){scene} *(?:n[ro°º.]*|#|number|nummer)? *(?P<n>\d{{1,2}}){_UNIT}"
        rf"(?P<more>(?:(?: *, *| +{joint} +| *& *)(?:{scene} *)?\d{{1,2}}{_UNIT}(?!\w))*)\b",
        re.IGNORECASE,
    )
    bare = re.compile(
        rf"(?<![\w'’])(?:{where}[ '’]+)?{the}[ '’]+(?P<n>\d){_UNIT}(?![\w:])(?! (?:others?|anderen|autres))"
        rf"|^(?P<n2>\d){_UNIT}(?= (?:should|soll|needs|darker|in|is|has)\b)",
        re.IGNORECASE,
    )
    found = list(by_noun.finditer(text)) or [one for one in bare.finditer(text) if int(one["n"] or one["n2"]) <= count]
    rest = text
    for one in reversed(found):
        rest = f"{rest[: one.start()]} {rest[one.end() :]}"
    return [int(digit) for one in found for digit in re.findall(r"\d+", one[0])], rest


def _ordered(text: str, count: int, language: str) -> tuple[Sequence[int], str]:
    scene, the, where = (lexicon.of(kind, language) for kind in ("scene", "the", "in"))
    for place, kind in enumerate(_ORDER, start=1):
        order = lexicon.of(kind, language)
        head = rf"(?<![\w'’])(?:{where}[ '’]*)?(?:(?<![\w'’]){the}[ '’]+)?"
        told = re.compile(
            rf"{head}(?<![\w]){order} {scene}(?![\w])|{head}(?<![\w]){scene} {order}(?![\w])"
            rf"|(?<![\w'’])(?:{where}[ '’]+)?(?:{the}|nell|dell|all|nella|alla|no|na|im|am|zum)[ '’]+{order}(?![\w])"
            r"(?! (?:\w+ )?(?:time|thing|line|word|words|sentence|second|half|minute|satz|zeile|hälfte|wort|phrase|"
            r"mot|frase|palabra|parola|palavra|mitad|moiti[eé]|met[aà]|metade)\b)",
            re.IGNORECASE,
        )
        if found := told.search(text):
            return [count if kind == "last" else place], f"{text[: found.start()]} {text[found.end() :]}"
    return [], text


def _is_called(text: str, one: Mention, language: str) -> bool:
    """ "The boat one", or a word of its title behind "in the" or where the part begins."""
    where, the = lexicon.of("in", language), lexicon.of("the", language)
    is_there = re.search(rf"(?<![\w'’]){where}[ '’]+(?:{the}[ '’]+)?$", text[: one.start], re.IGNORECASE) or (
        re.fullmatch(rf"\W*{the}[ '’]+", text[: one.start], re.IGNORECASE) and len(text[one.end :].split()) > 1
    )
    is_timed = one.rank == mentions.TITLE and _only_says_how_long(f"{text[: one.start]} {text[one.end :]}", language)
    return mentions.is_as_scene(text, one) or (one.rank == mentions.TITLE and bool(is_there)) or is_timed


def _only_says_how_long(rest: str, language: str) -> bool:
    """ "Moon for 10 secs": nothing but a length stands beside the name."""
    if not re.search(rf"\d ?{lexicon.of('seconds', language)}(?!\w)", rest, re.IGNORECASE):
        return False
    for kind in ("lasts", "the", "in", "polite"):
        rest = lexicon.pattern(kind, language).sub(" ", rest)
    return not re.search(r"[^\W\d]{4}", re.sub(rf"\d+ ?{lexicon.of('seconds', language)}", " ", rest))


def _shown(text: str, film: Film, language: str, likeness: Likeness) -> tuple[Sequence[int], str]:
    if re.search(mentions.EVERY, text, re.IGNORECASE):
        return [], text
    found: list[Mention] = mentions.of_scenes(text, film, likeness)
    sure = [one for one in found if len(one.places) == 1 and _is_called(text, one, language)]
    places = tuple(dict.fromkeys(place for one in sure for place in one.places))
    return (places, mentions.without(text, sure)) if len(places) == 1 else ([], text)
