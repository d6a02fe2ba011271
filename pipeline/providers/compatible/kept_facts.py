"""PURE: the facts of a prompt that a script has to keep: names, brands, numbers and words between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from num2words import num2words

_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»\n]{2,80})[\"“”«»]|(?<!\w)['‘]([^'’\n]{2,80})['’](?!\w)")
_NAME_WORD = r"(?:[^\W\d_a-zà-ÿ][\w'’-]*)"
_NAME = re.compile(rf"{_NAME_WORD}(?:(?: (?:&|and|of|the|de|la|du|del|von|van) | & | )(?={_NAME_WORD}){_NAME_WORD})*")
_MEASURE = re.compile(
    r"\b\d+(?:[.,]\d+)?[\s-]*(?:s|secs?|seconds?|sekunden?|segundos?|secondes?|secondi|seconden|min|mins?|minutes?|minuten"
    r"|minutos?|minuti|秒|p|px|fps|k|hz)\b|\b\d+\s*:\s*\d+\b|\b\d+\s*秒|\b\d[\s-]*(?:scenes?|szenen|escenas|scènes?)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,])\d{1,6}(?![\d])")
_SENTENCE = re.compile(r"(?:[.!?:;…]+\s+|\n+|^)[\"“„«'‘(]*")
NO_NAMES = frozenset(
    re.split(
        r"\s+",
        """
i i'm i'd i'll i've ok tv ai 3d 4k hd uk usa us eu english german deutsch deutsche french français spanish
español italian italiano portuguese português dutch chinese japanese tiktok instagram insta youtube reels
facebook linkedin monday tuesday wednesday thursday friday saturday sunday january february march april june
july august september october november december christmas easter halloween
""".strip(),
    )
)
"""Words with a capital letter that are no names of the prompt's own."""
MOST_FACTS = 8
GERMAN = re.compile(r"\b(?:der|die|das|und|eine?n?|mit|für|ist|nicht|im|über|mein|unser|zum)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """`text` as it was written; `forms` are the ways in which it may stand in the script, in lower case."""

    text: str
    forms: tuple[str, ...]

    def is_in(self, script: str) -> bool:
        plain = _plain(script)
        return any(re.search(rf"(?<!\w){re.escape(form)}", plain) for form in self.forms)


def facts_in(prompt: str, language: str) -> tuple[Fact, ...]:
    """The facts of a prompt; `language` is the film's, in which numbers may be spelled out."""
    text = _MEASURE.sub(" ", prompt)
    quoted = [one or other for one, other in _QUOTED.findall(text)]
    rest = _QUOTED.sub(" ", text)
    found = [*(_words(one) for one in quoted), *(_words(one) for one in _names(rest)), *_numbers(rest, language)]
    return tuple({fact.text.lower(): fact for fact in found}.values())[:MOST_FACTS]


def missing(facts: Sequence[Fact], script: str) -> list[str]:
    """The facts that stand nowhere in the script's words."""
    return [fact.text for fact in facts if not fact.is_in(script)]


def _words(text: str) -> Fact:
    text = text.strip(" .,!?")
    plain = _plain(text)
    return Fact(text, tuple(dict.fromkeys((plain, plain.replace(" & ", " and "), re.sub(r"['’]s$", "", plain)))))


def _names(text: str) -> Iterator[str]:
    """Words with a capital letter within a sentence. In German every noun has one, so there they tell nothing."""
    if len(GERMAN.findall(text)) > 1 or text.isupper():
        return
    starts = {match.end() for match in _SENTENCE.finditer(text)}
    for match in _NAME.finditer(text):
        name = match[0]
        if match.start() in starts:
            name = " ".join(name.split()[1:]).removeprefix("& ").removeprefix("of ")
        if name and name.lower() not in NO_NAMES and name[:1].isupper():
            yield name


def _numbers(text: str, language: str) -> Iterator[Fact]:
    for match in _NUMBER.finditer(text):
        number = int(match[0])
        yield Fact(match[0], (match[0], *_spelled(number, language)))


def _spelled(number: int, language: str) -> Iterator[str]:
    for kind in ("cardinal", "ordinal", "year"):
        try:
            said = str(num2words(number, lang=language, to=kind))
        except (NotImplementedError, OverflowError, KeyError):
            continue
        yield _plain(said)


def _plain(text: str) -> str:
    return re.sub(r"[\s‐-―-]+", " ", text.replace("’", "'").replace("&amp;", "&")).lower()
