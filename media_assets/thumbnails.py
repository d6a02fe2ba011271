"""Small pictures for lists and cards: each is made when it is first asked for, and kept beside its original.

A thumbnail belongs to a file, not to a take: takes that share a file share it, and every one of them names it, so it is
deleted, swept and kept as the file itself is. Nothing waits for it, and takes of any age have one.
"""

from __future__ import annotations

import io
import json
import threading
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from PIL import UnidentifiedImageError

from media_assets import pictures
from media_assets.delivery import Stored
from media_assets.models import THUMBNAIL, Asset

SIDE, QUALITY = 480, 75
"""Pixels of the longer side, at most."""
_one_at_a_time = threading.Lock()
"""A decoded picture takes a hundred times what its file does."""


def thumbnail_of(asset: Asset) -> Stored | None:
    """None for what is no picture. Blocking. Raises FileNotFoundError where the original is not there."""
    if not asset.is_picture:
        return None
    name = asset.metadata.get("thumbnail") or _made(asset)
    return Stored(name, f"{asset.content_hash}-{SIDE}")


def _made(asset: Asset) -> str:
    """One that is there already is delivered while another is being made; who waited may find that theirs is there."""
    _let_go()
    with _one_at_a_time:
        known: str | None = Asset.objects.filter(id=asset.id).values_list("metadata__thumbnail", flat=True).first()
        _let_go()
        return known or _make(asset)


def _let_go() -> None:
    """Nobody keeps a connection to the database while waiting for others' pictures: there are fewer than requests."""
    if not connection.in_atomic_block:
        connection.close()


def _make(asset: Asset) -> str:
    name = f"{PurePosixPath(asset.storage_path).with_suffix('')}_{THUMBNAIL}"
    default_storage.save(name, ContentFile(_small(asset.storage_path)))
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [json.dumps({"thumbnail": name}), asset.storage_path])
    return name


_NAMED = "UPDATE assets SET metadata = metadata || %s::jsonb WHERE storage_path = %s"


def _small(name: str) -> bytes:
    """WebP. What is damaged, or no picture, is none that could be shown: FileNotFoundError."""
    with default_storage.open(name) as file:
        try:
            with pictures.opened(file) as picture:
                picture.draft("RGB", (SIDE, SIDE))
                small = picture.convert("RGB")
        except UnidentifiedImageError as error:
            raise FileNotFoundError(name) from error
    small.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
