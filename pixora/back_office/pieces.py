"""How pieces of films are called. Rooms that films are built on have lines about pieces, too, and know no films."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol, cast

from django.utils.module_loading import import_string

SOURCE = "pipeline.admin.names.names_of"


class Names(Protocol):
    """Of one film."""

    def name(self, key: str) -> str:
        """Of a component's key: `scene/5` → "Picture of scene 2"."""


def piece_names(task_ids: Collection[str]) -> Mapping[str, Names]:
    """By the ids of the films, of all of them in one query."""
    return cast(Mapping[str, Names], import_string(SOURCE)(set(task_ids)))
