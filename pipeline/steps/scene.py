"""Makes the still of one scene."""

from __future__ import annotations

from typing import cast

from pipeline.planning.graph import character_key
from pipeline.providers.base import ImageMaker, ImageRequest, Made, Reference, Size
from pipeline.steps.job import Job

MARGIN = 1.2
"""A still is this much larger than the frame, so that a camera can move in it without losing sharpness."""


async def make(job: Job) -> Made:
    scene = job.scene
    request = ImageRequest(
        kind="scene",
        name=scene.title,
        prompt=scene.image_prompt,
        style=job.script.style,
        size=still_size(job.filmed_size),
        seed=job.seed,
        references=tuple(
            Reference(profile.name, job.input(character_key(profile)).path, looks=profile.image_prompt)
            for profile in job.script.characters_of(scene)
        ),
        instructions=job.instructions,
    )
    return await cast(ImageMaker, job.provider).make(request, job.call)


def still_size(frame: Size) -> Size:
    """Both sides even, in the frame's ratio: 1536x864 for 1280x720."""
    width, height = (round(side * MARGIN / 2) * 2 for side in frame)
    return width, height
