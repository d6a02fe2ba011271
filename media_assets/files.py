"""Stored files and the rows that name them. A file may be named by several rows and goes with the last of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import Model, Q, QuerySet

from media_assets.models import Asset
from media_assets.storage import PARTS, remove_file, remove_folder

Rows = QuerySet[Any]


def file_models() -> list[type[Model]]:
    """Every kind of row that names a file in its `storage_path`."""
    return [model for model in apps.get_models() if any(each.name == "storage_path" for each in model._meta.fields)]


def names_in(rows: Rows) -> Iterator[str]:
    """The files that these rows name, those beside an asset's main one too: captions have two, pictures a small one."""
    yield from rows.values_list("storage_path", flat=True).iterator()
    if rows.model is Asset:
        thumbnails = rows.filter(metadata__has_key="thumbnail").values_list("metadata__thumbnail", flat=True)
        yield from thumbnails.iterator()
        for beside in rows.filter(metadata__has_key="files").values_list("metadata__files", flat=True).iterator():
            yield from beside.values()


def named_under(folder: str) -> set[str]:
    """The files below a top folder that any row names."""
    below = Q(storage_path__startswith=f"{folder}/")
    return {name for model in file_models() for name in names_in(model._default_manager.filter(below))}


def stored_under(folder: str) -> Iterator[str]:
    """The files below a folder, however deep: no more is in memory than a folder's own list."""
    folders, names = _listed(folder)
    for name in names:
        yield f"{folder}/{name}"
    for inner in folders:
        yield from stored_under(f"{folder}/{inner}")


def top_folders() -> list[str]:
    """But for the one where files wait for their names."""
    return sorted(folder for folder in _listed("")[0] if folder != PARTS)


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Its folders and its files; a folder that is not there (yet, or any more) has none."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def top_folder(name: str) -> str:
    return name.split("/", 1)[0]


def remove_unnamed(names: Collection[str]) -> set[str]:
    """Delete those of these files that no row names (any more); returns the others."""
    named = {name for folder in {top_folder(name) for name in names} for name in named_under(folder)}
    for name in sorted(set(names) - named):
        remove_file(name)
    for folder in {top_folder(name) for name in names}:
        remove_folder(folder)
    return named & set(names)


def still_there(names: Iterable[str]) -> int:
    return sum(default_storage.exists(name) for name in names)
