"""The rows that belong to a task or a user: all that would go with theirs, found by following the foreign keys.

So a table that is added later is counted and removed too, without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import CASCADE, Model, QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

KEPT: tuple[type[Model], ...] = (LogEntry,)
"""What members of staff did is kept whoever they were."""


def belongings(owner: Model) -> Iterator[QuerySet[Any]]:
    """The rows that belong to `owner`, table by table."""
    found = {model: path for model, path in reversed(list(_tables(type(owner))))}
    for model, path in found.items():
        yield model._base_manager.filter(**{path: owner.pk})


def own(owner: Model) -> Iterator[QuerySet[Any]]:
    """Yield only those rows that name `owner` themselves, table by table."""
    for model, path in _tables(type(owner)):
        if "__" not in path:
            yield model._base_manager.filter(**{path: owner.pk})


def count(owner: Model) -> Mapping[str, int]:
    """Rows by table."""
    return {rows.model._meta.db_table: rows.count() for rows in belongings(owner)}


def _tables(
    model: type[Model], path: str = "", above: frozenset[type[Model]] = frozenset()
) -> Iterator[tuple[type[Model], str]]:
    """Models and the way from them to the owner, `step__run__task`; the shortest way of a model comes first. `above`
    are those on the way, so that a table of rows with rows below them (notes and their replies) ends."""
    passed = above | {model}
    reached = [
        (relation.related_model, f"{relation.field.name}__{path}".removesuffix("__"))
        for relation in model._meta.get_fields(include_hidden=True)
        if isinstance(relation, ForeignObjectRel) and _goes_too(relation) and relation.related_model not in passed
    ]
    yield from reached
    for inner, inner_path in reached:
        yield from _tables(inner, inner_path, passed)


def _goes_too(relation: ForeignObjectRel) -> bool:
    return getattr(relation, "on_delete", None) is CASCADE and not issubclass(relation.related_model, KEPT)
