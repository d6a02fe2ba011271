"""The files that users uploaded: kept, found again by their owner alone, and removed when nobody used them for long."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone

from media_assets.format_by_bytes import not_wanted
from media_assets.ids import new_upload_id
from media_assets.models import Upload, UploadKind
from media_assets.reference_pictures import Picture, take_in
from media_assets.storage import content_hash, local_path, put_file
from pixora.foundation.errors import Invalid, NotFound

FOLDER = "uploads"
UNUSED_FOR = timedelta(days=1)


def keep(
    user: AbstractBaseUser, file: Path, *, kind: str, suffix: str, facts: Mapping[str, Any], file_name: str = ""
) -> Upload:
    """A file that was checked, stored under a name that says nothing of what the user called it."""
    upload_id = new_upload_id()
    name = f"{FOLDER}/{user.pk}/{upload_id}{suffix}"
    hashed = content_hash(file)
    put_file(name, file)
    return Upload.objects.create(
        id=upload_id,
        user_id=user.pk,
        kind=kind,
        file_name=shown_name(file_name),
        storage_path=name,
        content_hash=hashed,
        facts=dict(facts),
    )


def shown_name(name: str) -> str:
    """The name of a user's file as a line of text: the beginning of a long one with its ending, nothing invisible."""
    clean = "".join(letter for letter in name if letter.isprintable()).strip()
    most = Upload._meta.get_field("file_name").max_length or 0
    return clean if len(clean) <= most else f"{clean[: most - 13]}…{clean[-12:]}"


def upload_of(user: AbstractBaseUser, upload_id: str) -> Upload:
    """The one place where a door asks whose an upload is. Raises NotFound for other people's, too."""
    found = Upload.objects.filter(id=upload_id.replace("\x00", ""), user_id=user.pk).first()
    if found is None:
        raise NotFound("There is no such upload: it was never made, or it was not used for a day. Upload it again.")
    return found


def mark_used(upload: Upload) -> None:
    """Keep the upload for another day."""
    Upload.objects.filter(id=upload.id).update(used_at=timezone.now())


@contextmanager
def as_reference(upload: Upload) -> Iterator[Picture]:
    """Lend an upload as the picture that `order_film` takes, on this disk while the context lasts.

    Marks the upload as used. Raises Invalid for what is no picture.
    """
    if upload.kind != UploadKind.PICTURE:
        raise Invalid(f"upload_id: {not_wanted(UploadKind.PICTURE, upload.kind)}", field="upload_id")
    with tempfile.TemporaryDirectory(prefix="pixora-reference-") as folder:
        workdir = Path(folder)
        yield take_in(local_path(upload.storage_path, hold=workdir), workdir)
    mark_used(upload)


def remove_unused(older_than: timedelta = UNUSED_FOR) -> int:
    """Remove uploads that were neither made nor used within this time, and return how many there were. Samples of
    voices stay."""
    return _remove(Upload.objects.filter(used_at__lt=timezone.now() - older_than, voice=None))


def remove(upload: Upload) -> None:
    _remove(Upload.objects.filter(id=upload.id))


def _remove(uploads: QuerySet[Upload]) -> int:
    """The file goes first: a row without one is found again, a file without a row is not."""
    found = list(uploads)
    for upload in found:
        default_storage.delete(upload.storage_path)
        upload.delete()
    return len(found)
