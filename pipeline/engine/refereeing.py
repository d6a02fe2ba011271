"""The knowledge of a piece that was delivered: its facts, and what is wrong with it by the referee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from media_assets import first_frame_match
from media_assets.examine import examine
from media_assets.probe import Probe, probe, probe_sound
from media_assets.storage import content_hash
from media_assets.video_checks import Bars
from pipeline.film.pronunciation import asked_pieces
from pipeline.film.spoken import spoken
from pipeline.planning import referee, take_warnings
from pipeline.planning.kinds import SPEECH, Kind
from pipeline.planning.referee import Delivered, Fault, Wanted
from pipeline.providers.base import Made
from pipeline.steps.job import Job
from pipeline.steps.music import length_s


@dataclass(frozen=True)
class Judged:
    facts: Mapping[str, Any]
    """What is kept about the file."""
    content_hash: str
    faults: list[Fault]


def judged(job: Job, made: Made) -> Judged:
    """Look at all of what was made, once. Raises BadMedia where it is none of what it should be. Blocking."""
    kind = job.component.kind
    if kind.about.medium == "text":
        return Judged(examine(made.path, None), content_hash(made.path), [])
    is_made = not kind.is_derived
    found = made.found or probe(
        made.path, expect=kind.about.medium, every_frame=kind.about.medium == "video" and is_made
    )
    facts = examine(made.path, kind.about.medium, found) | _look(kind, found)
    look = str(_still(job).get("look", "")) if kind is Kind.CLIP else ""
    seen = delivered(made.path, found, look) if is_made else Delivered()
    faults = referee.faults(wanted(job), seen, own=bool(job.own)) if is_made else []
    return Judged(facts, content_hash(made.path), faults)


def wanted(job: Job) -> Wanted:
    kind = job.component.kind
    match kind:
        case Kind.CLIP:
            bars = referee.asks_for_bars(job.scene.video_prompt, *_words_of_picture(job)) or bool(
                _still(job).get("has_bars")
            )
            return Wanted(kind, size=job.filmed_size, seconds=job.scene.duration, has_bars=bars)
        case Kind.STILL:
            return Wanted(kind, size=job.filmed_size, has_bars=referee.asks_for_bars(*_words_of_picture(job)))
        case _ if kind in SPEECH:
            asked = job.component.asks
            said = spoken(asked_pieces(asked))
            return Wanted(kind, speech_s=referee.speech_range(asked["text"].strip(), said, asked["language"]))
        case Kind.MUSIC:
            return Wanted(kind, seconds=length_s(job))
        case _:
            return Wanted(kind)


def _words_of_picture(job: Job) -> tuple[str, ...]:
    return job.scene.image_prompt, job.script.style, job.instructions


def delivered(path: Path, found: Probe, look: str = "") -> Delivered:
    """Return what `found` tells of a file; `look` is that of the still it should begin with, if any. Blocking."""
    match found.kind:
        case "video":
            return _clip(path, found, look)
        case "audio":
            return Delivered(seconds=found.duration_ms / 1000, silent=found.silent, heard_s=found.heard_ms / 1000)
        case _:
            return _picture(found)


def _clip(path: Path, found: Probe, look: str) -> Delivered:
    seen = found.watched
    heard = probe_sound(path) if found.has_audio else None
    return Delivered(
        size=(found.width, found.height),
        seconds=found.duration_ms / 1000,
        black=found.black,
        still_part=seen.still_part,
        flashes=seen.flashes,
        bars=(seen.bars.height, seen.bars.width),
        unlike=first_frame_match.unlike(seen.first, look) if look and seen.first else None,
        sound=heard is not None and not heard.silent,
    )


def _picture(found: Probe) -> Delivered:
    seen = found.watched
    bars = (seen.bars.height, seen.bars.width)
    return Delivered(size=(found.width, found.height), black=seen.black, bars=bars)


def _still(job: Job) -> Mapping[str, Any]:
    """The facts of the still that a clip begins with; of stills made before there were looks, there is nothing in them
    to compare with."""
    still = job.inputs.get(f"{Kind.STILL.value}/{job.component.scene_id}")
    return still.facts if still else {}


def _look(kind: Kind, found: Probe) -> dict[str, Any]:
    """Return what is kept of a still, for the clip that is to begin with it."""
    if kind is not Kind.STILL:
        return {}
    bars = found.watched.bars
    return {"look": first_frame_match.look_of(found.watched.first), **({"has_bars": True} if bars != Bars() else {})}


def told(seen: Judged, made: Made, files: Mapping[str, str], attempt_id: str) -> dict[str, Any]:
    """Return what is known of a take: measured of its file, said by its step, found by the referee.

    `warnings` are of all three.
    """
    faults = [] if made.facts.get("own") else [fault.told() for fault in seen.faults]
    warnings = take_warnings.told(made.facts, {"warnings": [fault.message for fault in seen.faults]})
    found: dict[str, Any] = {"files": dict(files), "warnings": warnings, "faults": faults, "attempt": attempt_id}
    facts = {**seen.facts, **made.facts, **found}
    return {name: fact for name, fact in facts.items() if fact or name not in found}
