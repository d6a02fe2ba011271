"""Cuts the body of one scene from its clip."""

from __future__ import annotations

import asyncio

from pipeline.cut import cutting
from pipeline.cut.picture import caption_file, fonts, lettering
from pipeline.cut.picture.captions import cues
from pipeline.cut.picture.filter_graph import Canvas, Text
from pipeline.planning import take_warnings
from pipeline.providers.base import Made
from pipeline.steps.job import Job
from pipeline.steps.speech import speeches


async def make(job: Job) -> Made:
    """A scene's body: its clip, conformed to its slot, less what belongs to the pieces over its boundaries.

    Where captions are drawn into the picture, the scene's are on it. Facts: `warnings`, if letters have no font or the
    clip ends long before its scene.
    """
    timeline = job.timeline()
    slot = timeline.slot(job.scene.id)
    clip, *_ = job.component.inputs
    finished = await cutting.cut_body(
        job.input(clip).path,
        job.call.out,
        slot=slot,
        canvas=Canvas(job.size, timeline.fps),
        text=await _text(job),
        report=job.call.report,
    )
    missing = lettering.letters_without_a_font(finished.stderr)
    found = [take_warnings.without_a_font(missing)] if missing else []
    found += take_warnings.stands_still(job.input(clip).facts, slot, timeline.fps)
    return Made(job.call.out, facts={"warnings": [take_warnings.of_scene(job.scene.index, text) for text in found]})


async def _text(job: Job) -> Text | None:
    asked = job.component.asks.get("captions")
    if not asked:
        return None
    timeline = job.timeline()
    found = cues(await speeches(job, [job.scene]), max_chars=lettering.burned_chars(job.size))
    placed = lettering.on_body(found, timeline.slot(job.scene.id), timeline.fps)
    path = job.call.workdir / "captions.ass"
    written = caption_file.script(placed, asked["style"], size=job.size, fps=timeline.fps)
    await asyncio.to_thread(path.write_text, written, "utf-8")
    return Text(path, fonts.folder())
