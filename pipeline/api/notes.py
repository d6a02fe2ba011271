"""The operations on a film's notes and approvals, for its owner: read, answer, resolve, and apply them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Body, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from pipeline.api import answers, examples
from pipeline.api.examples import example
from pipeline.api.note_answers import NOTE_ID, GuestApproval, GuestApprovalPage, Note, NotePage
from pipeline.api.parameters import CHANGES, CHANGING, PLANS, READING, TaskId, film
from pipeline.models import Task
from pipeline.services import quotes
from pipeline.sharing import applying, approvals, cuts, guest_actions, notes
from pipeline.sharing.note_wishes import REASONS
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import NotFound
from pixora.foundation.pagination import Cursor, Listing, PageSize, whole

OLDEST_FIRST = Listing("notes", ("created_at", "id"))

router = Router(tags=["shares"])


class OwnerNote(BaseModel):
    """A note of the owner's; with `parent` an answer, which guests of that note's link see."""

    model_config = ConfigDict(extra="forbid", **example({"text": "Thank you, it is larger now.", "parent": NOTE_ID}))

    scene: int = Field(0, ge=0, le=guest_actions.LONGEST_SCENE_ID, description="The scene's id; an answer needs none.")
    at_ms: int = Field(0, ge=0, le=guest_actions.LONGEST_MOMENT_MS, description="From the scene's beginning.")
    text: guest_actions.Text
    parent: UUID | None = None


class Resolving(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"resolved": True}))

    resolved: bool = True


class Applying(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"notes": [NOTE_ID]}))

    notes: list[UUID] | None = Field(None, min_length=1, max_length=200, description="All open ones without it.")


class LeftOpen(BaseModel):
    note: UUID
    reason: Literal[tuple(REASONS)] = Field(examples=["question"])  # type: ignore[valid-type]
    message: str = Field(examples=[REASONS["question"]])


class AppliedQuote(answers.Quote):
    """The price of all that the notes ask for; `items` name their notes."""

    model_config = example(
        {**examples.QUOTE, "left": [{"note": NOTE_ID, "reason": "question", "message": REASONS["question"]}]}
    )

    left: list[LeftOpen] = Field(description="Notes that it does nothing about.")


@router.get(
    "tasks/{task_id}/notes",
    response={200: NotePage, **refusals(*READING)},
    summary="Notes on a film, oldest first",
    auth=needs(Scope.SHARES),
)
def list_notes(request: HttpRequest, task_id: TaskId, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    task = film(request, task_id)
    cut, found = _cut(task), OLDEST_FIRST.page(notes.of_film(task), cursor, limit)
    return found.page([Note.of(each, cut) for each in found.rows])


@router.post(
    "tasks/{task_id}/notes",
    response={201: Note, **refusals(*CHANGING, 409)},
    summary="Leave a note, or answer one",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def create_note(request: HttpRequest, task_id: TaskId, body: OwnerNote) -> Status[Note]:
    CHANGES.count_request(request)
    task = film(request, task_id)
    cut = cuts.newest(task)
    return Status(201, Note.of(notes.add(task, notes.Draft(**body.model_dump()), cut), cut))


@router.post(
    "tasks/{task_id}/notes/{uuid:note_id}/resolve",
    response={200: Note, **refusals(*CHANGING)},
    summary="Resolve a note, or open it again",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def resolve_note(
    request: HttpRequest, task_id: TaskId, note_id: UUID, body: Annotated[Resolving | None, Body(None)]
) -> Note:
    CHANGES.count_request(request)
    task = film(request, task_id)
    note = notes.resolve(notes.find(task, note_id), resolved=body.resolved if body else True)
    shown: Note = Note.of(note, _cut(task))
    return shown


@router.delete(
    "tasks/{task_id}/notes/{uuid:note_id}",
    response={204: None, **refusals(*CHANGING)},
    summary="Remove a note with its answers",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def remove_note(request: HttpRequest, task_id: TaskId, note_id: UUID) -> Status[None]:
    CHANGES.count_request(request)
    notes.remove(notes.find(film(request, task_id), note_id))
    return Status(204, None)


@router.post(
    "tasks/{task_id}/notes/apply",
    response={200: AppliedQuote, **refusals(*CHANGING, 409)},
    summary="The price of what open notes ask for",
    openapi_extra=PLANS.told,
    auth=needs(Scope.SHARES),
)
def apply_notes(request: HttpRequest, task_id: TaskId, body: Annotated[Applying | None, Body(None)]) -> AppliedQuote:
    """Quote one change for all open notes, or for those that are named: for each, another take of the piece it is
    about. Approve the quote as any other (`start_run`); nothing is made or spent before."""
    PLANS.count_request(request)
    return applied(film(request, task_id), body.notes if body else None)


def applied(task: Task, chosen: Collection[UUID] | None) -> AppliedQuote:
    """Return the quote for these notes, or for all open ones, with those that it leaves open."""
    found = applying.quote(task, chosen)
    left = [{"note": note, "reason": reason, "message": REASONS[reason]} for note, reason in found.left.items()]
    return AppliedQuote(**quotes.as_dict(found.quote), left=left)


@router.get(
    "tasks/{task_id}/approvals",
    response={200: GuestApprovalPage, **refusals(*READING)},
    summary="What guests said yes or no to",
    auth=needs(Scope.SHARES),
)
def list_approvals(request: HttpRequest, task_id: TaskId) -> dict[str, Any]:
    return whole([GuestApproval.of(each) for each in approvals.of_film(film(request, task_id))])


def _cut(task: Task) -> cuts.Cut | None:
    try:
        return cuts.newest(task)
    except NotFound:
        return None
