"""The operations that take in and give out files: uploads, reference pictures and the takeaway."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from media_assets import receive, uploads
from media_assets.models import UploadKind
from pipeline.api.parameters import CHANGES, TaskId, film
from pipeline.services import own_material
from pipeline.takeaway.download import download
from pixora.accounts.auth import needs, signed_in_user
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Invalid
from pixora.foundation.request_limits import Limit

UPLOADS = Limit("uploads", times=30, a_day=300)
"""They are kept for a day, so this bounds what one user can fill the disk with."""
FETCHES = Limit("fetches", times=10)
"""Each may take two minutes of a thread."""
TAKEAWAYS = Limit("takeaways", times=10)

WANTED = "What it is to be used as; a file of another kind is refused with a sentence that says what would do."

router = Router(tags=["own material"])


class UploadOut(Schema):
    upload_id: str = Field(examples=["upload_4f0c5a8e2b7d9136"])
    kind: UploadKind = Field(examples=["picture"])
    facts: dict[str, Any] = Field(
        description="Measured from the file: width, height, fps, duration_ms, …",
        examples=[{"width": 1920, "height": 1080}],
    )


class FileAddress(Schema):
    url: str = Field(min_length=1, max_length=2_000, examples=["https://example.org/clips/harbour.mp4"])
    wanted: UploadKind | None = Field(None, description=WANTED, examples=["clip"])


class ReferencePicture(Schema):
    upload_id: str = Field(max_length=40, examples=["upload_4f0c5a8e2b7d9136"])
    character: str = Field(
        "", max_length=120, description="Its name in the script; without one: all of them.", examples=["Ann"]
    )


class Reference(Schema):
    task_id: str = Field(examples=["task_1f0k3j5x8v2m9q7z"])
    settings: dict[str, Any] = Field(examples=[{"reference": "9f86d081884c7d65"}])


@router.post(
    "uploads",
    response={201: UploadOut, **refusals(401, 403, 413, 415, 422, 429, 503)},
    summary="Upload a picture, a clip or a sound",
    openapi_extra=UPLOADS.told,
    auth=needs(Scope.FILMS_WRITE),
)
def upload_file(
    request: HttpRequest,
    file: File[UploadedFile],
    wanted: Annotated[UploadKind | None, Query(None, description=WANTED)],
) -> Status[UploadOut]:
    """Keep a file, for a day unless it is used. Its bytes tell its kind. Only the pixels of a picture are kept, without
    what a camera wrote beside them."""
    UPLOADS.count_request(request)
    kept = receive.receive(user=signed_in_user(request), file=_path(file), file_name=file.name or "", wanted=wanted)
    return Status(201, UploadOut(upload_id=kept.id, kind=UploadKind(kept.kind), facts=kept.facts))


@router.post(
    "uploads/from-address",
    response={201: UploadOut, **refusals(401, 403, 413, 415, 422, 429, 503)},
    summary="Take a file from an https address",
    openapi_extra=FETCHES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def upload_from_address(request: HttpRequest, body: FileAddress) -> Status[UploadOut]:
    """Fetch a file from a public server, and keep it like an upload. It has to come within two minutes."""
    FETCHES.count_request(request)
    UPLOADS.count_request(request)
    kept = receive.receive_from(user=signed_in_user(request), address=body.url, wanted=body.wanted)
    return Status(201, UploadOut(upload_id=kept.id, kind=UploadKind(kept.kind), facts=kept.facts))


@router.post(
    "tasks/{task_id}/reference-image",
    response={200: Reference, **refusals(401, 403, 404, 409, 415, 422, 429, 503)},
    summary="Change the picture that characters are made after",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def change_reference_image(request: HttpRequest, task_id: TaskId, body: ReferencePicture) -> Reference:
    """Characters that were made after another picture become stale; making them anew is quoted apart."""
    CHANGES.count_request(request)
    task, upload = film(request, task_id), uploads.upload_of(signed_in_user(request), body.upload_id)
    changed = own_material.change_reference(task=task, upload=upload, character=body.character)
    return Reference(task_id=changed.id, settings=changed.settings)


@router.get(
    "tasks/{task_id}/takeaway",
    response={200: None, **refusals(401, 403, 404, 409, 429, 503)},
    summary="Everything of a film as a zip",
    openapi_extra={
        **TAKEAWAYS.told,
        "responses": {
            200: {
                "description": "The film with and without music, voice and music apart, captions, clips, stills, the"
                " script and a timeline for editing programs (OpenTimelineIO).",
                "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    },
    auth=needs(Scope.FILMS_READ),
)
def get_takeaway(request: HttpRequest, task_id: TaskId) -> StreamingHttpResponse:
    """Free. What is not there yet is made first, which takes some seconds."""
    TAKEAWAYS.count_request(request)
    return download(film(request, task_id))


def _path(file: UploadedFile) -> Path:
    """Return where the upload handler has put it while it came in."""
    if not isinstance(file, TemporaryUploadedFile):
        raise Invalid("file: send the file as multipart/form-data.", field="file")
    return Path(file.temporary_file_path())
