"""The script of a film and its versions. An edit says which version it is of."""

from __future__ import annotations

import re
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Header, Router
from pydantic import Field

from pipeline import models
from pipeline.api import examples, script_answers
from pipeline.api.bodies import SceneEdit, ScriptEdit
from pipeline.api.examples import example
from pipeline.api.links import Picture, addresses, small_addresses
from pipeline.api.parameters import CHANGES, CHANGING, READING, Place, TaskId, Version, film
from pipeline.queries import version_pictures
from pipeline.services import scripts
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Invalid
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize, whole

NEWEST_FIRST = Listing("versions", ("version",), descending=True)
EDITING = {200: script_answers.ScriptVersion, **refusals(*CHANGING, 409)}

IfMatch = Annotated[
    str | None,
    Header(
        None,
        alias="If-Match",
        max_length=100,
        description="The `ETag` of the version that was edited, instead of `version` in the body.",
    ),
]

router = Router(tags=["script"])


@router.get(
    "tasks/{task_id}/script",
    response={200: script_answers.ScriptVersion, **refusals(*READING, 409)},
    summary="The script as it is now",
    auth=needs(Scope.FILMS_READ),
)
def get_script(request: HttpRequest, response: HttpResponse, task_id: TaskId) -> script_answers.ScriptVersion:
    """`not_ready` until it is written. The version is the `ETag` too."""
    return _shown(scripts.current_script(film(request, task_id)), response)


@router.put(
    "tasks/{task_id}/script",
    response=EDITING,
    summary="Change the whole script",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def edit_script(
    request: HttpRequest, response: HttpResponse, task_id: TaskId, body: ScriptEdit, if_match: IfMatch
) -> script_answers.ScriptVersion:
    """`version_conflict` with the current version and script when somebody edited it meanwhile, `run_active` while it
    is being written. The film's settings follow what it says."""
    CHANGES.count_request(request)
    version, content = _edited(body.version, if_match), body.script.model_dump(mode="json")
    return _shown(scripts.revise_script(task=film(request, task_id), version=version, content=content), response)


@router.patch(
    "tasks/{task_id}/script/scenes/{index}",
    response=EDITING,
    summary="Change one scene of the script",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def edit_scene(
    request: HttpRequest,
    response: HttpResponse,
    task_id: TaskId,
    index: Place,
    body: SceneEdit,
    if_match: IfMatch,
) -> script_answers.ScriptVersion:
    CHANGES.count_request(request)
    edited = scripts.revise_scene(
        task=film(request, task_id),
        version=_edited(body.version, if_match),
        scene_index=index,
        changes=body.changes.model_dump(mode="json", exclude_unset=True),
    )
    return _shown(edited, response)


@router.get(
    "tasks/{task_id}/script/versions",
    response={200: script_answers.VersionPage, **refusals(*READING)},
    summary="The script's versions, newest first",
    auth=needs(Scope.FILMS_READ),
)
def list_versions(request: HttpRequest, task_id: TaskId, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    found = NEWEST_FIRST.page(film(request, task_id).scripts.defer("content"), cursor, limit)
    names = ("version", "title", "reason", "created_at")
    return found.page(
        [script_answers.VersionEntry(**{name: getattr(row, name) for name in names}) for row in found.rows]
    )


@router.get(
    "tasks/{task_id}/script/versions/{version}",
    response={200: script_answers.ScriptVersion, **refusals(*READING)},
    summary="A version of the script",
    auth=needs(Scope.FILMS_READ),
)
def get_version(
    request: HttpRequest, response: HttpResponse, task_id: TaskId, version: Version
) -> script_answers.ScriptVersion:
    return _shown(scripts.version_of(film(request, task_id), version), response)


class VersionPicture(Picture):
    """The picture of a scene."""

    model_config = example({"scene_index": 2, **examples.PICTURE})

    scene_index: int = Field(description="The scene's place in that version.")


class VersionPictures(Page[VersionPicture]):
    model_config = examples.page({"scene_index": 2, **examples.PICTURE})


@router.get(
    "tasks/{task_id}/script/versions/{version}/pictures",
    response={200: VersionPictures, **refusals(*READING)},
    summary="The pictures that a version of the script has",
    auth=needs(Scope.FILMS_READ),
)
def list_version_pictures(request: HttpRequest, task_id: TaskId, version: Version) -> dict[str, Any]:
    """List the pictures of the version's scenes in their order; scenes that nothing was made for are left out."""
    return whole([_picture(each) for each in version_pictures.pictures_of(film(request, task_id), version)])


@router.post(
    "tasks/{task_id}/script/versions/{version}/restore",
    response=EDITING,
    summary="Go back to a version of the script",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def restore_version(
    request: HttpRequest, response: HttpResponse, task_id: TaskId, version: Version
) -> script_answers.ScriptVersion:
    """Make a version's content and title the newest version's; takes made for it are selected again, for nothing."""
    CHANGES.count_request(request)
    return _shown(scripts.restore_version(task=film(request, task_id), version=version), response)


def _edited(version: int | None, if_match: str | None) -> int:
    """Raises Invalid when nothing says which version was edited, or two things say two."""
    said = {found for found in (version, _tagged(if_match)) if found is not None}
    if len(said) == 1:
        return said.pop()
    problem = "`version` and If-Match differ" if said else "say which version you edited, here or with If-Match"
    raise Invalid(f"version: {problem}.", field="version")


def _tagged(if_match: str | None) -> int | None:
    if if_match is None:
        return None
    found = re.fullmatch(r'(?:W/)?"?(\d{1,9})"?', if_match.strip(), re.ASCII)
    if not found:
        raise Invalid('If-Match: give one ETag of the script, such as "3".', field="If-Match")
    return int(found[1])


def _shown(found: models.Script, response: HttpResponse) -> script_answers.ScriptVersion:
    response["ETag"] = f'"{found.version}"'
    return script_answers.ScriptVersion.of(found)


def _picture(found: version_pictures.ScenePicture) -> VersionPicture:
    return VersionPicture(scene_index=found.place, **addresses(found.asset), **small_addresses(found.asset))
