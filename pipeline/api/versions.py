"""Versions of a film: made from it and listed; all of them are films of one family."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from pipeline.api import answers
from pipeline.api.bodies import EditsDecision, NewVersion, TranslationOrder
from pipeline.api.parameters import CHANGES, CHANGING, FILMS, PLANS, READING, TaskId, film
from pipeline.api.version_pages import Edits, FamilyMember, FamilyPage
from pipeline.models import Carrying
from pipeline.queries import overview
from pipeline.services import carried_takes, family, scripts, translations, versions
from pixora.accounts.auth import needs, signed_in_user
from pixora.accounts.idempotency import idempotent
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import whole

router = Router(tags=["versions"])


@router.post(
    "tasks/{task_id}/versions",
    response={201: answers.Task, **refusals(*CHANGING, 409)},
    summary="Make a version of a film",
    openapi_extra=FILMS.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def create_film_version(request: HttpRequest, task_id: TaskId, body: NewVersion) -> Status[answers.Task]:
    """Make a version that shares every take it can use. Nothing is bought by this: `POST …/quote` of the version tells
    what it needs, and what costs nothing is made at once."""
    FILMS.count_request(request)
    made = versions.ordered(signed_in_user(request), film(request, task_id), **dict(body))
    return Status(201, answers.Task.of(overview.overview(made)))


@router.get(
    "tasks/{task_id}/versions",
    response={200: FamilyPage, **refusals(*READING, 429)},
    summary="The versions of a film",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def list_film_versions(request: HttpRequest, task_id: TaskId) -> dict[str, Any]:
    """List the films of this film's family, the oldest first, itself among them."""
    PLANS.count_request(request)
    task = film(request, task_id)
    found = family.members(task)
    due = translations.to_translate_in(found)
    seen = overview.overviews(found)
    shown = [FamilyMember.in_family(each, due.get(each.task.id, translations.NOTHING)) for each in seen]
    return {**whole(shown), "edits": Edits.of(task)}


@router.post(
    "tasks/{task_id}/versions/edits",
    response={200: Edits, **refusals(*CHANGING, 409)},
    summary="Carry edits into a film's other versions, or leave them in this one",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def carry_edits(request: HttpRequest, task_id: TaskId, body: EditsDecision) -> Edits:
    """Carry what was edited of shared pieces into the other versions (`all`), or leave it in this one (`here`)."""
    CHANGES.count_request(request)
    task = film(request, task_id)
    where = Carrying(body.where)
    if body.from_now_on:
        family.decide(task, carrying=where)
    if where is Carrying.ALL:
        scripts.carry_edits(task=task)
        carried_takes.carry(task)
    else:
        family.leave_edits(task)
    task.refresh_from_db()
    return Edits.of(task)


@router.post(
    "tasks/{task_id}/translation",
    response={202: answers.Task, **refusals(*CHANGING, 409)},
    summary="Translate again what was changed",
    openapi_extra=FILMS.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def translate_film_again(request: HttpRequest, task_id: TaskId, body: TranslationOrder) -> Status[answers.Task]:
    """Translate the scenes whose words or titles were changed in the film that this one is a translation of, and no
    others. It costs no credits; new voices are quoted as always."""
    FILMS.count_request(request)
    task = film(request, task_id)
    given = translations.read(signed_in_user(request), text=body.translation, upload_id=body.translation_upload)
    translations.translate_again(task=task, given=given, instructions=body.instructions)
    task.refresh_from_db()
    return Status(202, answers.Task.of(overview.overview(task)))
