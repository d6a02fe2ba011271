"""The language somebody writes in, and the same wishes in plain English, by the phrase tables in `tongues/`.

A table holds phrases, which may have places for numbers, and words. What is in neither stays as it was written, so a
subject keeps its own words.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "tongues"
LANGUAGES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
VERBATIM = "*"
"""At the end of a phrase: what follows it is a name and stays as it is."""
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}
_QUOTED = re.compile(r"([\"“„«].*?[\"”“»])")

ENGLISH = frozenset(
    [
        "a",
        "about",
        "add",
        "all",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "change",
        "could",
        "create",
        "delete",
        "do",
        "does",
        "don't",
        "film",
        "for",
        "from",
        "give",
        "go",
        "have",
        "how",
        "i",
        "i'd",
        "i'm",
        "if",
        "in",
        "into",
        "is",
        "it",
        "it's",
        "like",
        "make",
        "me",
        "more",
        "music",
        "my",
        "need",
        "new",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "other",
        "please",
        "put",
        "remove",
        "scene",
        "scenes",
        "second",
        "set",
        "should",
        "some",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "this",
        "to",
        "turn",
        "up",
        "use",
        "video",
        "voice",
        "want",
        "was",
        "what",
        "what's",
        "when",
        "where",
        "which",
        "who",
        "why",
        "with",
        "without",
        "would",
        "you",
        "your",
        "yes",
        "ok",
        "thanks",
        "hello",
        "hi",
        "look",
        "looks",
        "good",
        "great",
        "cut",
        "narration",
        "captions",
        "script",
        "start",
        "stop",
        "undo",
        "darker",
        "brighter",
        "slower",
        "faster",
        "calmer",
        "shorter",
        "longer",
    ]
)


SHARED = frozenset(
    ["film", "hello", "hi", "in", "ok", "script", "start", "stop", "undo", "video", "was", "do", "me", "no"]
)
"""English words that people who write in another language use as well, or have too."""
LEAST_TO_CHANGE = 2
"""English words that make a chat in another language one in English."""


@dataclass(frozen=True)
class Tongue:
    language: str
    phrases: Sequence[tuple[re.Pattern[str], str]]
    words: Mapping[str, str]
    markers: frozenset[str]
    """Words of this language that English has not."""
    spelt: Mapping[str, str]
    """Its words as they are typed without its letters, and with them: "ueber", "heisst"."""
    shared: frozenset[str]
    """Words that are written alike in English, and mean the same."""
    joints: frozenset[str]
    """Words that hold its sentences together; a noun that is left may stay as it is, one of these may not."""


@cache
def tongue(language: str) -> Tongue:
    text = (HERE / f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    spelt = {"".join(_LETTERS.get(letter, letter) for letter in word): word for word in re.findall(r"[a-zäöüß]+", text)}
    spelt = {typed: word for typed, word in spelt.items() if typed != word and len(word) > 2}
    phrases = [(re.compile(rf"(?<![\w'’])(?:{pattern})(?![\w'’])"), english) for pattern, english in table["phrases"]]
    words = {word: english for english, words in table["words"].items() for word in words.split()}
    markers = frozenset(table["markers"].split()) | (frozenset(words) - ENGLISH)
    shared, joints = (frozenset(table.get(name, "").split()) for name in ("shared", "joints"))
    return Tongue(language, phrases, words, markers, spelt if language == "de" else {}, shared, joints)


def language_of(text: str, otherwise: str) -> str:
    """The language most of whose own words are in the text, else `otherwise`.

    A chat in another language stays in it until somebody says more than one word that only English has: "undo",
    "ok so" and "stop" are said in all of them.
    """
    tokens = [word.lower() for word in _TOKEN.findall(_QUOTED.sub(" ", text))]
    english = sum(word in ENGLISH - SHARED for word in tokens)
    counts = {language: sum(_is_marker(word, tongue(language)) for word in tokens) for language in LANGUAGES}
    best = max(counts, key=lambda language: (counts[language], language == otherwise))
    if counts[best] > english:
        return best
    if counts.get(otherwise, 0) == english > 0:
        return otherwise
    return "en" if english >= (1 if otherwise == "en" else LEAST_TO_CHANGE) else otherwise


def _is_marker(word: str, known: Tongue) -> bool:
    return word in known.markers or known.spelt.get(word) in known.markers


def in_english(text: str, language: str) -> str:
    """A lower-case sentence with the wishes of another language in English words; quotations stay."""
    if language not in LANGUAGES:
        return text
    parts = _QUOTED.split(text)
    told = (part if place % 2 else _in_english(part, tongue(language)) for place, part in enumerate(parts))
    return " ".join(part for part in told if part)


def is_left(text: str, language: str) -> bool:
    """Words that hold a sentence of this language together are in what should be English: it was not understood."""
    if language not in LANGUAGES:
        return False
    return any(word.lower() in tongue(language).joints for word in _TOKEN.findall(text))


def _in_english(text: str, known: Tongue) -> str:
    text = _TOKEN.sub(lambda found: known.spelt.get(found[0], found[0]), text) if known.spelt else text
    for pattern, english in known.phrases:
        if english.endswith(VERBATIM) and (found := pattern.search(text)):
            before, behind = _in_english(text[: found.start()], known), text[found.end() :].strip()
            return f"{before} {found.expand(english[:-1])} {behind}".strip()
        text = pattern.sub(english, text)
    told = " ".join(_TOKEN.sub(lambda found: known.words.get(found[0], found[0]), text).split())
    return re.sub(r"(?<=\w) ,", ",", told)
