"""Names of a film's pieces, for packages below `pipeline` that list pieces but must not import it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol, cast

from django.utils.module_loading import import_string

SOURCE = "pipeline.admin.names.names_of"
TYPES = "pipeline.admin.names.asset_types"


class Names(Protocol):
    """The names of one film's pieces."""

    def name(self, key: str) -> str:
        """Name the piece with this component key: `scene/5` → "Picture of scene 2"."""


def piece_names(task_ids: Collection[str]) -> Mapping[str, Names]:
    """Return the names of the films' pieces by the films' ids, for all of them in one query."""
    return cast(Mapping[str, Names], import_string(SOURCE)(set(task_ids)))


def asset_types() -> Mapping[str, str]:
    """Return what people call each type of take, by its stored word."""
    return cast(Mapping[str, str], import_string(TYPES)())
