"""The answers about versions of a film."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from pipeline import models
from pipeline.api import examples
from pipeline.api.examples import example


class VersionOrigin(BaseModel):
    """The film that a version was made from, and what differs."""

    model_config = example(examples.VERSION_ORIGIN)

    task_id: str | None = Field(description="Null where that film is gone.")
    kind: Literal["language", "shape", "cut"]

    @classmethod
    def of(cls, task: models.Task) -> VersionOrigin | None:
        return cls(task_id=task.origin_id, kind=task.origin_kind) if task.origin_kind else None
