"""PURE: the judgement whether a length that was said is the film's, or one scene's."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.llm.local import clauses, mentions
from chat.llm.local.deeds_of_scenes import Wish
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Found, Understood, step
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


_BARE = re.compile(
    r"((?:s[cz]\w{2,3}|sence|escena|cena) ?\d+[^,;.!?]*?\b(?:shorter|longer|kürzer|länger|más corta|más larga"
    r"|plus courte|plus longue|più corta|più lunga|mais curta|mais longa)\b[^,;.!?]*)[,;:.]? +"
    r"(?:(?:so|to|say|maybe|like|about|around|auf|etwa) )*"
    r"(\d+ ?(?:s|secs?|seconds?|sek|sekunden|segundos|secondes))\W*$",
    re.IGNORECASE,
)


def joined(said: str) -> str:
    """Return a message with a bare length behind a wish for a shorter or longer scene joined to it: "…, 4s"."""
    return _BARE.sub(r"\1 to \2", said)


def multiplied(sentence: Sentence, film: Film) -> Found:
    """A scene so many times as long as it is, where one can last that."""
    times = sentence.find(r"(twice|double|half|(\d) times|triple) (?:as long|as short|the length)")
    if not times or not sentence.named:
        return None
    factor = float(times[2] or {"half": 0.5, "triple": 3}.get(times[1], 2))
    factor = 1 / factor if factor > 1 and "short" in times[0] else factor
    wanted = {place: film.scene(place)["duration"] * factor for place in sentence.named if place in film.places}
    if not wanted or not set(wanted.values()) <= set(film.scene_lengths):
        return film.say("did.lasts_only", lengths=film.lengths_in_words())
    return [step("edit_scene", scene=place, duration=int(seconds)) for place, seconds in wanted.items()]
