from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Step:
    """One call of a tool, before it has an id."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


def step(tool: str, **arguments: Any) -> Step:
    return Step(tool, arguments)
