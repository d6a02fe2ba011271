"""The visible part of a sentence, in English words: a picture shows what is said, or the film's subject."""

from __future__ import annotations

import re

from pipeline.film.words import bare, doing, ended, is_spaceless, words_of
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.reading import Reading
from pipeline.providers.local.writing.topic_facts import content_words

EMPTY = "a plain, well-lit room"
LONGEST_SUBJECT = 14
"""Words of a first sentence that is seen as a whole."""
MOSTLY_NUMBERS = 3
SUFFIX_LETTERS = 4
"""Of a German word within a longer one: "Haus" in "Gartenhaus"."""
TOWARDS = frozenset({"in", "aus", "nach", "bei", "von", "um"})
"""A single German thing has an article behind these: a word right behind one of them is a town ("in Bamberg")."""
PATTERNS = banks.patterns("seen")
_SPACES = re.compile(r"\s+")


def subject_seen(reading: Reading) -> str:
    """The film's subject as one would order a picture of it."""
    if reading.language != "en" or not reading.subject.isascii():
        return ", ".join(_named(reading.subject, has_names=reading.language != "de")) or reading.short.strip() or EMPTY
    if reading.action:
        return _visible(doing(reading.action)) or EMPTY
    first = reading.told[0].words if reading.told else ""
    whole = bare(_visible(first)) if len(first.split()) <= LONGEST_SUBJECT else ""
    return whole or _visible(bare(reading.short)) or EMPTY


def seen_in(sentence: str, reading: Reading) -> str:
    """Say what a sentence shows, and beside it the subject where it does not name that itself."""
    subject = subject_seen(reading)
    shown = _shown(sentence, reading)
    if not shown or shown.lower() in subject.lower():
        return subject
    shares = not content_words(shown).isdisjoint(content_words(subject))
    return shown if shares or subject == EMPTY else f"{shown}, {subject}"


def _shown(sentence: str, reading: Reading) -> str:
    found = _named(sentence, has_names=reading.language != "de")
    if reading.language != "en" or not is_latin(sentence):
        return ", ".join(found)
    if reading.action and re.search(r"\bhow\b", sentence, re.IGNORECASE):
        return ""
    words = bare(_visible(sentence))
    return words if content_words(words) - {"it", "first", "then"} else ""


def _visible(sentence: str) -> str:
    plain = re.sub(r"[\"“”„«»!?.,;:。]+(?=\s|$)|[\"“”„«»]", " ", sentence)
    if len(PATTERNS["number"].findall(plain)) >= MOSTLY_NUMBERS:
        return ""
    plain = PATTERNS["lead"].sub("", PATTERNS["next"].sub("", _SPACES.sub(" ", plain).strip()))
    plain = _SPACES.sub(" ", PATTERNS["unseen"].sub(" ", plain)).strip(" ,.-")
    words = PATTERNS["tail"].sub("", plain).split()
    return " ".join(ended(words, banks.words("cues", "request", "leads_on"), least=0))


def _named(sentence: str, *, has_names: bool) -> list[str]:
    """The things that a sentence names in any language, in English, in its order; capitals may mean names."""
    text, places = sentence.lower(), {}
    said = list(enumerate(words_of(sentence)))
    words = [word.lower() for at, word in said if not (at and has_names and word[:1].isupper())]
    places_named = {word.lower() for at, word in said if at and said[at - 1][1].lower() in TOWARDS}
    for english, names in banks.table("visible_words")["seen"].items():
        place = min((at for name in names.split() if (at := _place(name, text, words, places_named)) >= 0), default=-1)
        if place >= 0:
            places[english] = place
    return sorted(places, key=lambda english: places[english])[:3]


def _place(name: str, text: str, words: list[str], places: set[str]) -> int:
    if is_spaceless(name):
        return text.find(name)
    long = len(name) >= SUFFIX_LETTERS
    ends = (long and word not in places and word.endswith(name) and len(word) - len(name) > 2 for word in words)
    is_it = (word == name or is_end for word, is_end in zip(words, ends, strict=True))
    return next((at for at, found in enumerate(is_it) if found), -1)


def is_latin(text: str) -> bool:
    return not is_spaceless(text) and sum(letter.isascii() for letter in text) * 2 > len(text)
