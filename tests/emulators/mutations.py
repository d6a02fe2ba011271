"""Answers as no vendor documents them: one to three fields of a good one missing, null, or of another type."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

Place = tuple[Any, Any]
"""A list or object, and the index or key of one value in it."""

ODD: tuple[Callable[[Any], Any], ...] = (
    lambda value: None,
    lambda value: "",
    lambda value: 0,
    lambda value: -1,
    lambda value: True,
    lambda value: [],
    lambda value: {},
    lambda value: [value],
    lambda value: {"value": value},
    lambda value: str(value),
    lambda value: 10**40,
    lambda value: float("inf"),
    lambda value: "x" * 421,
    lambda value: "nul \x00, half \ud83d",
    lambda value: f"<think>Let me {{see}}.</think>\n```json\n{value}\n```",
    lambda value: "http://127.0.0.1:9/nothing",
    lambda value: "<html>Sign in to this network</html>",
)


def mutated(answer: Any, chance: random.Random) -> Any:
    """A copy of a JSON value with something odd in it."""
    whole = [json.loads(json.dumps(answer))]
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(list(_places(whole)))
        if chance.random() < 0.3 and holder is not whole:
            del holder[key]
        else:
            holder[key] = chance.choice(ODD)(holder[key])
    return whole[0]


def _places(value: Any) -> Iterator[Place]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def mutated_body(body: bytes, chance: random.Random) -> bytes:
    """A JSON body, or one event of a stream of them. What is neither stays as it is."""
    if body.lstrip()[:1] in (b"{", b"["):
        return _dumped(mutated(json.loads(body), chance))
    lines = body.split(b"\n")
    events = [place for place, line in enumerate(lines) if line.startswith(b"data: {")]
    if events:
        place = chance.choice(events)
        lines[place] = b"data: " + _dumped(mutated(json.loads(lines[place][6:]), chance))
    return b"\n".join(lines)


def _dumped(value: Any) -> bytes:
    """Half a surrogate pair is written as JSON can: escaped."""
    return json.dumps(value).encode()
