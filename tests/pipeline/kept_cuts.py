"""Pieces of films that were cut once in a session of tests are not cut again from the very same parts.

Many tests make the same small film and look at something else than its cut. A cut depends on nothing but its job's
values and its inputs' bytes, so those name what is kept.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline import steps
from pipeline.planning.kinds import DERIVED
from pipeline.providers.base import Made
from pipeline.steps.job import Job

Step = Callable[[Job], Awaitable[Made]]


@dataclass(frozen=True)
class Kept:
    made: Made
    folder: Path


@contextmanager
def kept_cuts(folder: Path) -> Iterator[None]:
    """Keep them in `folder`."""
    whole: Callable[[Job], Step] = steps._step
    kept: dict[str, Kept] = {}

    def step_of(job: Job) -> Step:
        step = whole(job)
        return _keeping(step, folder, kept) if job.component.kind in DERIVED and job.own is None else step

    with patch.object(steps, "_step", step_of):
        yield


def _keeping(step: Step, folder: Path, kept: dict[str, Kept]) -> Step:
    async def make(job: Job) -> Made:
        name = _name(job)
        if name not in kept:
            made = await step(job)
            _copy(made, folder / name)
            kept[name] = Kept(made, folder / name)
            return made
        return _copy(_at(kept[name].made, kept[name].folder), job.call.workdir)

    return make


def _name(job: Job) -> str:
    hashed = hashlib.sha256()
    inputs = {key: (_digest(one.path), one.facts) for key, one in job.inputs.items()}
    values: Mapping[str, Any] = vars(replace(job, inputs={}, call=None, provider=None))  # type: ignore[arg-type]
    for value in (values, inputs, job.call.out.suffix):
        hashed.update(repr(value).encode())
    return hashed.hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _copy(made: Made, folder: Path) -> Made:
    folder.mkdir(parents=True, exist_ok=True)
    copied = _at(made, folder)
    for source, target in zip(_files(made), _files(copied), strict=True):
        shutil.copyfile(source, target)
    return copied


def _at(made: Made, folder: Path) -> Made:
    extra = {ending: folder / path.name for ending, path in made.extra.items()}
    return replace(made, path=folder / made.path.name, extra=extra)


def _files(made: Made) -> list[Path]:
    return [made.path, *made.extra.values()]
