"""The answer that clients get about a film's own words."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from pipeline import models
from pipeline.film.settings import SourceMode
from pipeline.services import own_words


class LeftOut(BaseModel):
    words: int
    text: str = Field(description="How it begins; at most 600 characters.")


class Source(BaseModel):
    mode: SourceMode
    kind: Literal["wish", "script", "steps", "prose"]
    why: str = Field(description="By what the text was recognised: `scenes`, `numbers`, `text`, …")
    chooses: bool = Field(
        description="Whole sentences are chosen from it, for there is no language model to shorten it."
    )
    words: int
    seconds: int | None = Field(description="That its words take; null where it is written freely.")
    scenes: int | None = Field(description="That its words take; null where it is written freely.")
    left_out: LeftOut | None = Field(description="Words at its end that a film of 300 seconds has no room for.")

    @classmethod
    def of(cls, task: models.Task) -> Source | None:
        found = own_words.told(task)
        return cls.model_validate(found) if found else None
