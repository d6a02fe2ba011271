"""The words that mean each place, thing, hour, weather and shot: `vocabulary.toml` and `things.toml`, read once."""

from __future__ import annotations

from typing import Any

from pixora.foundation.toml_tables import patterns, table

_TOLD = table(__file__, "vocabulary")
ROWS: dict[str, dict[str, Any]] = table(__file__, "things")
"""All that is told of each thing, by its name."""
PLACES: dict[str, str] = _TOLD["places"]
THINGS: dict[str, str] = {name: row["words"] for name, row in ROWS.items()}
HOMES: dict[str, str] = {name: row["home"] for name, row in ROWS.items()}
BEINGS = frozenset(name for name, row in ROWS.items() if row.get("being"))
HOUR_WORDS: dict[str, str] = _TOLD["hours"]
WEATHER_WORDS: dict[str, str] = _TOLD["weathers"]
SHOT_WORDS: dict[str, str] = _TOLD["shots"]
COMPOUNDS: dict[str, str] = _TOLD["compounds"]
USUAL: dict[str, tuple[str, ...]] = _TOLD["usual"]
INDOORS = frozenset(_TOLD["among"]["indoors"].split())
IGNORED = frozenset(_TOLD["among"]["ignored"].split())
LIGHT = patterns(__file__, "vocabulary", "light")["said"]
