"""The facts of the topics, and the steps of the guides: told only where they are about the very subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from pipeline.film.subject_phrase import WORDS
from pipeline.film.words import is_spaceless, words_of
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.banks import Line

SHORTEST_STEM = 3
"""Letters; what is shorter has no other forms."""


def known_lines(subject: str, kind: str, language: str) -> tuple[Line, ...]:
    """Return what is known of exactly this subject; nothing of what is only kin to it."""
    named = _naming_entry(subject, kind, language)
    if named or kind == "howto" or language != "en":
        return named
    words = content_words(subject)
    topic = home_topic(subject)
    if topic:
        return banks.stock(topic).facts
    stocks = (fact for name in banks.topics() for fact in banks.stock(name).facts)
    return tuple(fact for fact in stocks if words and _names_all(fact, words))


def home_topic(subject: str) -> str:
    """The topic that this subject is: every word of it that says something is one of the topic's own."""
    words = content_words(subject)
    for name, topic in banks.topics().items():
        if is_spaceless(subject):
            own = [word for word in topic.core if not word.isascii()]
            rest = _without(subject, [*own, *banks.words("cues", "general")])
            if rest == "" and any(word in subject for word in own):
                return name
        elif words and all(_is_among(word, topic.core) for word in words):
            return name
    return ""


def content_words(subject: str) -> frozenset[str]:
    """Return the words that tell this subject from any other."""
    general = WORDS["function"] | banks.words("cues", "general")
    parts = (part for word in words_of(subject.lower()) for part in re.split(r"['’-]", word))
    said = (part for part in parts if len(part) > 1 or not part.isascii() or part.isdigit())
    return frozenset(part for part in said if part not in general and not _is_among(part, general))


def _naming_entry(subject: str, kind: str, language: str) -> tuple[Line, ...]:
    for name, entry in banks.table("topic_facts").items():
        is_kind = (entry["kind"] == "howto") == (kind == "howto")
        if is_kind and _is_named(subject, entry["words"], entry.get("also", "")):
            return banks.known(name, language)
    return ()


def _is_named(subject: str, groups: Sequence[str], also: str) -> bool:
    """Tell whether one of each group of words is in the subject, and nothing else that says something."""
    if is_spaceless(subject):
        return all(any(word in subject for word in group.split() if not word.isascii()) for group in groups)
    words = content_words(subject)
    known = f"{' '.join(groups)} {also}".split()
    is_all = all(any(_is_among(word, group.split()) for word in words) for group in groups)
    return is_all and all(_is_among(word, known) for word in words)


def _names_all(fact: Line, words: Collection[str]) -> bool:
    said = words_of(f"{fact.title} {fact.first}".lower())
    return all(any(_same(word, one) for one in said) for word in words)


def _is_among(word: str, words: Iterable[str]) -> bool:
    return any(_same(word, one) for one in words)


def _same(one: str, other: str) -> bool:
    """The same word, or its plural, or another form of it."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    stem = long.removeprefix(short[:-1])
    endings = {f"{short[-1]}{ending}" for ending in ("s", "es", "n", "en", "ing", f"{short[-1]}ing")} | {"ies", "ing"}
    return len(short) >= SHORTEST_STEM and long.startswith(short[:-1]) and stem in endings


def _without(subject: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        subject = subject.replace(word, "")
    return subject.strip(" 的，。？")
