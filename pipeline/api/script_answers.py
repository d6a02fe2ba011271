"""The answers that clients get about scripts and their versions."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from pipeline import models
from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.film.script import Script, parse_script, warnings
from pipeline.services import script_versions
from pixora.foundation.pagination import Page


class ScriptWarning(BaseModel):
    """A warning about something in a script that is allowed, but will disappoint."""

    model_config = example(examples.WARNING)

    field: str
    message: str


class ScriptVersion(BaseModel):
    model_config = example(
        {
            **examples.VERSION_ENTRY,
            "script": examples.SCRIPT,
            "warnings": [examples.WARNING],
            "next_scene_id": 3,
        }
    )

    version: int
    script: Script
    warnings: list[ScriptWarning]
    next_scene_id: int = Field(description="For a new scene: ids are never used again, not those of other versions.")
    title: str = Field(description="Of the film, while this was its script.")
    reason: str = Field(description="The user's sentence or the act that made it; empty where nobody knows any more.")
    created_at: datetime

    @classmethod
    def of(cls, found: models.Script) -> ScriptVersion:
        script = parse_script(found.content)
        told = [ScriptWarning(field=each.field, message=each.message) for each in warnings(script)]
        return cls(
            version=found.version,
            script=script,
            warnings=told,
            next_scene_id=script_versions.next_scene_id(found.task),
            title=found.title,
            reason=found.reason,
            created_at=found.created_at,
        )


class VersionEntry(BaseModel):
    model_config = example(examples.VERSION_ENTRY)

    version: int
    title: str = Field(description="Of the film, while this was its script.")
    reason: str = Field(description="The user's sentence or the act that made it; empty where nobody knows any more.")
    created_at: datetime


class VersionPage(Page[VersionEntry]):
    model_config = examples.page(examples.VERSION_ENTRY)
