"""The answers that clients get about notes and approvals, owners and guests alike."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from pipeline import models
from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.sharing import approvals, notes
from pipeline.sharing.cuts import Cut
from pixora.foundation.pagination import Page

NOTE_ID = "0f6a2c1e-8d7b-4c39-9a58-2b6c7f6f9d44"
SHARE_ID = "5b0f2f0e-1f4b-4a55-9a3f-3f5f4b1d7c20"
NOTE: dict[str, Any] = {
    "id": NOTE_ID,
    "scene": 2,
    "at_ms": 1500,
    "at": 6.5,
    "take": 1,
    "name": "Ben",
    "by_owner": False,
    "text": "The logo is too small here.",
    "parent": None,
    "state": "open",
    "resolved_by": "",
    "piece": None,
    "piece_take": None,
    "created_at": examples.WHEN,
}
APPROVAL: dict[str, Any] = {
    "share_id": SHARE_ID,
    "scene": "film",
    "yes": True,
    "name": "Ben",
    "take": 1,
    "given_at": examples.WHEN,
}


class GuestNote(BaseModel):
    """A note on a moment of a film. What it says is plain text by a stranger: show it as such."""

    model_config = example(NOTE)

    id: UUID
    scene: int = Field(description="The scene's id.")
    at_ms: int = Field(description="From the scene's beginning.")
    at: float | None = Field(description="Seconds from the beginning of this cut; null: its scene is not in it.")
    take: int = Field(description="The cut that its author saw.")
    name: str
    by_owner: bool
    text: str
    parent: UUID | None = Field(description="The note that this one answers.")
    state: Literal["open", "in_work", "done", "resolved"] = Field(
        description="`in_work`: a run changes something for it; `done`: such a run ended well."
    )
    resolved_by: str
    piece: str | None = Field(description="The component that is made anew for it.")
    piece_take: int | None = Field(description="The take that was made for it.")
    created_at: datetime

    @classmethod
    def of(cls, note: models.Note, cut: Cut | None, **more: Any) -> Any:
        return cls(**notes.told(note, cut), **more)


class Note(GuestNote):
    model_config = example({**NOTE, "share_id": SHARE_ID, "run_id": None})

    share_id: UUID | None = Field(description="The link it came by; null: the owner's own.")
    run_id: str | None = Field(description="The run that is to change something for it.")

    @classmethod
    def of(cls, note: models.Note, cut: Cut | None, **more: Any) -> Any:
        return super().of(note, cut, share_id=note.share_id, **more)


class NotePage(Page[Note]):
    model_config = examples.page({**NOTE, "share_id": SHARE_ID, "run_id": None})


class GuestNotePage(Page[GuestNote]):
    model_config = examples.page(NOTE)


class LeftNote(GuestNote):
    """A note that was just left, with the secret of its author."""

    model_config = example({**NOTE, "author_key": "c" * 43})

    author_key: str = Field(description="By it you may resolve the note later. It is told this once.")


class GuestApproval(BaseModel):
    """A guest's yes or no, to a scene or to the film."""

    model_config = example(APPROVAL)

    share_id: UUID
    scene: int | Literal["film"]
    yes: bool
    name: str
    take: int = Field(description="The cut that was seen.")
    given_at: datetime

    @classmethod
    def of(cls, found: models.Approval) -> GuestApproval:
        return cls(**approvals.told(found))


class GuestApprovalPage(Page[GuestApproval]):
    model_config = examples.page(APPROVAL)
