"""PURE: a message of several wishes, cut where each part is a wish of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chat.llm.local import leftover_words
from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood

Hearer = Callable[[str, Film], Understood]
"""What is made of one wish, read against the film as it is by then; nothing where it is none."""
CUTS = re.compile(
    r"(?<=\w\w)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bMrs)([.;!?…]+\s+|\s*,\s*(?:(?:and|und|y|et|e|then|dann|also)\s+)*|\s+(?:and|und|y|et|e|plus)\s+)"
)
FEWEST_WORDS, LEAST_OF_A_WISH, MOST_PARTS = 7, 3, 10


@dataclass
class _Wishes:
    film: Film
    steps: list[Step] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def each(said: str, film: Film, hear: Hearer, is_aside: Callable[[str], bool]) -> Understood:
    """Return what is done for all wishes of a message; nothing unless it has at least two, and nothing is left."""
    parts = CUTS.split(said.strip())
    if len(said.split()) < FEWEST_WORDS or not 1 < len(parts) <= 2 * MOST_PARTS or leftover_words.dictated(said):
        return Understood()
    wishes = _read(parts, film, hear)
    if len(wishes.texts) < 2 or not all(is_aside(text) for text in wishes.left):
        return Understood()
    return Understood(tuple(wishes.steps))


def _read(parts: Sequence[str], film: Film, hear: Hearer) -> _Wishes:
    """Each part alone where it is a wish, with what follows where only that makes it one."""
    found, at = _Wishes(film), 0
    while at < len(parts):
        text, end, heard = _longest(parts, at, found.film, hear)
        if heard:
            found.steps += heard.calls
            found.texts.append(text)
            for one in heard.calls:
                found.film = found.film.after(one)
        else:
            found.left.append(parts[at])
        at = end
    return found


def _longest(parts: Sequence[str], at: int, film: Film, hear: Hearer) -> tuple[str, int, Understood | None]:
    """The wish that begins here, with the parts behind it that are none alone."""
    end, text = at + 2, parts[at]
    heard = _wish(text, film, hear)
    while end < len(parts) and (_goes_on(parts[end]) or not _wish(parts[end], film, hear)):
        longer = f"{text}{parts[end - 1]}{parts[end]}"
        more = _wish(longer, film, hear)
        if more is None and heard is not None:
            break
        text, end, heard = longer, end + 2, more
        if heard is None and end >= at + 6:
            return parts[at], at + 2, None
    return text, end, heard


def _goes_on(part: str) -> bool:
    """It says more of somebody who was named before."""
    return re.match(r"(?:he|she|er|sie|il|elle|él|ella|lui|lei|ele|ela)(?:'s)?\b", part, re.IGNORECASE) is not None


def _wish(text: str, film: Film, hear: Hearer) -> Understood | None:
    if len(text.split()) < LEAST_OF_A_WISH:
        return None
    found = hear(text.strip(" ,.;!"), film)
    return found if found.calls and not found.words else None
