"""A user's own material as a take: brought into the shape of what generators make, by ffmpeg."""

from __future__ import annotations

from pathlib import Path

from pipeline.cut import conversions, ffmpeg
from pipeline.planning import take_warnings
from pipeline.planning.kinds import SPEECH, Kind
from pipeline.providers.base import Made
from pipeline.steps.job import Input, Job
from pipeline.steps.scene import still_size

PORTRAIT_SIDE = 1_024
PICTURE_S = 1.0
"""How long a picture counts as, for the deadline of its conversion."""

CHOICES = ("fit", "keep_sound")
"""What was chosen when the upload was put in, beside its own facts."""


async def make(job: Job) -> Made:
    assert job.own is not None
    length_s = job.own.facts.get("duration_ms", 0) / 1000 or PICTURE_S
    with ffmpeg.temporary_name(job.call.out) as temporary:
        await ffmpeg.run(_command(job, job.own, temporary), length_s=length_s, report=job.call.report)
    warnings = take_warnings.of_own(job.component.kind, job.own.facts, job.filmed_size)
    told = {"has_sound": _keeps_sound(job.own), "warnings": warnings, "file_name": job.own.facts.get("file_name")}
    return Made(job.call.out, facts={"own": True, **{name: fact for name, fact in told.items() if fact}})


def _keeps_sound(own: Input) -> bool:
    return bool(own.facts.get("keep_sound") and own.facts.get("has_audio") and not own.facts.get("silent"))


def _command(job: Job, own: Input, out: Path) -> list[str]:
    chosen = {name: own.facts[name] for name in CHOICES if name in own.facts}
    match job.component.kind:
        case Kind.CHARACTER:
            return conversions.portrait(own.path, out, PORTRAIT_SIDE)
        case Kind.STILL:
            return conversions.still(own.path, out, still_size(job.filmed_size), fit=own.facts.get("fit", "cover"))
        case Kind.CLIP:
            return conversions.clip(own.path, out, job.filmed_size, facts=own.facts, **chosen)
        case kind:
            channels = 1 if kind in SPEECH else 2
            turned = bool(own.facts.get("out_of_phase"))
            return conversions.sound(own.path, out, format=own.facts["format"], channels=channels, out_of_phase=turned)
