from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One call of a tool, before it has an id."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


MOVES = ("add_scene", "arrange_scenes", "undo")
"""Tools after which scenes may have other places."""


def step(tool: str, **arguments: Any) -> Step:
    return Step(tool, arguments)


@dataclass(frozen=True)
class Understood:
    """Calls, or words where there is nothing to do; both where a part of the wish cannot be done."""

    calls: tuple[Step, ...] = ()
    words: str = ""
    suggestions: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.calls or self.words)


Found = Understood | Iterable[Step] | str | None
"""What a rule makes of a sentence."""


def understood(found: Found) -> Understood:
    if isinstance(found, Understood):
        return found
    return Understood(words=found) if isinstance(found, str) else Understood(tuple(found or ()))
