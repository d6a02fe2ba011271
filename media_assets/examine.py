"""What is kept about a take's file beside its hash: measured from the file, never believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from media_assets.probe import Probe, check_every_frame, probe

EXPECTED = {
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


def examine(path: Path, kind: str) -> dict[str, Any]:
    """Raises BadMedia when the file is not what a component of this kind must be."""
    facts: dict[str, Any] = {"bytes": path.stat().st_size}
    match EXPECTED.get(kind):
        case "image":
            facts.update(_picture(probe(path, expect="image")))
        case "audio":
            facts.update(_sound(probe(path, expect="audio")))
        case "video":
            found = probe(path, expect="video")
            if kind == "video":
                check_every_frame(path)
            facts.update(_picture(found), fps=float(found.fps), frames=found.frames, duration_ms=found.duration_ms)
    return facts


def _picture(found: Probe) -> dict[str, Any]:
    return {"width": found.width, "height": found.height}


def _sound(found: Probe) -> dict[str, Any]:
    return {"duration_ms": found.duration_ms, "sample_rate": found.sample_rate, "channels": found.channels}
