"""Learns the meanings from their examples: `python -m chat.llm.local.meanings.learn` writes `weights.npz`.

Multinomial logistic regressions on the vectors of the examples: one of what is said to a film, with scenes by several
names, and one of what is said before there is one, which tells the subject of a film from everything else.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from chat.llm.local.meanings.encoder import Vectors, vectors

HERE = Path(__file__).parent
SUBJECTS = HERE / "opening.toml"
BEFORE = tuple(HERE / f"{name}.toml" for name in ("talk", "questions"))
"""What people say before there is a film too."""
SOURCES = (*(HERE / f"{name}.toml" for name in ("scenes", "places", "film")), *BEFORE)
WEIGHTS = HERE / "weights.npz"
OF_SCENES = ("scene 2: {}", "{} in scene 3", "{} in szene 2", "in the garden scene {}")
NAMES: Mapping[str, Sequence[str]] = {
    "en": (
        "scene 2", "the kitchen bit", "the castle", "the last scene", "the market scene", "scene 3", "the first one",
        "the part with the horse", "the river", "the ending", "the second scene", "the old bridge", "the dream",
    ),
    "de": ("szene 2", "scene 4", "das schloss", "die letzte szene", "die küche", "szene 3",
           "der traum", "die marktszene"),
    "es": ("la escena 2", "scene 4", "el castillo", "la última escena", "la cocina",
           "la escena del mercado", "el final"),
    "fr": ("la scène 2", "scene 4", "le château", "la dernière scène", "la cuisine", "la scène du marché", "la fin"),
    "it": ("la scena 2", "scene 4", "il castello", "l'ultima scena", "la cucina", "la scena del mercato", "la fine"),
    "pt": ("a cena 2", "scene 4", "o castelo", "a última cena", "a cozinha", "a cena do mercado", "o final"),
}  # fmt: skip
"""What scenes are called by, for the places that examples leave open."""
SAID_WITH = 3
"""So many names for each example with an open place."""
SCALE = 8.0
ROUNDS, RATE, DECAY, MOMENTUM = 600, 0.2, 1e-3, 0.9


def examples(sources: Sequence[Path] = SOURCES) -> Mapping[str, Sequence[str]]:
    """Return the examples of each meaning, with scenes by their names."""
    found: dict[str, list[str]] = defaultdict(list)
    numbers = count()
    for path in sources:
        for name, said in _read(path).items():
            found[name] += (one for sentence in said for one in _named(sentence, numbers))
    return found


def stamp() -> str:
    """Return what the weights are valid for."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*SOURCES, SUBJECTS))).hexdigest()


def labelled() -> Iterator[tuple[str, str]]:
    of_scenes = _read(SOURCES[0])
    for name, sentences in examples().items():
        yield from ((name, said) for said in sentences)
        for number, said in enumerate(of_scenes.get(name, ())):
            yield name, OF_SCENES[number % len(OF_SCENES)].format(said)


def before_a_film() -> Iterator[tuple[str, str]]:
    for name, sentences in examples((*BEFORE, SUBJECTS)).items():
        yield from ((name, said) for said in sentences)


def fitted(seen: Vectors, labels: Sequence[int], count: int) -> tuple[Vectors, Vectors]:
    """Return the weights and the bias of each of `count` meanings."""
    scaled, wanted = (seen * SCALE).astype(np.float32), np.eye(count, dtype=np.float32)[list(labels)]
    weights, bias = np.zeros((seen.shape[1], count), np.float32), np.zeros(count, np.float32)
    pull, lean = np.zeros_like(weights), np.zeros_like(bias)
    for _ in range(ROUNDS):
        error = (likelihoods((scaled @ weights + bias).astype(np.float32)) - wanted) / np.float32(len(labels))
        pull = MOMENTUM * pull + scaled.T @ error + DECAY * weights
        lean = MOMENTUM * lean + error.sum(axis=0)
        weights, bias = weights - RATE * pull, bias - RATE * lean
    return weights, bias


def likelihoods(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Vectors = powers / powers.sum(axis=-1, keepdims=True)
    return found


def main() -> None:
    stored: dict[str, Any] = {**_learned(list(labelled()), ""), **_learned(list(before_a_film()), "before_")}
    np.savez_compressed(WEIGHTS, allow_pickle=False, stamp=np.array(stamp()), **stored)


def _learned(told: Sequence[tuple[str, str]], kind: str) -> dict[str, Any]:
    names = list(dict.fromkeys(name for name, _ in told))
    weights, bias = fitted(vectors([said for _, said in told]), [names.index(name) for name, _ in told], len(names))
    found = {"names": np.array(names), "weights": (weights * SCALE).astype(np.float16), "bias": bias}
    return {f"{kind}{name}": value for name, value in found.items()}


def _read(path: Path) -> Mapping[str, Sequence[str]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _named(sentence: str, numbers: Iterator[int]) -> Iterator[str]:
    """Yield an example with names in its open places; as it is where it has none."""
    if "{" not in sentence:
        yield sentence
        return
    for _ in range(SAID_WITH):
        yield re.sub(r"\{(\w\w)\}", lambda found: NAMES[found[1]][next(numbers) * 5 % len(NAMES[found[1]])], sentence)


if __name__ == "__main__":
    main()
