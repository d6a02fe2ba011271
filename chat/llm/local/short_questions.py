"""PURE: short questions that belong to no other rule: each is answered, and changes nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local import talk
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found

FEW_WORDS = 9


def about_the_film(sentence: Sentence, film: Film) -> Found:
    """Find a question about the film as it is; no wish for a change."""
    asks = re.match(
        r"(?:is|are|was|were|does|did|has|have|am|isn't|aren't|will)\b(?! it possible| there a way| you)",
        sentence.plain,
    )
    if not asks or not (sentence.said.endswith("?") or sentence.find(r"^(?:is|does|will|did) it\b")):
        return None
    return talk.described(sentence, film) if len(sentence.named) == 1 else talk.lost(film, "")


def of_any_topic(sentence: Sentence, film: Film) -> Found:
    if len(sentence.plain.split()) >= FEW_WORDS:
        return None
    return next((said for topic in talk.ALWAYS if (said := topic(sentence, film))), None)


def behind_what_is_told(sentence: Sentence, film: Film) -> Found:
    """ "Never used this before, how does it work here": the question behind what is told of oneself."""
    told, _, asked = sentence.plain.rpartition(", ")
    if not told or len(told.split()) >= FEW_WORDS or not re.match(r"(?:so )?(?:how|what|where|who)\b", asked):
        return None
    return of_any_topic(replace(sentence, plain=asked), film)
