from __future__ import annotations

from dataclasses import asdict

from pipeline.cut import ffmpeg
from pipeline.graph import piece_keys
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The film: all pieces, the soundtrack and the captions, joined without encoding anything."""
    timeline = job.timeline()
    await ffmpeg.join(
        [job.input(key).path for key in piece_keys(job.script)],
        job.input("soundtrack").path,
        job.input("captions").path,
        job.call.out,
        title=job.title,
        language=job.script.language,
        frames=timeline.frames,
        fps=timeline.fps,
        report=job.call.report,
    )
    return Made(job.call.out, facts={"timeline": asdict(timeline), "frames": timeline.frames})
