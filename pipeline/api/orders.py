"""The operations on presets and batches: settings under a name, and many films ordered at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, Field

from pipeline import models
from pipeline.api import examples
from pipeline.api.bodies import LEFT_OUT, Body, Choices, PresetName, Text
from pipeline.api.examples import example
from pipeline.api.parameters import CHANGES, CHANGING, PLANS, READING
from pipeline.film.order_table import Row, rows_of
from pipeline.film.settings import MAX_PROMPT_CHARS
from pipeline.services import batches, presets
from pipeline.services.batches import Checked, Order
from pixora.accounts.auth import key_of, needs, signed_in_user
from pixora.accounts.idempotency import idempotent
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Violation
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize, whole
from pixora.foundation.request_limits import Limit

BATCHES = Limit("batches", times=6, a_day=6)
"""Each may be of 50 films, whose scripts are written for nothing."""
NEWEST_FIRST = Listing("batches", ("created_at", "id"), descending=True)
FOR_ALL = "For all films, where one of them chooses no other."
LONGEST_TABLE = 200_000
ID = "9f3c1b1e-5d0a-4c39-8a58-0b6c7f6f9d11"
PRESET: dict[str, Any] = {
    "id": ID,
    "name": "Shop clips",
    "settings": {"aspect_ratio": "9:16", "style": "watercolor"},
    "created_at": examples.WHEN,
}
BATCH_FILM: dict[str, Any] = {
    "task_id": examples.TASK_ID,
    "prompt": examples.PROMPT,
    "credits_at_most": 120,
    "status": "waiting",
    "run_id": None,
    "problem": "",
}
BATCH: dict[str, Any] = {
    "batch_id": ID,
    "credits_at_most": 120,
    "approved": False,
    "films": [BATCH_FILM],
    "created_at": examples.WHEN,
}

router = Router(tags=["orders"])

Name = Annotated[Text, Field(min_length=1, max_length=80)]


class NewPreset(Body):
    model_config = example({"name": PRESET["name"], "settings": PRESET["settings"]})

    name: Name
    settings: Choices


class PresetChanges(Body):
    model_config = example({"name": "Shop clips, upright"})

    name: Name = Field(LEFT_OUT)
    settings: Choices = Field(LEFT_OUT, description="In the place of all that it has.")


class Preset(BaseModel):
    """Settings under a name."""

    model_config = example(PRESET)

    id: UUID
    name: str
    settings: dict[str, Any]
    created_at: datetime

    @classmethod
    def of(cls, preset: models.Preset) -> Preset:
        return cls(id=preset.id, name=preset.name, settings=preset.settings, created_at=preset.created_at)


class PresetPage(Page[Preset]):
    model_config = examples.page(PRESET)


class BatchOrder(Body):
    model_config = example({"prompt": examples.PROMPT, "settings": {"duration": 15}})

    prompt: Text = Field(min_length=1, max_length=MAX_PROMPT_CHARS)
    settings: Choices = Field(default_factory=Choices)


class NewBatch(Body):
    model_config = example({"films": [{"prompt": examples.PROMPT}]})

    films: Annotated[list[BatchOrder], Field(min_length=1, max_length=batches.MOST_FILMS)]
    settings: Choices = Field(default_factory=Choices, description=FOR_ALL)
    preset: PresetName = Field(LEFT_OUT)


class Table(Body):
    model_config = example({"csv": "prompt,duration\nA film about tea,10"})

    csv: Text = Field(
        min_length=1, max_length=LONGEST_TABLE, description="A row for each film; columns: prompt, settings."
    )
    settings: Choices = Field(default_factory=Choices, description=FOR_ALL)
    preset: PresetName = Field(LEFT_OUT)


class TableRow(BaseModel):
    row: int = Field(description="The line of the table, from 1.")
    prompt: str
    settings: dict[str, Any] = Field(description="Those that the row chooses.")
    credits_at_most: int | None = Field(description="Null where the row has a problem.")
    problem: str = Field(description="Why no film can be made of it; empty where one can.")


class TableRead(BaseModel):
    """The films that a table comes to. Nothing is ordered."""

    model_config = example(
        {
            "films": [{"row": 2, "prompt": examples.PROMPT, "settings": {}, "credits_at_most": 120, "problem": ""}],
            "credits_at_most": 120,
        }
    )

    films: list[TableRow]
    credits_at_most: int = Field(description="Of the rows without a problem together.")


class BatchFilm(BaseModel):
    model_config = example(BATCH_FILM)

    task_id: str
    prompt: str
    credits_at_most: int
    status: Literal["waiting", "begun", "left"] = Field(description="`left`: it was not begun, and `problem` says why.")
    run_id: str | None
    problem: str

    @classmethod
    def of(cls, found: models.BatchFilm) -> BatchFilm:
        return cls(
            task_id=found.task_id,
            prompt=found.task.prompt,
            credits_at_most=found.credits_at_most,
            status="begun" if found.run_id else "left" if found.problem else "waiting",
            run_id=found.run_id,
            problem=found.problem,
        )


class Batch(BaseModel):
    """Films that were ordered together."""

    model_config = example(BATCH)

    batch_id: UUID
    credits_at_most: int = Field(description="One that proves dearer than was said for it is not begun.")
    approved: bool
    films: list[BatchFilm]
    created_at: datetime

    @classmethod
    def of(cls, batch: models.Batch) -> Batch:
        films = batch.films.select_related("task").order_by("place")
        return cls(
            batch_id=batch.id,
            credits_at_most=batch.credits_at_most,
            approved=batch.approved_at is not None,
            films=[BatchFilm.of(film) for film in films],
            created_at=batch.created_at,
        )


class BatchPage(Page[Batch]):
    model_config = examples.page(BATCH)


@router.get(
    "presets",
    response={200: PresetPage, **refusals(401, 403, 503)},
    summary="My presets, by name",
    auth=needs(Scope.FILMS_READ),
)
def list_presets(request: HttpRequest) -> dict[str, Any]:
    return whole([Preset.of(each) for each in presets.presets_of(signed_in_user(request))])


@router.post(
    "presets",
    response={201: Preset, **refusals(*CHANGING, 409)},
    summary="Keep settings under a name",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def create_preset(request: HttpRequest, body: NewPreset) -> Status[Preset]:
    """Films are ordered with it by `preset` in POST tasks and batches; what is chosen beside it counts."""
    CHANGES.count_request(request)
    return Status(
        201, Preset.of(presets.create(signed_in_user(request), name=body.name, settings=body.settings.chosen()))
    )


@router.patch(
    "presets/{preset_id}",
    response={200: Preset, **refusals(*CHANGING, 409)},
    summary="Change a preset",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def change_preset(request: HttpRequest, preset_id: UUID, body: PresetChanges) -> Preset:
    """Films that were ordered with it stay as they are."""
    CHANGES.count_request(request)
    found = presets.preset_of(signed_in_user(request), str(preset_id))
    chosen = body.settings.chosen() if body.settings is not None else None
    return Preset.of(presets.change(found, name=body.name, settings=chosen))


@router.delete(
    "presets/{preset_id}",
    response={204: None, **refusals(*CHANGING)},
    summary="Delete a preset",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_WRITE),
)
def delete_preset(request: HttpRequest, preset_id: UUID) -> Status[None]:
    CHANGES.count_request(request)
    presets.preset_of(signed_in_user(request), str(preset_id)).delete()
    return Status(204, None)


@router.post(
    "batches/read",
    response={200: TableRead, **refusals(*CHANGING)},
    summary="What a table of films comes to",
    openapi_extra=PLANS.told,
    auth=needs(Scope.FILMS_READ),
)
def read_table(request: HttpRequest, body: Table) -> TableRead:
    """Read a table as a spreadsheet saves it, each row a film. Rows of which none can be made say why."""
    PLANS.count_request(request)
    rows = rows_of(body.csv, most=batches.MOST_FILMS)
    orders = [Order(row.prompt, row.settings) for row in rows]
    found = batches.read(user=signed_in_user(request), orders=orders, usual=_usual(request, body))
    return _table([_row(row, read) for row, read in zip(rows, found, strict=True)])


def _usual(request: HttpRequest, body: Table | NewBatch) -> dict[str, Any]:
    return presets.with_preset(signed_in_user(request), body.preset, body.settings.chosen())


def _row(row: Row, read: Checked | Violation) -> TableRow:
    told = {"row": row.number, "prompt": row.prompt, "settings": dict(row.settings)}
    if isinstance(read, Checked):
        return TableRow(**told, credits_at_most=read.credits_at_most, problem="")
    _, _, field = read.field.partition(".")
    return TableRow(**told, credits_at_most=None, problem=f"{field}: {read.message}".removeprefix(": "))


def _table(rows: Sequence[TableRow]) -> TableRead:
    return TableRead(films=list(rows), credits_at_most=sum(row.credits_at_most or 0 for row in rows))


@router.post(
    "batches",
    response={201: Batch, **refusals(*CHANGING, 409)},
    summary="Order many films at once",
    openapi_extra=BATCHES.told,
    auth=needs(Scope.FILMS_WRITE),
)
@idempotent
def create_batch(request: HttpRequest, body: NewBatch) -> Status[Batch]:
    """Order all of the films or, where one cannot be, none: `details.problems` names each of those. Their scripts are
    written for nothing; `credits_at_most` is what making them all costs at most."""
    BATCHES.count_request(request)
    orders = [Order(film.prompt, film.settings.chosen()) for film in body.films]
    made = batches.order(user=signed_in_user(request), orders=orders, usual=_usual(request, body))
    return Status(201, Batch.of(made))


@router.get(
    "batches",
    response={200: BatchPage, **refusals(401, 403, 422, 503)},
    summary="My batches, newest first",
    auth=needs(Scope.FILMS_READ),
)
def list_batches(request: HttpRequest, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    found = NEWEST_FIRST.page(batches.batches_of(signed_in_user(request)), cursor, limit)
    return found.page([Batch.of(each) for each in found.rows])


@router.get(
    "batches/{batch_id}",
    response={200: Batch, **refusals(*READING)},
    summary="One batch",
    auth=needs(Scope.FILMS_READ),
)
def get_batch(request: HttpRequest, batch_id: UUID) -> Batch:
    return Batch.of(batches.batch_of(signed_in_user(request), batch_id))


@router.post(
    "batches/{batch_id}/approve",
    response={200: Batch, **refusals(*CHANGING)},
    summary="Begin all films of a batch",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.FILMS_SPEND),
)
def approve_batch(request: HttpRequest, batch_id: UUID) -> Batch:
    """Say yes to `credits_at_most`. A film begins when its script is there. One that costs more than was said for it,
    or more than the balance has, is left with its `problem`; the rest goes on. A second yes tries what was left again.
    """
    CHANGES.count_request(request)
    batch = batches.batch_of(signed_in_user(request), batch_id)
    return Batch.of(batches.approve(batch, api_key=key_of(request)))
