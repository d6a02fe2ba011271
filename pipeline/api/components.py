"""The operations on a film's components and their takes."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Router, Status

from media_assets import uploads
from pipeline.api import answers
from pipeline.api.bodies import OwnTake, Regeneration
from pipeline.api.parameters import CHANGES, CHANGING, FILMS, PLANS, READING, Key, TakeNumber, TaskId, component, film
from pipeline.models import Task
from pipeline.planning.kinds import Kind
from pipeline.queries import components, origins
from pipeline.services import own_material, quotes, takes
from pixora.accounts.auth import key_of, needs, signed_in_user
from pixora.accounts.idempotency import idempotent
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import whole

router = Router(tags=["components"])


@router.get(
    "tasks/{task_id}/components",
    response={200: answers.ComponentPage, **refusals(*READING, 429)},
    summary="Everything a film is made of",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def list_components(request: HttpRequest, task_id: TaskId) -> dict[str, Any]:
    """List the film's components in the order in which they are made, all on one page."""
    PLANS.count_request(request)
    return whole([answers.Component.of(found) for found in components.standings(film(request, task_id))])


@router.post(
    "tasks/{task_id}/components/{key}/regenerate",
    response={200: answers.Quote, 202: answers.Run, **refusals(*CHANGING, 402, 409, 410)},
    summary="Make one more take of a component",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_SPEND),
)
@idempotent
def regenerate_component(
    request: HttpRequest, task_id: TaskId, key: Key, body: Annotated[Regeneration | None, Body(None)]
) -> Status[answers.Quote] | Status[answers.Run]:
    """Quote the price of one more take (200) or, with `quote_id`, begin to make it (202). All takes are kept."""
    CHANGES.count_request(request)
    task, name, body = film(request, task_id), component(key), body or Regeneration()
    if name == Kind.SCRIPT:
        FILMS.count_request(request)
    if body.quote_id is None:
        quote = takes.quote_regeneration(
            task=task, component=name, instructions=body.instructions, tier=body.tier or "", models=body.models
        )
        return Status(200, answers.Quote(**quotes.as_dict(quote)))
    return Status(
        202,
        answers.Run.of(takes.regenerate(task=task, component=name, quote_id=body.quote_id, api_key=key_of(request))),
    )


@router.get(
    "tasks/{task_id}/components/{key}/takes",
    response={200: answers.TakePage, **refusals(*READING)},
    summary="All takes of a component",
    auth=needs(Scope.FILMS_READ),
)
def list_takes(request: HttpRequest, task_id: TaskId, key: Key) -> dict[str, Any]:
    """List the takes of a component, oldest first, all on one page. The takes of `script` are its versions."""
    return whole(takes_shown(film(request, task_id), component(key)))


def takes_shown(task: Task, name: str) -> list[answers.Take]:
    """Return the takes of a component, oldest first. Raises NotFound."""
    if name == Kind.SCRIPT:
        return _versions(task)
    found = takes.takes_of(task=task, component=name)
    made_from = origins.origins_of(task, found)
    return [answers.Take.of(asset, made_from.get(asset.id)) for asset in found]


@router.post(
    "tasks/{task_id}/components/{key}/takes",
    response={202: answers.Run, **refusals(*CHANGING, 409)},
    summary="Make an upload a take of a component",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def add_own_take(request: HttpRequest, task_id: TaskId, key: Key, body: OwnTake) -> Status[answers.Run]:
    """Free, and chosen: nothing automatic replaces it. The run brings it into shape and cuts the film anew; while
    another run is at work it waits. What should be known of the take (a sound left out, a picture much of which is cut
    off, black, silence) stands in its `warnings`."""
    CHANGES.count_request(request)
    task, upload = film(request, task_id), uploads.upload_of(signed_in_user(request), body.upload_id)
    run = own_material.add_own(
        task=task, component=component(key), upload=upload, fit=body.fit, keep_sound=body.keep_sound
    )
    return Status(202, answers.Run.of(run))


@router.post(
    "tasks/{task_id}/components/{key}/takes/{take}/select",
    response={200: answers.Selection, **refusals(*CHANGING, 409)},
    summary="Choose a take",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def select_take(request: HttpRequest, task_id: TaskId, key: Key, take: TakeNumber) -> Status[answers.Selection]:
    """Choose a take, and again whatever was once made from it. The film is cut anew, for nothing."""
    CHANGES.count_request(request)
    task, name = film(request, task_id), component(key)
    run = takes.select_take(task=task, component=name, take=take)
    return Status(200, answers.Selection(component=name, take=take, run_id=run.id if run else None))


def _versions(task: Task) -> list[answers.Take]:
    scripts = list(task.scripts.order_by("version").defer("content"))
    return [answers.Take.of_script(script, selected=script is scripts[-1]) for script in scripts]
