"""PURE: the quality that something should be made in: its price is told, and nothing is begun."""

from __future__ import annotations

from collections.abc import Sequence

from chat.llm.local.deeds_of_scenes import Deed, Wish
from chat.llm.local.steps import Step, Understood, step
from chat.llm.local.take_wishes import OF_A_SCENE


def in_tier(tier: str) -> Deed:
    """The price of the film, or of the scenes that are named, in this quality."""

    def deed(wish: Wish) -> Understood:
        film = wish.film
        note = "" if tier in film.tiers else film.say("known.one_tier")
        named, places = {} if note else {"tier": tier}, _scenes(wish)
        if named and not places and tier == film.settings.get("tier") and film.settings.get("models"):
            return Understood((step("choose_model", model=""),))  # what is chosen beside a quality is another one
        return Understood((_priced(wish, places, named),), note)

    return deed


def _scenes(wish: Wish) -> Sequence[int]:
    named = [place for place in wish.sentence.named if place in wish.film.places]
    return named or (list(wish.places) if wish.found and wish.is_sure else [])


def _priced(wish: Wish, places: Sequence[int], tier: dict[str, str]) -> Step:
    """Pieces that are there are made again, where there is one quality alone too."""
    if not places:
        return step("quote_film", **tier)
    if tier:
        return step("upgrade_scenes", scenes=list(places), **tier)
    if not wish.film.facts["finished"]:
        return step("quote_film", scenes=list(places), **tier)
    keys = [wish.film.key(kind, place) for place in places for kind in OF_A_SCENE]
    return step("regenerate", components=keys, instructions="", **tier)
