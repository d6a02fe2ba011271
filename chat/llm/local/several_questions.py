"""PURE: several questions in one message ("what's it cost and how long is it"): each is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, understood

LEAST, MOST = 2, 4
_BETWEEN = re.compile(r"[?!.;,]+ *(?:(?:and|also|plus|&) +)*|(?:^| +)(?:and|also|plus|&) +")
_ASKS = re.compile(
    r"(?:so |and |also )*(?:is|are|was|were|do|does|did|has|have|what|what's|who|who's|which|where|when|why|how|can i|"
    r"can we|could i|will|may i)\b"
)
Rule = Callable[[Sentence, Film], Found]


def each(sentence: Sentence, film: Film, answered: Callable[[Sentence, Film], Understood]) -> Found:
    """Answer each question of a message, and name one that has no answer; nothing where a part is no question, or one
    answer is that to all."""
    parts = [part for part in _BETWEEN.split(sentence.plain) if part.strip() and part.strip() not in _POLITE]
    if not 1 < len(parts) <= MOST:
        return None
    found = [answered(replace(sentence, plain=part), film) for part in parts]
    known = [one for one in found if one]
    left = [part for part, one in zip(parts, found, strict=True) if not one]
    if len(known) < LEAST or known[0] == known[1] or not all(_ASKS.match(part.strip()) for part in left):
        return None
    calls: list[Step] = []
    calls += (call for one in known for call in one.calls if call not in calls)
    words = [one.words for one in known]
    words += [film.say("talk.left", what=film.quoted(part.strip()), way=film.say("talk.left_way")) for part in left]
    return Understood(tuple(calls), " ".join(filter(None, words)))


_POLITE = ("please", "thanks", "thank you", "hi", "hey", "hello", "ok", "okay")


def asked_of(rule: Rule) -> Rule:
    """The same rule, for questions alone: what is wished is none of its."""

    def asked(sentence: Sentence, film: Film) -> Found:
        return understood(rule(sentence, film)) if _ASKS.match(sentence.plain) else None

    return asked
