"""The words that a line's slots are filled with, agreeing with the subject."""

from __future__ import annotations

import re

from pipeline.film.german_nouns import ARTICLES
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.cast import VERBS, Role
from pipeline.providers.local.writing.reading import Reading
from pipeline.providers.local.writing.text import article, capital

_HEAD_ENDS = re.compile(r"\s(?:of|in|on|at|for|from|with|who|that|to|under|over|near|by)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|my|our|your|this|one|two|three|some)\s+", re.IGNORECASE)
_OWN = re.compile(r"\b(?:my|our)\b", re.IGNORECASE)
_OBJECT, _OWNER = {"she": "her", "he": "him", "it": "it", "they": "them"}, {
    "she": "her", "he": "his", "it": "its", "they": "their"}  # fmt: skip
_GENERAL_WISH = "any"
_DOING = re.compile(rf"(.+?)\s({VERBS}\b.*)", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|that|which|whose|in|of)\b", re.IGNORECASE)
_NAMED = re.compile(r"^(?:my|our) (\w+) ([A-Z][\w'’-]+)")
HOME_TOPICS = frozenset(
    {"ocean", "forests", "mountains", "cities", "garden", "wildlife", "robots", "history", "trains"}
)
"""Those whose place can be where a story begins."""


def slots_for(reading: Reading, hero: Role) -> dict[str, str]:
    """Return each slot's words; empty where the reading has nothing to fill it with: such lines are passed over."""
    subject = _subject(reading, hero)
    many = _is_plural(subject)
    at_home = reading.topic and (reading.kind != "story" or reading.topic.name in HOME_TOPICS)
    place = reading.topic.place if reading.topic and at_home else "the village"
    wishes = banks.table("cast")["wishes"][_GENERAL_WISH]
    wish = hero.wish or wishes[reading.seed % len(wishes)]
    spoken = {
        "s": subject,
        "is": "are" if many else "is",
        "was": "were" if many else "was",
        "has": "have" if many else "has",
        "it": "them" if many else "it",
        "its": "their" if many else "its",
        "brand": reading.brand or _favourite(subject),
        "hero": hero.said,
        "ahero": _introduced(hero),
        "he": {"it": "it", "they": "they"}.get(hero.pronoun, hero.pronoun),
        "him": _OBJECT[hero.pronoun],
        "his": _OWNER[hero.pronoun],
        "tale": _tale(reading, hero),
        "place": place,
        "wish": wish,
        "do": reading.action,
        "q": reading.question,
    }
    spoken |= _themes(reading, subject)
    return spoken | {capital(name): capital(text) for name, text in spoken.items()}


def _themes(reading: Reading, subject: str) -> dict[str, str]:
    """German articles show case and gender, so a subject without one has lines of its own, and so has a question."""
    if reading.language != "de":
        return {"t": ""}
    if reading.question:
        return {"s": "", "t": ""}
    has_article = subject.split()[0].lower() in ARTICLES if subject else False
    return {"t": ""} if has_article else {"s": "", "t": subject}


def _subject(reading: Reading, hero: Role) -> str:
    if reading.kind == "tribute":
        return hero.name if reading.roles and hero.said == hero.name else reading.short
    return _OWN.sub("this", reading.short)


def bare(subject: str) -> str:
    """Remove a subject's article: "coffee shop"."""
    return _ARTICLE.sub("", subject)


def _favourite(subject: str) -> str:
    product = re.sub(r"^(?:new|best|favou?rite)\s+", "", bare(subject))
    return f"your new favourite {product}"


def _introduced(hero: Role) -> str:
    """ "Mia", or "a fox" where the hero has no name of its own."""
    return hero.said if hero.name in hero.said else f"{article(hero.name)} {hero.name.lower()}"


def _tale(reading: Reading, hero: Role) -> str:
    """The prompt's own words, as what a story is of: "a robot who learns to paint"."""
    if not (reading.roles and reading.roles[0].acts):
        return _introduced(hero)
    words = _NAMED.sub(r"a \1 called \2", reading.subject)
    clause = _DOING.match(words)
    if clause and not _RELATIVE.search(clause[1]):
        words = f"{clause[1]} who {clause[2]}"
    return words if _ARTICLE.match(words) or words[:1].isupper() or " and " in words else f"{article(words)} {words}"


def _is_plural(subject: str) -> bool:
    head = _HEAD_ENDS.split(subject.lower(), maxsplit=1)[0]
    last = head.split()[-1] if head else ""
    if last in banks.words("cues", "request", "plural") or " and " in head:
        return True
    singular = last in banks.words("cues", "request", "plural_like") or last.endswith(("ss", "us", "is", "'s"))
    return (
        last.endswith("s") and not singular and len(last) > 3 and not subject.lower().startswith(("a ", "how ", "why "))
    )
