"""Finds what of a scene's clip a film of another shape shows."""

from __future__ import annotations

import asyncio

from pipeline.cut import cutting
from pipeline.cut.framing.window import read_window
from pipeline.film.script import AUTO
from pipeline.planning import take_warnings
from pipeline.providers.base import Made
from pipeline.steps.job import Job
from pixora.foundation import processes

START_UP_S, PER_SECOND_S = 30.0, 10.0


async def make(job: Job) -> Made:
    """Write the window over the clip, as JSON. Raises BadMedia where the clip is damaged.

    Facts: `fill`, and `warnings` where it was chosen for the user.
    """
    (clip,) = job.component.inputs
    asks, read = job.component.asks, job.input(clip)
    await cutting.read_clip(read.path)
    request = {
        "clip": str(read.path),
        "ratio": asks["ratio"],
        "fill": asks.get("fill", AUTO),
        "focus": asks.get("focus"),
        "out": str(job.call.out),
    }
    deadline_s = START_UP_S + PER_SECOND_S * read.facts.get("duration_ms", 0) / 1000
    await processes.ask("pipeline.cut.framing.find", request, deadline_s=deadline_s)
    found = read_window(await asyncio.to_thread(job.call.out.read_text, "utf-8"))
    is_told = found.fill != "crop" and request["fill"] == AUTO
    warnings = [take_warnings.of_scene(job.scene.index, take_warnings.SHOWN_WHOLE)] if is_told else []
    return Made(job.call.out, facts={"fill": found.fill, "warnings": warnings})
