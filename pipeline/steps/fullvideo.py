"""Joins the pieces, the soundtrack and the captions into the film, or into its draft."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pipeline.credentials import manifest, signing
from pipeline.credentials.pieces import Piece
from pipeline.cut import cutting
from pipeline.planning import take_warnings
from pipeline.planning.kinds import Kind, kind_of
from pipeline.providers.base import Made
from pipeline.steps.job import Job

SOUND_AND_TEXT = (Kind.SOUNDTRACK, Kind.CAPTIONS)


async def make(job: Job) -> Made:
    """The film, or its draft: pieces, soundtrack and captions, joined without encoding anything, and signed.

    Facts: `timeline`, `frames`, `draft`, `title`, `captions`, `warnings`, and `credentials`: whether it was signed,
    by whom, and who made which pieces.
    """
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
    signed = await _signed(job)
    warnings = take_warnings.told(*(piece.facts for piece in job.inputs.values())) + signing.warnings_of(signed)
    facts = {"timeline": asdict(timeline), "frames": timeline.frames, "draft": draft, "warnings": warnings}
    facts |= {"title": job.title, "captions": job.settings.captions, "credentials": signed}
    return Made(job.call.out, facts=facts)


async def _signed(job: Job) -> dict[str, Any]:
    """Sign the film after the join, which copies packets, and would leave a manifest behind.

    Where that cannot be done with the manifests that pieces came with, it is done without those that are spoilt.
    """
    told = await asyncio.to_thread(_sign, job, job.pieces, job.manifests)
    if not told["signed"] and (spoilt := await asyncio.to_thread(signing.spoilt, job.manifests.values())):
        left = {name: path for name, path in job.manifests.items() if path not in spoilt}
        pieces = [piece if piece.kept in left else replace(piece, manifest="", kept="") for piece in job.pieces]
        told = await asyncio.to_thread(_sign, job, pieces, left)
    return {**told, "makers": manifest.makers_and_pieces(job.pieces)}


def _sign(job: Job, pieces: Sequence[Piece], manifests: Mapping[str, Path]) -> dict[str, Any]:
    definition = manifest.of_film(pieces, [scene.id for scene in job.script.scenes])
    return dict(signing.sign(job.call.out, definition, kept=manifests.values()))
