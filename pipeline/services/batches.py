"""Batches: many films ordered together, priced as a whole, and begun with one yes.

Each film's script is written as always. After the yes a film begins as soon as its script is there, if it costs no more
than was said for it; one that costs more is left, with the reason, for a yes of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pipeline.film.estimate import estimated
from pipeline.film.settings import TaskSettings
from pipeline.models import Batch, BatchFilm, Run
from pipeline.services import films, own_words, prices_before_script, quotes, writing
from pixora.accounts.models import ApiKey, User
from pixora.foundation.errors import MOST_PROBLEMS, Conflict, Invalid, NotFound, PixoraError, Violation

MOST_FILMS = 50
MOST_CHARACTERS = 3
"""The characters that the price of a film without a script reckons with."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """A film as it is wished for: a row of a table, or an entry of a list."""

    prompt: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Checked:
    """An order that can be carried out, with the most that it may cost."""

    wanted: own_words.Ordered
    credits_at_most: int


class BatchInvalid(Invalid):
    """Orders that cannot be carried out; each is named."""

    def __init__(self, problems: Sequence[Violation]) -> None:
        told = problems[:MOST_PROBLEMS]
        super().__init__("; ".join(map(str, told)), field=told[0].field)
        self.details["problems"] = [{"field": one.field, "message": one.message} for one in told]


def order(*, user: User, orders: Sequence[Order], usual: Mapping[str, Any] | None = None) -> Batch:
    """Order all of the films or, where one cannot be, none; `usual` are settings that count where an order has none.
    Raises BatchInvalid, which names each of those that cannot be."""
    found = list(read(user=user, orders=orders, usual=usual))
    if problems := [one for one in found if isinstance(one, Violation)]:
        raise BatchInvalid(problems)
    checked = [one for one in found if isinstance(one, Checked)]
    with transaction.atomic():
        batch = Batch.objects.create(user=user, credits_at_most=sum(one.credits_at_most for one in checked))
        for place, one in enumerate(checked, start=1):
            _order(batch, place, one)
    return batch


def read(
    *, user: User, orders: Sequence[Order], usual: Mapping[str, Any] | None = None
) -> Iterator[Checked | Violation]:
    """Say of each order what it comes to, and change nothing. Raises Invalid for too many."""
    if not 1 <= len(orders) <= MOST_FILMS:
        raise Invalid(f"films: a batch has 1 to {MOST_FILMS} films, this one has {len(orders)}.", field="films")
    for place, one in enumerate(orders):
        try:
            wanted = own_words.ordered(one.prompt, {**(usual or {}), **one.settings}, "")
            films.check_order(user, wanted.settings)
            yield Checked(wanted, at_most(wanted.settings))
        except PixoraError as refused:
            yield _problem(place, refused)


def _problem(place: int, refused: PixoraError) -> Violation:
    field = str(refused.details.get("field") or "")
    message = refused.message.removeprefix(f"{field}: ").rstrip(".")
    return Violation(f"films[{place}]{f'.{field}' if field else ''}", message)


def at_most(settings: TaskSettings) -> int:
    """Return the most credits that a film with these settings is let cost before it has a script."""
    prices = prices_before_script.by_kind(settings)
    more = (MOST_CHARACTERS - 1) * prices["character"] if settings.character_consistency else 0
    return estimated(prices, settings.model_dump())[1] + round(more)


def _order(batch: Batch, place: int, one: Checked) -> None:
    task = films.order_film(user=batch.user, prompt=one.wanted.prompt, settings=one.wanted.settings)
    BatchFilm.objects.create(batch=batch, place=place, task=task, credits_at_most=one.credits_at_most)


def batches_of(user: User) -> QuerySet[Batch]:
    return Batch.objects.filter(user=user)


def batch_of(user: User, batch_id: UUID) -> Batch:
    """Raises NotFound for other people's, too."""
    found = batches_of(user).filter(id=batch_id).first()
    if found is None:
        raise NotFound("You have no such batch: look at the list of yours.")
    return found


def approve(batch: Batch, *, api_key: ApiKey | None = None) -> Batch:
    """Say yes to the whole. Films whose script is there begin now, the others when theirs is. A second yes is the same,
    but what had failed for want of credits is tried again. Whoever said yes last spends what begins from then on: no
    program spends what another one's cap still allows, and a person goes on where a program may not."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(id=batch.id)
        batch.approved_at, batch.api_key = batch.approved_at or timezone.now(), api_key
        batch.save(update_fields=["approved_at", "api_key"])
    batch.films.filter(run=None).update(problem="")
    go_on(batch.films.all())
    return batch


def script_is_written(task_id: str) -> None:
    """Begin the film of a batch whose script has just been written, if there was a yes to the batch."""
    go_on(BatchFilm.objects.filter(task_id=task_id))


def go_on(among: QuerySet[BatchFilm] | None = None) -> None:
    """Begin the films that wait for nothing any more. What a crash has left is found by the sweep, which names none."""
    waiting = BatchFilm.objects.all() if among is None else among
    waiting = waiting.filter(batch__approved_at__isnull=False, run=None, problem="", task__deleted_at=None)
    for one in waiting.select_related("task", "batch__api_key").order_by("batch_id", "place"):
        if not writing.under_way(one.task).exists():
            _begin(one)


def _begin(one: BatchFilm) -> None:
    """Begin each film in one transaction with the run, so that nothing is begun twice. A film that cannot begin says
    why."""
    with transaction.atomic():
        locked = BatchFilm.objects.select_for_update(of=("self",)).get(id=one.id)
        if locked.run_id or locked.problem:
            return
        try:
            with transaction.atomic():
                locked.run = _run(locked, one.batch.api_key)
        except PixoraError as refused:
            locked.problem = refused.message[:300]
        locked.save(update_fields=["run", "problem"])


def _run(one: BatchFilm, api_key: ApiKey | None) -> Run:
    if not one.task.scripts.exists():
        raise Conflict("Its script could not be written: have it written again, then approve the film by itself.")
    quote = quotes.quote(task=one.task)
    if quote.credits > one.credits_at_most:
        said = f"more than the {one.credits_at_most} that were said"
        raise Conflict(f"It costs {quote.credits} credits, {said}: approve it by itself.")
    return quotes.use(task=one.task, quote_id=quote.id, api_key=api_key)
