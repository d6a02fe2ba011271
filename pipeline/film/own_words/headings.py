"""PURE: the headings of scenes: the place that a screenplay's names, and the title that a scene has."""

from __future__ import annotations

import re

from pipeline.film.own_words.pieces import sentences_of
from pipeline.film.own_words.slots import Slot
from pipeline.film.own_words.source import Source

LONGEST_TITLE, TITLE_WORDS = 60, 6
_SLUG = re.compile(
    r"^(?:\d{1,3}[.)]?\s+)?(?P<side>INT|EXT|EST|I/E|INNEN|AUSSEN)\.?(?:\s*/\s*(?:EXT|INT|AUSSEN|INNEN)\.?)?\s+"
    r"(?P<where>[^-–—]+?)(?:\s*[-–—]+\s*(?P<when>.+))?$",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:the|a|an|my|our|his|her|their)\b|\w+['’]s?\b")
_HOURS = {
    "day": "by day", "night": "at night", "morning": "in the morning", "evening": "in the evening", "noon": "at noon",
    "dawn": "at dawn", "dusk": "at dusk", "sunset": "at sunset", "sunrise": "at sunrise",
    "afternoon": "in the afternoon",
    "tag": "by day", "nacht": "at night", "morgen": "in the morning", "abend": "in the evening",
}  # fmt: skip


def place_of(heading: str) -> str:
    """Return where a scene plays, of "INT. SHOP - MORNING": "inside a shop in the morning"; empty for others."""
    found = _SLUG.match(heading.strip())
    if not found:
        return ""
    where = " ".join(found["where"].split()).strip(" .").lower()
    phrase = where if _OWN.match(where) else f"{'an' if where[:1] in 'aeiou' else 'a'} {where}"
    when = _HOURS.get((found["when"] or "").strip(" .").lower(), "")
    is_inside = found["side"].upper() in ("INT", "INNEN")
    return " ".join(filter(None, ("inside" if is_inside else "", phrase, when, "" if is_inside else "outdoors")))


def title_of(slot: Slot) -> str:
    """A scene's title: its heading, else the first words of it; of a later part of a passage its own first words."""
    heading = "" if slot.part else _named(slot.passage.heading)
    text = heading or slot.words or _named(slot.passage.heading) or slot.passage.picture or "…"
    return _first_words(text)


def about(source: Source) -> str:
    """Return what a source is about, in a few words: its title, else how it begins."""
    if source.title:
        return source.title
    first = next((text for one in source.passages for text in (one.picture, one.words) if text), "")
    return sentences_of(first)[0].strip(" .!?") if first else source.asks


def _named(heading: str) -> str:
    found = _SLUG.match(heading.strip())
    if not found:
        return heading
    parts = (found["where"].strip(" ."), (found["when"] or "").strip(" ."))
    return ", ".join(part.lower() for part in parts if part)


def _first_words(text: str) -> str:
    first = sentences_of(text)[0] if text.strip() else text
    words = first.split()
    short = " ".join(words[:TITLE_WORDS])[:LONGEST_TITLE].rstrip(" ,;:–-")
    is_whole = len(words) <= TITLE_WORDS and len(first.strip()) <= LONGEST_TITLE
    title = short.rstrip(".") if is_whole else f"{short} …"
    return title[:1].upper() + title[1:]
