"""Notes on moments of a film: left by guests and by its owner, answered, resolved, and told to whoever follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from pipeline.events import history
from pipeline.models import Note, RunStatus, Share, Step, Task
from pipeline.sharing import cuts, link_tokens
from pixora.foundation.errors import Conflict, Forbidden, Invalid, NotFound

MOST_NOTES = 1_000
"""The most notes of a film; more would be read by nobody."""
LONGEST_TEXT, LONGEST_NAME = 2_000, 80
OWNER = "Owner"
STATES = ("open", "in_work", "done", "resolved")


@dataclass(frozen=True)
class Draft:
    """A note as it was written. `author_key` is the secret by which its guest later proves to be its author."""

    scene: int
    at_ms: int
    text: str
    name: str = OWNER
    parent: UUID | None = None
    author_key: str = ""


def of_film(task: Task) -> QuerySet[Note]:
    """Return the film's notes, oldest first, with their runs and the take that each one's run has made for it."""
    made = Step.objects.filter(run=OuterRef("run"), component=OuterRef("piece")).values("asset__take")[:1]
    return task.notes.select_related("run").annotate(made_take=Subquery(made)).order_by("created_at", "id")


def find(task: Task, note_id: UUID) -> Note:
    """Raises NotFound, for notes on other films too."""
    found = of_film(task).filter(id=note_id).first()
    if found is None:
        raise NotFound("There is no such note on this film: it was removed.")
    return found


def add(task: Task, draft: Draft, cut: cuts.Cut, *, share: Share | None = None) -> Note:
    """Keep a note, by the guest of a link or (without one) by the owner; an answer stands where its note does.

    Raises Invalid where the cut has no such scene, NotFound for an answer to a note that is gone, Conflict where there
    are too many.
    """
    with transaction.atomic():
        Task.objects.select_for_update(no_key=True).get(id=task.id)
        if task.notes.count() >= MOST_NOTES:
            raise Conflict(f"This film has {MOST_NOTES} notes: resolve and remove some first.", code="not_ready")
        place = _place(task, draft, cut)
        hashed = link_tokens.hash_of(draft.author_key) if draft.author_key else ""
        said = {"name": draft.name, "text": draft.text, "author_hash": hashed, "take": cut.take}
        note = Note.objects.create(task=task, share=share, **place, **said)
        note.refresh_from_db(fields=["created_at"])
        history.publish(task.id, "note_added", {"note": told(note, cut)})
    return note


def _place(task: Task, draft: Draft, cut: cuts.Cut) -> dict[str, Any]:
    if draft.parent:
        parent = find(task, draft.parent)
        root = parent.parent or parent
        return {"scene": root.scene, "at_ms": root.at_ms, "parent": root}
    scene = cut.scene(draft.scene)
    if scene is None:
        raise Invalid(f"scene: this film has no scene {draft.scene}; take one of its scenes.", field="scene")
    return {"scene": scene.id, "at_ms": min(draft.at_ms, int(1000 * scene.seconds))}


def resolve(note: Note, *, by: str = OWNER, resolved: bool = True) -> Note:
    """Say that a note is dealt with, or that it is not after all. Repeating it tells nobody again."""
    with transaction.atomic():
        asked = Note.objects.filter(id=note.id, resolved_at__isnull=resolved)
        at = timezone.now() if resolved else None
        if asked.update(resolved_at=at, resolved_by=by if resolved else ""):
            payload = {"note_id": str(note.id), "resolved": resolved, "by": by if resolved else ""}
            history.publish(note.task_id, "note_resolved", payload)
    note.refresh_from_db()
    return note


def check_author(note: Note, author_key: str) -> None:
    """Raises Forbidden where this is not the secret that the note came with."""
    if not (note.author_hash and constant_time_compare(note.author_hash, link_tokens.hash_of(author_key))):
        raise Forbidden("Only its author and the film's owner can resolve this note.")


def remove(note: Note) -> None:
    """Remove a note and the answers to it for good, as its film's owner wishes."""
    with transaction.atomic():
        removed, _ = Note.objects.filter(id=note.id).delete()
        if removed:
            payload = {"note_id": str(note.id), "resolved": True, "removed": True, "by": OWNER}
            history.publish(note.task_id, "note_resolved", payload)


def state(note: Note) -> str:
    """Tell whether a note is open, in the work of a run, done by one that ended well, or resolved by somebody."""
    if note.resolved_at:
        return "resolved"
    match note.run.status if note.run else None:
        case RunStatus.SUCCEEDED:
            return "done"
        case RunStatus.QUEUED | RunStatus.RUNNING:
            return "in_work"
    return "open"


def open_notes(task: Task) -> list[Note]:
    """Return the film's notes that nobody has dealt with, without answers to others."""
    waiting = of_film(task).filter(parent=None, resolved_at=None)
    return [note for note in waiting if state(note) == "open"]


def told(note: Note, cut: cuts.Cut | None) -> dict[str, Any]:
    """A note as clients are told of it; `at` is its moment in this cut, in seconds, null where its scene is gone."""
    return {
        "id": str(note.id),
        "scene": note.scene,
        "at_ms": note.at_ms,
        "at": cut.moment(note.scene, note.at_ms) if cut else None,
        "take": note.take,
        "name": note.name,
        "by_owner": note.share_id is None,
        "text": note.text,
        "parent": str(note.parent_id) if note.parent_id else None,
        "state": state(note),
        "resolved_by": note.resolved_by,
        "piece": note.piece or None,
        "piece_take": getattr(note, "made_take", None),
        "run_id": note.run_id,
        "created_at": note.created_at.isoformat(),
    }
