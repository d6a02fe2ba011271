"""Joins a film's picture with the sound and the captions of all its languages, by copying them, and signs the file."""

from __future__ import annotations

import asyncio
from typing import Any

from pipeline.credentials import manifest, signing
from pipeline.credentials.pieces import Source
from pipeline.cut import cutting
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """One MP4 with a track for each language. An unsigned film vouches for nothing, so neither does this.

    Facts: `languages`, `credentials` and `warnings`.
    """
    film, out = job.input(Kind.FILM), job.call.out
    await cutting.join_languages(film.path, job.tracks, out, title=job.title, report=job.call.report)
    facts: dict[str, Any] = {"languages": [track.language for track in job.tracks]}
    told = film.facts.get("credentials") or {}
    if told.get("signed"):
        sources = [Source(maker["source"]) for maker in told["makers"]]
        signed = await asyncio.to_thread(signing.sign, out, manifest.of_copy(sources), parent=film.path)
        facts |= {"credentials": signed, "warnings": signing.warnings_of(signed)}
    return Made(out, facts=facts)
