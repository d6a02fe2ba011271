"""The names of films' pieces in the back office, read for as many films at once as a page shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import connection

from media_assets.models import AssetType
from pipeline.planning.kinds import GENERATED
from pipeline.planning.piece_names import PieceNames

_NAMES = """
SELECT DISTINCT ON (task_id) task_id, jsonb_path_query_array(content, 'lax $.clips[*].scene.id')::text::json,
       jsonb_path_query_array(content, 'lax $.character_profiles[*].name')::text::json
  FROM scripts WHERE task_id = ANY(%s) ORDER BY task_id, version DESC
"""
"""Without the scripts themselves, which are long."""


def names_of(task_ids: Collection[str]) -> Mapping[str, PieceNames]:
    """Return the names of the films' pieces by the films' ids; those without a script have no scenes."""
    names = dict.fromkeys(task_ids, PieceNames())
    if names:
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, [list(names)])
            names |= {task_id: PieceNames(scenes, characters) for task_id, scenes, characters in cursor.fetchall()}
    return names


def asset_types() -> Mapping[str, str]:
    """Return what people call each type of take: the kinds that generators make, references and all that is cut."""
    made = {kind.value: kind.about.label for kind in GENERATED}
    return {**made, AssetType.REFERENCE.value: "Reference", AssetType.RENDER.value: "Cut from others"}
