"""Makes the picture after which a character looks the same in every scene."""

from __future__ import annotations

from typing import cast

from pipeline.providers.base import ImageMaker, ImageRequest, Made, Reference
from pipeline.steps.job import Job

PROFILE_SIZE = (1024, 1024)
SMALL_PROFILE_SIZE = (256, 256)
"""For thumbnail-sized films."""
SMALL_FILM_SIDE = 128


async def make(job: Job) -> Made:
    """A profile picture; from the user's own picture where one was given for this character."""
    asks = job.component.asks
    request = ImageRequest(
        kind="character",
        name=asks["name"],
        prompt=asks["prompt"],
        style=asks["style"],
        size=SMALL_PROFILE_SIZE if min(job.size) <= SMALL_FILM_SIDE else PROFILE_SIZE,
        seed=job.seed,
        references=_photo(job),
        instructions=job.instructions,
    )
    return await cast(ImageMaker, job.provider).make(request, job.call)


def _photo(job: Job) -> tuple[Reference, ...]:
    if not job.reference or not job.component.asks["reference"]:
        return ()
    return (Reference(job.component.asks["name"], job.reference.path, kind="photo"),)
