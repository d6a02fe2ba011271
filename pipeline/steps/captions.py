"""Writes the film's captions, as SRT and VTT."""

from __future__ import annotations

import asyncio

from pipeline.cut.picture.captions import cues, line_chars, to_srt, to_vtt
from pipeline.providers.base import Made
from pipeline.steps.job import Job
from pipeline.steps.speech import speeches


async def make(job: Job) -> Made:
    """Write the captions as WebVTT, and as SRT beside it."""
    found = cues(await speeches(job, job.script.scenes), max_chars=line_chars(*job.size))
    vtt, srt = job.call.out, job.call.out.with_suffix(".srt")
    await asyncio.to_thread(vtt.write_text, to_vtt(found), "utf-8")
    await asyncio.to_thread(srt.write_text, to_srt(found), "utf-8")
    return Made(vtt, facts={"cues": len(found)}, extra={".srt": srt})
