"""PURE: questions about how a film is set ("in welcher Auflösung ist der", "who reads it"), however they are put."""

from __future__ import annotations

import re

from chat.llm.local.named_things import lexicon

FITTING = ("told", "asks", "now", "polite", "joint", "narration", "captions", "the", "in")


def is_about_settings(said: str, language: str) -> bool:
    """Tell whether it asks, names a setting or the scenes, and says nothing else."""
    before = "|".join(lexicon.of(kind, language) for kind in ("joint", "polite", "in"))
    begins = re.match(rf"\W*(?:(?:{before}) )*{lexicon.of('asks', language)}(?!\w)", said, re.IGNORECASE)
    if begins is None or not lexicon.find("told", said, language):
        return False
    rest = said
    for kind in FITTING:
        rest = lexicon.pattern(kind, language).sub(" ", rest)
    return not re.search(r"\w", rest)
