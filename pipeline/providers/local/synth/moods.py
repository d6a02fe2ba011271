"""The makings of moods and kinds of music: `moods.toml`, read once."""

from __future__ import annotations

from dataclasses import dataclass

from pixora.foundation.toml_tables import table

_TOLD = table(__file__, "moods")
DEFAULT_MOOD: str = _TOLD["default"]


@dataclass(frozen=True)
class Mood:
    words: str
    scales: tuple[str, ...]
    bpm: tuple[int, int]
    chords: tuple[tuple[int, ...], ...]
    """Four bars each: steps of the scale, 0 is the tonic."""
    colour: int
    """Notes of a chord: 3 plain, 4 with its seventh; 5 adds the ninth in place of it."""
    pad: str
    pluck: str
    lead: str
    bass: str
    """Instrument and pattern, `round whole`."""
    drums: str
    density: float
    """0 to 1, how much the plucked part plays."""
    room: float
    """0 to 1, how much of the hall is heard."""


@dataclass(frozen=True)
class Style:
    """A kind of music: it keeps the mood's harmony and brings its own instruments. "" leaves the mood's."""

    words: str
    pad: str = ""
    pluck: str = ""
    lead: str = ""
    bass: str = ""
    drums: str = ""
    mood: str = DEFAULT_MOOD
    """Where no word says another."""
    swing: float = 0.0
    colour: int = 0


SCALES: dict[str, tuple[int, ...]] = _TOLD["scales"]
MOODS = {name: Mood(**row) for name, row in _TOLD["moods"].items()}
STYLES = tuple(Style(**row) for row in _TOLD["kinds"])
PADS, PLUCKS, LEADS, DRUMS = (_TOLD["instruments"][part] for part in ("pads", "plucks", "leads", "drums"))
"""Words for an instrument → the one that plays that part; the first word in the prompt counts."""
SPEEDS: tuple[tuple[str, float], ...] = _TOLD["speeds"]
EXPLICIT_BPM = r"\b(\d{2,3}) ?bpm\b"
EXPLICIT_KEY = r"\b([A-G])( sharp| flat|#|b)? (major|minor)\b"
BPM_LIMITS = (52, 150)
