"""PURE: the picture that a prompt asks to see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from pipeline.providers.local.drawing import vocabulary

MAX_WORDS = 240
COMPANION_SHARE = 0.35
"""How much of the main thing's weight a second one needs to be drawn too."""

HOME_SHARE = 0.4
"""How much naming a thing says about the place, next to naming the place."""

HOME_SHARE_BESIDE_A_PLACE = 0.2


@dataclass(frozen=True)
class Brief:
    place: str
    things: tuple[str, ...]
    """The main subject first; a second one may stand further back. Empty: the view itself is the subject."""
    hour: str
    """Empty where the words name none."""
    weather: str
    shot: str
    brightness: int = 0
    """-2 and -1 are darker than usual, 1 and 2 brighter."""
    words: frozenset[str] = field(default_factory=frozenset)


def read(prompt: str, instructions: str, rng: np.random.Generator) -> Brief:
    """Instructions count three times as much as the prompt; early words more than late ones."""
    weights = _weights(without_brightness(instructions), 3.0)
    for word, weight in _weights(without_brightness(prompt), 1.0).items():
        weights[word] = weights.get(word, 0.0) + weight
    things = _ranked(weights, vocabulary.THINGS)
    places = _ranked(weights, vocabulary.PLACES)
    share = HOME_SHARE_BESIDE_A_PLACE if places else HOME_SHARE
    for name, weight in things.items():
        home = vocabulary.HOMES[name]
        places[home] = places.get(home, 0.0) + share * weight
    things = {name: weight * (1.5 if name in vocabulary.BEINGS else 1.0) for name, weight in things.items()}
    place = _home_of(things, places) or _best(places) or "plain"
    return Brief(
        place, _cast(things, place, rng), _best(_ranked(weights, vocabulary.HOUR_WORDS)),
        _best(_ranked(weights, vocabulary.WEATHER_WORDS)), _best(_ranked(weights, vocabulary.SHOT_WORDS)),
        brightness_in(f"{prompt}. {instructions}"), frozenset(weights),
    )  # fmt: skip


def _home_of(things: Mapping[str, float], places: Mapping[str, float]) -> str:
    """The home of the main thing, where it was named first and cannot be in the place; empty otherwise."""
    thing, place = _best(things), _best(places)
    is_strange = bool(thing) and not _fits(thing, place) and things[thing] > places[place]
    return vocabulary.HOMES[thing] if is_strange else ""


def brightness_in(text: str) -> int:
    """Return the steps of light that a text asks for, from -2 (much darker) to 2; what is said last counts."""
    *_, last = None, *vocabulary.LIGHT.finditer(text.lower())
    if last is None:
        return 0
    return (-1 if last["darker"] or last["too_bright"] else 1) * (2 if last["much"] else 1)


def without_brightness(text: str) -> str:
    """Remove the words about light: what is left gives the same picture in any light."""
    return vocabulary.LIGHT.sub("", text)


def words_in(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).lower()
    for words, one in vocabulary.COMPOUNDS.items():
        plain = plain.replace(words, one)
    return [word for word in re.findall(r"[^\W\d_]+", plain)[:MAX_WORDS] if word not in vocabulary.IGNORED]


def forms(word: str) -> list[str]:
    """The word and what it may be a plural or a participle of."""
    found = [word]
    for ending, base in (("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            found.append(word[: -len(ending)] + base)
    return found


def _weights(text: str, factor: float) -> dict[str, float]:
    weights: dict[str, float] = {}
    for index, word in enumerate(words_in(text)):
        for form in forms(word):
            weights[form] = weights.get(form, 0.0) + factor / (1 + 0.12 * index)
    return weights


def _ranked(weights: Mapping[str, float], meanings: Mapping[str, str]) -> dict[str, float]:
    return {
        name: total
        for name, words in meanings.items()
        if (total := sum(weights.get(word, 0.0) for word in words.split())) > 0
    }


def _best(scores: Mapping[str, float]) -> str:
    return max(scores, key=lambda name: scores[name], default="")


def _cast(things: Mapping[str, float], place: str, rng: np.random.Generator) -> tuple[str, ...]:
    ranked = sorted(things, key=lambda name: -things[name])
    if not ranked:
        usual = vocabulary.USUAL.get(place, ("",))
        name = usual[int(rng.integers(len(usual)))]
        return (name,) if name else ()
    second = next(
        (name for name in ranked[1:] if _fits(name, place) and things[name] >= COMPANION_SHARE * things[ranked[0]]), ""
    )
    return (ranked[0], second) if second else (ranked[0],)


def _fits(name: str, place: str) -> bool:
    """Houses do not stand in rooms, nor tables outdoors."""
    return (vocabulary.HOMES[name] in vocabulary.INDOORS) == (place in vocabulary.INDOORS)
