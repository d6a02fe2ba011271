"""Learns the meanings from their examples: `python -m chat.llm.local.meanings.learn` writes `weights.npz`.

A multinomial logistic regression on the vectors of the examples; those of scenes are said with a scene's name too.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from chat.llm.local.meanings.encoder import Vectors, vectors

HERE = Path(__file__).parent
SOURCES = tuple(HERE / f"{name}.toml" for name in ("scenes", "film", "talk"))
WEIGHTS = HERE / "weights.npz"
OF_SCENES = ("scene 2: {}", "{} in scene 3", "{} in szene 2", "in the garden scene {}")
SCALE = 8.0
ROUNDS, RATE, DECAY, MOMENTUM = 600, 0.2, 1e-3, 0.9


def examples() -> Mapping[str, Sequence[str]]:
    """Return the examples of each meaning."""
    return {name: said for path in SOURCES for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def stamp() -> str:
    """Return what the weights are valid for."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()


def labelled() -> Iterator[tuple[str, str]]:
    of_scenes = tomllib.loads(SOURCES[0].read_text(encoding="utf-8"))
    for name, sentences in examples().items():
        for number, said in enumerate(sentences):
            yield name, said
            if name in of_scenes:
                yield name, OF_SCENES[number % len(OF_SCENES)].format(said)


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
    names = list(examples())
    told = list(labelled())
    weights, bias = fitted(vectors([said for _, said in told]), [names.index(name) for name, _ in told], len(names))
    np.savez_compressed(
        WEIGHTS, names=np.array(names), weights=(weights * SCALE).astype(np.float16), bias=bias, stamp=np.array(stamp())
    )


if __name__ == "__main__":
    main()
