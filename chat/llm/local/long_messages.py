"""PURE: the part of a long message that is heard as wishes. A text of one's own is taken whole, whatever its length."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chat.llm.local import own_words
from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood

MOST_HEARD = 2_000
"""Characters. Many readers look at each of them, some at each pair: eight times as many would hold the server."""
LEAST_KEPT = 1_500
"""Of them, where the cut is moved back to the end of a sentence or a word."""
_ENDS = (re.compile(r"(?:[.!?…;](?=\s)|[。！？।\n])"), re.compile(r"\s"))
_GAP = re.compile(r"[^\S\n]{2,}")
_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n){2,}")
WORDS_SHOWN, MOST_SHOWN = 6, 60
"""Words, and characters, of the end of what was heard."""

Hear = Callable[[str], Understood]


def heard_of(said: str) -> str:
    """Return the beginning of a message, up to the end of a sentence; all of it where it is short."""
    plain = said if len(said) <= MOST_HEARD else _EMPTY_LINES.sub("\n\n", _GAP.sub(" ", said)).strip()
    if len(plain) <= MOST_HEARD:
        return plain
    for end in _ENDS:
        if cuts := [found.end() for found in end.finditer(plain, LEAST_KEPT, MOST_HEARD)]:
            return plain[: cuts[-1]].rstrip()
    return plain[:MOST_HEARD]


def understood(said: str, film: Film, hear: Hear, *, is_first: bool = False) -> Understood:
    """Return what a message means, heard in its beginning alone where it is long and no text of one's own."""
    if not film.script:
        return hear(said)
    if given := own_words.given(said, film, is_first=is_first):
        return given
    part = heard_of(said)
    found = hear(part)
    if len(said) <= MOST_HEARD or len(part) == len(said.strip()):
        return found
    calls = tuple(_with_all(call, part, said) for call in found.calls)
    if calls != found.calls:
        return replace(found, calls=calls)
    told = film.say("talk.heard_until", text=" ".join(part[-MOST_SHOWN:].split()[-WORDS_SHOWN:]))
    return replace(found, words=" ".join(filter(None, (found.words, told))))


def _with_all(call: Step, part: str, said: str) -> Step:
    """Give whoever writes the script all that was said, where all that was heard is for them."""
    is_all = call.arguments.get("instructions") == part
    return Step(call.tool, {**call.arguments, "instructions": said}) if is_all else call
