"""PURE: the atom of a score."""

from __future__ import annotations

from dataclasses import dataclass

STEPS = 16
"""Sixteenths of a bar."""


@dataclass(frozen=True)
class Note:
    instrument: str
    step: float
    """Sixteenths from the loop's start."""
    steps: float
    pitch: int
    """MIDI; drums ignore it."""
    loud: float
    side: float = 0.0
    """-1 left to 1 right."""
