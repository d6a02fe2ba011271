"""The texts that are drawn into a piece of picture: its captions, and the label of what was generated."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from pipeline.credentials.pieces import Source
from pipeline.cut.picture import caption_file, fonts, lettering
from pipeline.cut.picture.captions import Cue, cues
from pipeline.cut.picture.filter_graph import Text
from pipeline.planning.kinds import Kind
from pipeline.steps.job import Job
from pipeline.steps.speech import speeches


async def of_body(job: Job) -> Text | None:
    """The scene's captions where they are drawn, and the label."""
    asked, slot = job.component.asks.get("captions"), job.timeline().slot(job.scene.id)
    placed: list[tuple[int, int, Cue]] = []
    if asked:
        found = cues(await speeches(job, [job.scene]), max_chars=lettering.burned_chars(job.size))
        placed = lettering.on_body(found, slot, job.timeline().fps)
    return await _written(job, placed, asked["style"] if asked else "boxed", slot.body_frames)


async def of_transition(job: Job) -> Text | None:
    """The label alone: nobody speaks over a boundary."""
    return await _written(job, [], "boxed", job.timeline().slot(job.scene.id).transition_frames)


async def _written(job: Job, placed: Sequence[tuple[int, int, Cue]], style: str, frames: int) -> Text | None:
    label = _label(job)
    if not placed and not label:
        return None
    path = job.call.workdir / "captions.ass"
    written = caption_file.script(
        placed, style, size=job.size, fps=job.timeline().fps, label=(label, frames) if label else None
    )
    await asyncio.to_thread(path.write_text, written, "utf-8")
    families = {lettering.family_of(line) for _, _, cue in placed for line in cue.lines} | {lettering.family_of(label)}
    return Text(path, await asyncio.to_thread(fonts.gathered, families - {""}, job.call.workdir / "fonts"))


def _label(job: Job) -> str:
    """Nothing over pictures that are all the user's own: what they show nobody here knows."""
    shown = [piece.maker.source for piece in job.pieces if piece.kind is Kind.CLIP]
    is_own = bool(shown) and all(source is Source.OWN for source in shown)
    return "" if is_own else str(job.component.asks.get("ai_label", {}).get("text", ""))
