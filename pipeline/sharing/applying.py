"""Open notes as one quoted change: for each a new take of the piece it is about, with its words as instruction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from pipeline.models import Note, Quote, Task
from pipeline.planning.kinds import Kind, kind_of
from pipeline.planning.plan import TO_BE_MADE, Plan
from pipeline.services import quotes, writing
from pipeline.sharing import note_wishes, notes
from pipeline.sharing.note_wishes import Reason
from pixora.foundation.errors import Conflict, NotFound

LONGEST_INSTRUCTION = 2_000
BETWEEN = "; "


@dataclass
class Changes:
    """The changes that notes ask for: for each piece an instruction and the notes' ids; and notes that ask for none."""

    forced: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    left: dict[str, Reason] = field(default_factory=dict)

    def add(self, note: Note, piece: str) -> None:
        """Put a note's words into the instruction of a piece, where there is still room for them."""
        words = BETWEEN.join(filter(None, (self.forced.get(piece, ""), " ".join(note.text.split()))))
        if len(words) > LONGEST_INSTRUCTION:
            self.left[str(note.id)] = "full"
            return
        self.forced[piece] = words
        self.notes.setdefault(piece, []).append(str(note.id))


@dataclass(frozen=True)
class Applied:
    """The offer for all that the notes ask for, and the notes that it leaves open, each with the reason."""

    quote: Quote
    left: Mapping[str, Reason]

    @property
    def note_count(self) -> int:
        """The number of notes it is for."""
        return len({note for ids in self.quote.notes.values() for note in ids})


def quote(task: Task, chosen: Collection[UUID] | None = None) -> Applied:
    """Quote what all open notes ask for, or those that are named. Nothing is changed or spent by it.

    Raises NotFound for a note that is not on this film or not open, Conflict where no note asks for a change and while
    the script is being written.
    """
    writing.check_is_over(task)
    found = _changes(task, _wanted(task, chosen))
    if not found.forced:
        details = {"left": [{"note": note, "reason": reason} for note, reason in found.left.items()]}
        raise Conflict("No open note asks for a change that can be made.", code="not_ready", details=details)
    approved, named = _with_clips(task, found)
    return Applied(quotes.quote(task=task, approved=approved, forced=found.forced, notes=named), found.left)


def _wanted(task: Task, chosen: Collection[UUID] | None) -> list[Note]:
    waiting = notes.open_notes(task)
    if chosen is None:
        return waiting
    strangers = set(chosen) - {note.id for note in waiting}
    if strangers:
        raise NotFound("notes: one of them is not on this film, or is not open any more.")
    return [note for note in waiting if note.id in set(chosen)]


def _changes(task: Task, wanted: Collection[Note]) -> Changes:
    plan, own, found = quotes.outlook(task), _own_files(task), Changes()
    for note in wanted:
        asked = note_wishes.asked(note.text)
        piece = _piece(plan, asked, note.scene) if isinstance(asked, Kind) else ""
        if not isinstance(asked, Kind):
            found.left[str(note.id)] = asked
        elif not piece:
            found.left[str(note.id)] = "not_there" if _piece(plan, Kind.STILL, note.scene) else "scene_gone"
        elif {piece, *_clip(piece)} & own:
            found.left[str(note.id)] = "own"
        else:
            found.add(note, piece)
    return found


def _piece(plan: Plan, kind: Kind, scene: int) -> str:
    """The key of a scene's piece of this kind; empty where the film has none."""
    if kind is Kind.MUSIC:
        groups = (key for key in plan.decisions if kind_of(key) is Kind.MUSIC)
        return next((key for key in groups if str(scene) in key.partition("/")[2].split("_")), "")
    key = f"{kind.value}/{scene}"
    return key if key in plan.decisions else ""


def _clip(piece: str) -> tuple[str, ...]:
    """The clip that is made from a picture."""
    return (f"{Kind.CLIP.value}/{piece.partition('/')[2]}",) if kind_of(piece) is Kind.STILL else ()


def _own_files(task: Task) -> set[str]:
    """The pieces whose selected take the film's owner has uploaded."""
    return {asset.component for asset in task.assets.filter(selected=True) if asset.own_file is not None}


def _with_clips(task: Task, found: Changes) -> tuple[list[str], dict[str, list[str]]]:
    """Return what else has to be made for the film to show it: a new picture's clip, which is for the same notes."""
    named, approved = dict(found.notes), []
    plan = quotes.outlook(task, approved=[clip for piece in found.forced for clip in _clip(piece)], forced=found.forced)
    for piece in found.forced:
        for clip in _clip(piece):
            decision = plan.decisions.get(clip)
            if decision and decision.action in TO_BE_MADE:
                approved.append(clip)
                named[clip] = [*named.get(clip, []), *found.notes[piece]]
    return approved, named
