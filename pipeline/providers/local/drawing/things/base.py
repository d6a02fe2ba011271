"""One thing that can be drawn, and how it stands in a scene."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.providers.local.drawing.stage import Pen, Stage


@dataclass(frozen=True)
class Thing:
    draw: Callable[[Pen, Stage], None]
    size: float = 1.0
    """Height, in parts of an ordinary main subject."""
    floats: bool = False
    """In the air, in space or in water."""
    at_horizon: bool = False
    """It stands back, where land or water ends."""
