"""PURE: several questions in one message ("what's it cost and how long is it"): each is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, understood

MOST = 3
_BETWEEN = re.compile(r"[?!.;,]+ *(?:(?:and|also|plus|&) +)*|(?:^| +)(?:and|also|plus|&) +")
_ASKS = re.compile(
    r"(?:so |and |also )*(?:is|are|was|were|do|does|did|has|have|what|what's|who|who's|which|where|when|why|how|can i|"
    r"can we|could i|will|may i)\b"
)
Rule = Callable[[Sentence, Film], Found]


def each(sentence: Sentence, film: Film, answered: Callable[[Sentence, Film], Understood]) -> Found:
    """Answer each question of a message; nothing where one part is none, or one answer is that to all."""
    parts = [part for part in _BETWEEN.split(sentence.plain) if part.strip() and part.strip() not in _POLITE]
    if not 1 < len(parts) <= MOST:
        return None
    found = [answered(replace(sentence, plain=part), film) for part in parts]
    if not all(found) or found[0] == found[1]:
        return None
    calls: list[Step] = []
    calls += (call for one in found for call in one.calls if call not in calls)
    return Understood(tuple(calls), " ".join(filter(None, (one.words for one in found))))


_POLITE = ("please", "thanks", "thank you", "hi", "hey", "hello", "ok", "okay")


def asked_of(rule: Rule) -> Rule:
    """The same rule, for questions alone: what is wished is none of its."""

    def asked(sentence: Sentence, film: Film) -> Found:
        return understood(rule(sentence, film)) if _ASKS.match(sentence.plain) else None

    return asked
