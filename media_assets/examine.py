"""What is kept about a take's file beside its hash: measured from the file, never believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from media_assets.probe import Kind, Probe, probe

EXPECTED: Mapping[str, Kind] = {
    "character": "image",
    "scene": "image",
    "audio": "audio",
    "music": "audio",
    "video": "video",
    "segment": "video",
    "transition": "video",
    "soundtrack": "audio",
    "fullvideo": "video",
    "poster": "image",
    "storyboard": "image",
    "draft": "video",
    "draft_segment": "video",
    "draft_transition": "video",
    "animatic": "video",
}
"""What a component of this kind must hold; captions are text and not probed."""


def examine(path: Path, kind: str, found: Probe | None = None) -> dict[str, Any]:
    """Blocking. `found` is what was seen in the file by whoever has looked at all of it already.

    Raises BadMedia when the file is not what a component of this kind must be.
    """
    facts: dict[str, Any] = {"bytes": path.stat().st_size}
    expected = EXPECTED.get(kind)
    if expected:
        found = found or probe(path, expect=expected, every_frame=kind == "video")
        facts.update(SEEN[expected](found))
    return facts


def _picture(found: Probe) -> dict[str, Any]:
    return {"width": found.width, "height": found.height}


def _sound(found: Probe) -> dict[str, Any]:
    told = {"duration_ms": found.duration_ms, "sample_rate": found.sample_rate, "channels": found.channels}
    return told | _so(silent=found.silent)


def _video(found: Probe) -> dict[str, Any]:
    told = {"fps": float(found.fps), "frames": found.frames, "duration_ms": found.duration_ms}
    return {**_picture(found), **told, **_so(black=found.black)}


def _so(**facts: bool) -> dict[str, Any]:
    """Those that are so."""
    return {name: True for name, is_so in facts.items() if is_so}


SEEN: Mapping[Kind, Callable[[Probe], dict[str, Any]]] = {"image": _picture, "audio": _sound, "video": _video}
