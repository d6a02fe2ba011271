"""The price of what is to be made, the yes to it, and the end of it."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Body, Router, Status

from pipeline.api import answers
from pipeline.api.bodies import Approval, QuoteRequest, Upgrade
from pipeline.api.parameters import CHANGES, CHANGING, PLANS, READING, TaskId, film
from pipeline.models import Quote, Task
from pipeline.services import films, quotes, takes, upgrades
from pixora.accounts.auth import key_of, needs
from pixora.accounts.idempotency import idempotent
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Invalid

router = Router(tags=["runs"])


@router.get(
    "tasks/{task_id}/price",
    response={200: answers.FilmPrice, **refusals(*READING, 409, 429)},
    summary="What it would cost to make all that is missing or stale",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def get_price(request: HttpRequest, task_id: TaskId) -> answers.FilmPrice:
    """Show the price of all that is missing or stale. It is no offer: ask for a quote when it is to be made.

    While a run is at work, it is the price of what that leaves.
    """
    PLANS.count_request(request)
    return answers.FilmPrice(**quotes.price_of(film(request, task_id)))


@router.post(
    "tasks/{task_id}/quote",
    response={200: answers.Quote, **refusals(*CHANGING, 409)},
    summary="The price of what is missing or stale",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def quote_task(
    request: HttpRequest, task_id: TaskId, body: Annotated[QuoteRequest | None, Body(None)]
) -> answers.Quote:
    """Quote the price of everything that is missing or stale, or only of the components that are named.

    With `anew` the named ones are made again although nothing about them has changed: in another `tier`, for instance.
    `scenes` are upgraded: what they show and how it moves, by the models of a `tier` or by those that are named.
    Nothing is spent; the quote holds for a quarter of an hour.
    """
    PLANS.count_request(request)
    task = film(request, task_id)
    body = body or QuoteRequest()
    if body.scenes is not None:
        return answers.Quote(**quotes.as_dict(_of_scenes(task, body)))
    if body.components is not None:
        takes.check_component(task, *body.components)
    forced = dict.fromkeys(body.components or (), "") if body.anew else {}
    found = quotes.quote(task=task, approved=body.components, forced=forced, tier=body.tier or "", models=body.models)
    return answers.Quote(**quotes.as_dict(found))


def _of_scenes(task: Task, body: QuoteRequest) -> Quote:
    """Raises Invalid where components are named too."""
    if body.components is not None or body.anew:
        raise Invalid("scenes: they are named instead of components; leave one of the two out.", field="scenes")
    return upgrades.quote(task=task, scenes=body.scenes, tier=body.tier or "", models=body.models)


@router.post(
    "tasks/{task_id}/upgrade-price",
    response={200: answers.UpgradePrice, **refusals(*CHANGING, 409)},
    summary="What it would cost to make some scenes better, or some pieces anew",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def price_upgrade(request: HttpRequest, task_id: TaskId, body: Upgrade) -> answers.UpgradePrice:
    """Show what a quote for these `scenes`, or for one more take of these `components`, would be. It is no offer: ask
    for a quote when they are to be made."""
    PLANS.count_request(request)
    task, tier = film(request, task_id), body.tier or ""
    if (body.scenes is None) == (body.components is None):
        raise Invalid("scenes: name either scenes or components.", field="scenes")
    if body.components is not None:
        return answers.UpgradePrice(
            **takes.price_anew(task=task, components=body.components, tier=tier, models=body.models)
        )
    return answers.UpgradePrice(**upgrades.price(task=task, scenes=body.scenes, tier=tier, models=body.models))


@router.post(
    "tasks/{task_id}/runs",
    response={202: answers.Run, **refusals(*CHANGING, 402, 409, 410)},
    summary="Approve a quote: the work begins",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_SPEND),
)
@idempotent
def start_run(request: HttpRequest, task_id: TaskId, body: Approval) -> Status[answers.Run]:
    """Start the run of a quote. Its credits are set aside, and what is not used comes back at the end.

    The same quote again is the same run. `quote_changed` comes with a new quote, also where that run was stopped or
    has failed; `insufficient_credits` comes with how many are missing.
    """
    CHANGES.count_request(request)
    return Status(
        202, answers.Run.of(quotes.use(task=film(request, task_id), quote_id=body.quote_id, api_key=key_of(request)))
    )


@router.post(
    "tasks/{task_id}/cancel",
    response={200: answers.Cancelled, **refusals(*CHANGING)},
    summary="End what is being made",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def cancel_runs(request: HttpRequest, task_id: TaskId) -> answers.Cancelled:
    """Cancel the runs that have not ended. What was made so far is kept, and credits that were not used come back."""
    CHANGES.count_request(request)
    return answers.Cancelled(cancelled=films.cancel(task=film(request, task_id)))
