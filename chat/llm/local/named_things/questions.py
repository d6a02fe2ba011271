"""PURE: questions about how a film is set ("in welcher Auflösung ist der", "who reads it"), however they are put."""

from __future__ import annotations

import re

from chat.llm.local.film import Film
from chat.llm.local.mentions import Likeness
from chat.llm.local.named_things import lexicon
from chat.llm.local.named_things.scenes_named import scenes_in

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


def is_about_a_scene(said: str, language: str) -> bool:
    """Tell whether it asks what is seen or said: "was sieht man nochmal in der zweiten"."""
    asks = lexicon.of("asks_scene", language)
    return bool(re.match(rf"\W*(?:{lexicon.of('joint', language)} )*{asks}(?!\w)", said, re.IGNORECASE))


def scene_asked_about(said: str, film: Film, language: str, likeness: Likeness) -> int | None:
    """Return the one scene that a question names ("how many seconds has the boat one"); None where it names none."""
    asks = re.match(rf"\W*(?:{lexicon.of('joint', language)} )*{lexicon.of('asks', language)}(?!\w)", said, re.I)
    if not (asks or is_about_a_scene(said, language)):
        return None
    places = scenes_in(said, film, language, likeness).places
    return places[0] if len(places) == 1 else None
