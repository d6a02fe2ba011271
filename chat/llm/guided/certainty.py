"""PURE: the judgement whether the rules understood a sentence, all of it, and surely enough for what they would do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood
from chat.llm.local.wording import SPOKEN, sentences

NOT_UNDERSTOOD = ("talk.lost", "talk.lost_again", "talk.left", "ask.scene", "cannot.reword")
"""What the agent says where a sentence, or a part of it, was not understood."""


def is_sure(found: Understood, film: Film) -> bool:
    """Tell whether the rules are sure. Before there is a script, everything is about the film that is wished for."""
    if film.script is None:
        return True
    return bool(found) and not was_lost(found.words) and not any(is_drastic(call, film) for call in found.calls)


def was_lost(words: str) -> bool:
    return bool(words) and any(re.search(pattern, words) for pattern in _patterns())


@cache
def _patterns() -> tuple[str, ...]:
    return tuple(_all())


def _all() -> Iterator[str]:
    for language in SPOKEN:
        for template in (sentences(language).get(key) for key in NOT_UNDERSTOOD):
            if template:
                yield re.sub(r"\\\{\w+\\\}", ".+", re.escape(template))


def is_drastic(call: Step, film: Film) -> bool:
    """It rewrites the script or removes a scene: a misreading would be dear, so the model is heard too."""
    if call.tool == "write_script":
        return film.proposal is None
    return call.tool == "arrange_scenes" and len(call.arguments["order"]) < len(film.places) and film.proposal is None
