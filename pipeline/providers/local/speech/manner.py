"""PURE: the manner in which a text is to be spoken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    voice: str
    """espeak's name of a language and a variant, `en-us+f2`."""
    words_per_minute: int
    pitch: int
    """0 to 99, 50 is the variant's own."""
    liveliness: int
    """0 to 99, how far the pitch moves; 50 is the variant's own."""
