"""The facts kept about a take's file beside its hash: measured from the file, never believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from media_assets.probe import Kind, Probe, probe


def examine(
    path: Path, medium: Kind | None, found: Probe | None = None, *, every_frame: bool = False
) -> dict[str, Any]:
    """Measure the facts kept about a file that must hold this medium (None: a text, which is not looked into).

    Blocking. `found` is what was seen in the file by whoever has looked at all of it already; `every_frame` looks at
    all of a clip. Raises BadMedia when the file holds something else.
    """
    facts: dict[str, Any] = {"bytes": path.stat().st_size}
    if medium:
        facts.update(SEEN[medium](found or probe(path, expect=medium, every_frame=every_frame)))
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
