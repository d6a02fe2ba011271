"""PURE: whether a length that was said is the film's, or one scene's."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local import clauses, mentions
from chat.llm.local.deeds_of_scenes import Wish
from chat.llm.local.reading import read
from chat.llm.local.steps import Understood
from pipeline.film.lengths import seconds_in


def without_length_of_a_scene(found: Understood, wish: Wish) -> Understood:
    """A length that is said of a scene is none of the film: the script is not written again for it."""
    is_of_scene = bool(wish.sentence.named) or any(one.rank == mentions.TITLE for one in wish.found)
    if not is_of_scene or re.search(OF_THE_FILM, wish.said, re.IGNORECASE) or _stands_apart(wish):
        return found
    kept = tuple(call for call in found.calls if not (call.tool == "write_script" and "duration" in call.arguments))
    if kept == found.calls:
        return found
    return replace(found, calls=kept) if kept else Understood()


def _stands_apart(wish: Wish) -> bool:
    """A length has a part of the sentence to itself, in which no scene is named: "…, and make it 45 seconds"."""
    parts = [part for part in clauses.JOINT.split(wish.said) if seconds_in(part) is not None]
    places, language = len(wish.film.places), wish.film.language
    return bool(parts) and not any(read(part, places, language).named for part in parts) and parts != [wish.said]


OF_THE_FILM = (
    r"\b(?:film|video|vídeo|vidéo|movie|clip|total|in all|whole|insgesamt|ganze[ns]?|gesamt|todo|tout|tutto|overall)\b"
)
