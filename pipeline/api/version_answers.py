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


class SharingVersion(BaseModel):
    model_config = example(examples.SHARING_VERSION)

    task_id: str
    title: str
    language: str
    aspect_ratio: str
    differs: list[Literal["language", "shape", "cut"]] = Field(description="What it is another version by.")


class Shares(BaseModel):
    """The part of a price that concerns the film's other versions."""

    model_config = example(examples.SHARES)

    pieces: dict[str, int] = Field(
        description="The film's pieces that other versions have too, counted by kind (`scene`, `video`, `music`, …)."
        " They are not in the price."
    )
    versions: list[SharingVersion] = Field(description="Those that have these pieces too.")
    reaches: list[SharingVersion] = Field(
        description="The versions that want what is priced as well: they get it with this film, for nothing."
    )
    asks: list[SharingVersion] = Field(
        description="Those that get it where its user says so: `POST tasks/{id}/versions/edits`."
    )
