"""The likely meanings of a sentence, and how alike words are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from chat.llm.local.meanings.encoder import Vectors, vectors
from chat.llm.local.meanings.learn import WEIGHTS, likelihoods


class Meaning(NamedTuple):
    name: str
    likelihood: float
    """From 0 to 1; that of all meanings together is 1."""


def meanings(said: str, most: int = 8) -> list[Meaning]:
    """Return the likeliest first."""
    return _likely(said, "", most)


def openings(said: str, most: int = 8) -> list[Meaning]:
    """Return the likeliest meanings of what is said before there is a film; `subject`: what it is about."""
    return _likely(said, "before_", most)


def _likely(said: str, kind: str, most: int) -> list[Meaning]:
    names, weights, bias = _learned(kind)
    likely = likelihoods(vectors([said])[0] @ weights + bias)
    return [Meaning(names[place], float(likely[place])) for place in np.argsort(likely)[::-1][:most]]


def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Return how alike each of some words is to each of the others: 1 is the same."""
    if not some or not others:
        return [[0.0] * len(others) for _ in some]
    found: list[list[float]] = (vectors(some) @ vectors(others).T).tolist()
    return found


@cache
def _learned(kind: str) -> tuple[list[str], Vectors, Vectors]:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = [str(name) for name in stored[f"{kind}names"]]
        return names, stored[f"{kind}weights"].astype(np.float32), stored[f"{kind}bias"]
