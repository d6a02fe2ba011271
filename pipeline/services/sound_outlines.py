"""The outlines of a film's sounds: peaks to be drawn, words, and where somebody speaks. Computed once, then kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from asgiref.sync import async_to_sync
from django.core.cache import cache

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.cut.sound.outlines import PEAKS_PER_S
from pipeline.planning.plan import digest
from pixora.foundation import processes

KEPT_S = 30 * 24 * 3600
START_UP_S, PER_SOUND_S = 30.0, 10.0
VERSION = 1
"""Raised when outlines are computed otherwise."""


@dataclass(frozen=True)
class Outline:
    peaks: tuple[int, ...]
    words: tuple[tuple[str, int, int], ...]
    speaking: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, told: Mapping[str, Any], known: Sequence[Sequence[Any]]) -> Outline:
        """Read a computed outline; words that the take's voice told count before those that were listened for."""
        words = tuple((str(text), int(begin), int(end)) for text, begin, end in known or told["words"])
        return cls(tuple(told["peaks"]), words, tuple((begin, end) for begin, end in told["speaking"]))


def outlines(sounds: Mapping[str, Asset], texts: Mapping[str, str]) -> dict[str, Outline]:
    """Return the outlines of takes by their components. `texts` are the words of those that somebody speaks."""
    asked = {key: "" if asset.metadata.get("words") else texts.get(key, "") for key, asset in sounds.items()}
    names = {key: f"outline:{digest([VERSION, PEAKS_PER_S, sounds[key].content_hash, asked[key]])}" for key in sounds}
    kept = cache.get_many(names.values())
    missing = [key for key, name in names.items() if name not in kept]
    if missing:
        made = _computed([(sounds[key], asked[key]) for key in missing])
        fresh = {names[key]: told for key, told in zip(missing, made, strict=True)}
        cache.set_many(fresh, KEPT_S)
        kept |= fresh
    return {key: Outline.of(kept[name], sounds[key].metadata.get("words", ())) for key, name in names.items()}


def _computed(sounds: Sequence[tuple[Asset, str]]) -> list[dict[str, Any]]:
    asked = [{"path": str(local_path(asset.storage_path)), "text": text} for asset, text in sounds]
    deadline_s = START_UP_S + PER_SOUND_S * len(asked)
    told: list[dict[str, Any]] = async_to_sync(processes.ask)(
        "pipeline.cut.sound.outlines", asked, deadline_s=deadline_s
    )
    return told
