from __future__ import annotations

import asyncio
from collections.abc import Iterator

from pipeline.cut.captions import Speech, Word, cues, line_chars, to_srt, to_vtt
from pipeline.graph import audio_key, narrated
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """WebVTT, and SRT beside it."""
    found = cues(list(_speeches(job)), max_chars=line_chars(*job.size))
    vtt, srt = job.call.out, job.call.out.with_suffix(".srt")
    await asyncio.to_thread(vtt.write_text, to_vtt(found), "utf-8")
    await asyncio.to_thread(srt.write_text, to_srt(found), "utf-8")
    return Made(vtt, facts={"cues": len(found)}, extra={".srt": srt})


def _speeches(job: Job) -> Iterator[Speech]:
    timeline = job.timeline()
    for scene in filter(narrated, job.script.scenes):
        slot, heard = timeline.slot(scene.id), job.input(audio_key(scene)).facts
        yield Speech(
            text=scene.script.strip(),
            start_ms=round(slot.narration_start * 1000 / timeline.fps),
            length_ms=int(heard["duration_ms"]),
            tempo=slot.tempo,
            words=tuple(Word(text, start, end) for text, start, end in heard.get("words", ())),
        )
