"""The making of each kind of component from its inputs: one file a kind, one function `make(job)` in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import cast

from django.utils.module_loading import import_string

from pipeline.credentials import delivered
from pipeline.planning.kinds import GENERATED, Kind
from pipeline.providers.base import Made
from pipeline.steps import damaged_input, own_material
from pipeline.steps.job import Job
from pixora.foundation.errors import BadMedia

STEPS: Mapping[Kind, str] = {kind: f"pipeline.steps.{kind.about.like or kind}.make" for kind in Kind}


async def make(job: Job) -> Made:
    """Make the component of a job. Raises BadMedia that names the scene where an input is damaged."""
    try:
        made = await _step(job)(job)
        if job.component.kind not in GENERATED:
            return made
        return await delivered.kept(made, job.own.path if job.own else None)
    except BadMedia as refused:
        raise await damaged_input.named(job, refused) from refused


def _step(job: Job) -> Callable[[Job], Awaitable[Made]]:
    return (
        own_material.make
        if job.own
        else cast(Callable[[Job], Awaitable[Made]], import_string(STEPS[job.component.kind]))
    )
