"""The notes and approvals that a link's guests see: their own and each other's, and the owner's answers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from pipeline.models import Approval, Can, Note, Share
from pipeline.sharing import link_tokens, notes
from pipeline.sharing.cuts import Cut, Scene


@dataclass(frozen=True)
class Shown:
    """A note as a page shows it, with its answers. `clock` is its moment in the cut, empty where its scene is gone."""

    note: Note
    scene: Scene | None
    at: float | None
    state: str
    is_mine: bool
    answers: tuple[Note, ...]

    @property
    def clock(self) -> str:
        return "" if self.at is None else clock(self.at)


def visible(share: Share) -> QuerySet[Note]:
    """Return the notes that the link's guests may read: those of the link, and the owner's answers to them."""
    return notes.of_film(share.task).filter(Q(share=share) | Q(share=None, parent__share=share))


def shown(share: Share, cut: Cut, *, author_key: str = "") -> dict[str, Any]:
    """Return what the page shows beside the film. `author_key` tells which notes are the asking guest's own."""
    hashed = link_tokens.hash_of(author_key) if author_key else ""
    approved = {each.scene: each for each in share.approvals.all()} if share.can == Can.APPROVE else {}
    return {
        "can_comment": True,
        "can_approve": share.can == Can.APPROVE,
        "notes": _threads(list(visible(share)), cut, hashed),
        "film_approval": approved.get(Approval.FILM),
        "scene_approvals": [(scene, approved.get(scene.id)) for scene in cut.scenes],
    }


def _threads(found: list[Note], cut: Cut, hashed: str) -> list[Shown]:
    """Return the threads in the order of the film; those whose scene is gone come last."""
    roots = [_one(note, found, cut, hashed) for note in found if note.parent_id is None]
    return sorted(roots, key=lambda one: (one.at is None, one.at or 0.0))


def _one(note: Note, found: list[Note], cut: Cut, hashed: str) -> Shown:
    answers = tuple(each for each in found if each.parent_id == note.id)
    is_mine = bool(hashed) and note.author_hash == hashed
    at = cut.moment(note.scene, note.at_ms)
    return Shown(note, cut.scene(note.scene), at, notes.state(note), is_mine, answers)


def clock(seconds: float) -> str:
    """PURE: a moment of a film as people say it: 1:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
