"""The media door: a task's files for its owner, for staff, and for whoever has a signed address."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from media_assets import signing
from media_assets.delivery import Stored, deliver
from media_assets.models import THUMBNAIL, Asset
from media_assets.thumbnails import thumbnail_of
from pixora.foundation.error_responses import refuse, refuse_error
from pixora.foundation.errors import PixoraError


@require_safe
async def media(request: HttpRequest, asset_id: str, name: str) -> HttpResponseBase:
    try:
        return await sync_to_async(_answer)(request, asset_id, name)
    except PixoraError as error:
        return refuse_error(error)


def _answer(request: HttpRequest, asset_id: str, name: str) -> HttpResponseBase:
    """Other people's files answer as missing ones do."""
    asset = Asset.objects.select_related("task").filter(id=asset_id, task__deleted_at=None).first()
    with contextlib.suppress(FileNotFoundError):
        stored = stored_file(asset, name) if asset and _may_see(request, asset) else None
        _free_connection()
        if asset and stored:
            return deliver(request, replace(stored, title=asset.task.title))
    return refuse(404, "not_found", "There is no such file, or it is not yours.")


def stored_file(asset: Asset, name: str) -> Stored | None:
    """A take is one file, or several of one name with different endings; a picture has a small one besides. Raises
    FileNotFoundError."""
    if name == THUMBNAIL:
        return thumbnail_of(asset)
    if asset.storage_path.endswith(f"/{name}"):
        return Stored(asset.storage_path, asset.content_hash)
    beside = {path.rsplit("/", 1)[-1]: (path, suffix) for suffix, path in asset.metadata.get("files", {}).items()}
    if name not in beside:
        return None
    path, suffix = beside[name]
    return Stored(path, f"{asset.content_hash}{suffix}")


def _may_see(request: HttpRequest, asset: Asset) -> bool:
    signature = request.GET.get(signing.PARAMETER, "")
    if signature and signing.check(asset.id, signature):
        return True
    user = request.user
    if not user.is_authenticated:
        return False
    return user.pk == asset.task.user_id or (user.is_staff and user.has_perm("media_assets.view_asset"))


def _free_connection() -> None:
    """A film may be streamed for minutes: its request needs no database meanwhile."""
    if not connection.in_atomic_block:
        connection.close()
