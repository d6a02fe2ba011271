"""Joins the pieces, the soundtrack and the captions into the film, or into its draft."""

from __future__ import annotations

from dataclasses import asdict

from pipeline.cut import cutting
from pipeline.planning import take_warnings
from pipeline.planning.kinds import Kind, kind_of
from pipeline.providers.base import Made
from pipeline.steps.job import Job

SOUND_AND_TEXT = (Kind.SOUNDTRACK, Kind.CAPTIONS)


async def make(job: Job) -> Made:
    """The film, or its draft: all pieces, the soundtrack and the captions, joined without encoding anything."""
    timeline = job.timeline()
    draft = bool(job.component.asks.get("draft"))
    captions = job.inputs.get(Kind.CAPTIONS)
    await cutting.join(
        [job.input(key).path for key in job.component.inputs if kind_of(key) not in SOUND_AND_TEXT],
        job.input(Kind.SOUNDTRACK).path,
        captions.path if captions else None,
        job.call.out,
        title=f"{job.title} (draft)" if draft else job.title,
        language=job.script.language,
        frames=timeline.frames,
        fps=timeline.fps,
        report=job.call.report,
    )
    warnings = take_warnings.told(*(piece.facts for piece in job.inputs.values()))
    facts = {"timeline": asdict(timeline), "frames": timeline.frames, "draft": draft, "warnings": warnings}
    facts |= {"title": job.title, "captions": job.settings.captions}
    return Made(job.call.out, facts=facts)
