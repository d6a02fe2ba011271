"""The operations on links that show a film to people without an account, for the film's owner."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pipeline import models
from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.api.parameters import CHANGES, CHANGING, READING, TaskId, film
from pipeline.models import Can, Follow
from pipeline.sharing import link_tokens, links
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize

NEWEST_FIRST = Listing("shares", ("created_at", "id"), descending=True)
ID = "5b0f2f0e-1f4b-4a55-9a3f-3f5f4b1d7c20"
SHARE: dict[str, Any] = {
    "id": ID,
    "can": "comment",
    "follow": "newest",
    "versions": False,
    "has_password": False,
    "embed_origins": [],
    "expires_at": "2026-04-01T12:00:00Z",
    "opens": 3,
    "first_opened_at": examples.WHEN,
    "last_opened_at": examples.WHEN,
    "notes": 2,
    "created_at": examples.WHEN,
}
URL = "https://pixora.example/s/" + "pxs_" + "J7kQ2mZx9TgBv5NcYeLr3wXaFh8uPs4o"
LONGEST_LIFE_DAYS = 3_650

Password = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Origins = Annotated[
    list[Annotated[str, StringConstraints(max_length=300)]],
    Field(max_length=links.MOST_ORIGINS, description="Whose pages may show the player in a frame: https://example.org"),
]
Days = Annotated[int | None, Field(None, ge=1, le=LONGEST_LIFE_DAYS, description="Null: it does not expire.")]

router = Router(tags=["shares"])


class NewShare(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"can": "comment", "expires_in_days": 30}))

    can: Can = Field(description="`view`, `comment` or `approve`; each may do what the one before it may.")
    expires_in_days: Days
    password: Password = Field("", description="Guests are asked for it; empty for none. Only a hash is kept.")
    follow: Follow = Field(Follow.NEWEST, description="`newest`: always the newest cut; `this`: the cut of now.")
    embed_origins: Origins = []
    versions: bool = Field(
        False, description="Its guests may switch to the film's other languages and shapes that are finished."
    )


class ShareChanges(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"can": "approve"}))

    can: Can | None = None
    expires_in_days: Days
    password: Password | None = Field(None, description="Another one ends what the one before has opened.")
    follow: Follow | None = None
    embed_origins: Origins | None = None
    versions: bool | None = None


class Share(BaseModel):
    """A link to a film, as the film's owner sees it."""

    model_config = example(SHARE)

    id: UUID
    can: Can
    follow: Follow
    versions: bool
    has_password: bool
    embed_origins: list[str]
    expires_at: datetime | None
    opens: int = Field(description="How often its page was opened; programs that make cards of links do not count.")
    first_opened_at: datetime | None
    last_opened_at: datetime | None
    notes: int = Field(description="Left by its guests.")
    created_at: datetime

    @classmethod
    def of(cls, found: models.Share, **more: Any) -> Any:
        kept = {name: getattr(found, name) for name in SHARE if name not in ("has_password", "notes")}
        return cls(**kept, has_password=bool(found.password), notes=found.notes.count(), **more)


class ShownShare(Share):
    """A link with its address."""

    model_config = example({**SHARE, "url": URL})

    url: str = Field(description="Whoever has it can open the link. It is told this once.")


class SharePage(Page[Share]):
    model_config = examples.page(SHARE)


@router.get(
    "tasks/{task_id}/shares",
    response={200: SharePage, **refusals(*READING)},
    summary="Links to a film, newest first",
    auth=needs(Scope.SHARES),
)
def list_shares(request: HttpRequest, task_id: TaskId, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    found = NEWEST_FIRST.page(links.kept(film(request, task_id)), cursor, limit)
    return found.page([Share.of(each) for each in found.rows])


@router.post(
    "tasks/{task_id}/shares",
    response={201: ShownShare, **refusals(*CHANGING)},
    summary="Make a link to a film",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def create_share(request: HttpRequest, task_id: TaskId, body: NewShare) -> Status[ShownShare]:
    """Make a link by which people without an account watch the film, leave notes or approve. Its address is in this
    answer and nowhere else."""
    CHANGES.count_request(request)
    share, token = links.create(film(request, task_id), links.Wish(**body.model_dump()))
    return Status(201, ShownShare.of(share, url=link_tokens.page_url(token)))


@router.get(
    "tasks/{task_id}/shares/{uuid:share_id}",
    response={200: Share, **refusals(*READING)},
    summary="One link",
    auth=needs(Scope.SHARES),
)
def get_share(request: HttpRequest, task_id: TaskId, share_id: UUID) -> Share:
    shown: Share = Share.of(links.find(film(request, task_id), share_id))
    return shown


@router.patch(
    "tasks/{task_id}/shares/{uuid:share_id}",
    response={200: Share, **refusals(*CHANGING)},
    summary="Change a link",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def change_share(request: HttpRequest, task_id: TaskId, share_id: UUID, body: ShareChanges) -> Share:
    """Change what is given; its address stays the same."""
    CHANGES.count_request(request)
    found = links.find(film(request, task_id), share_id)
    shown: Share = Share.of(links.change(found, body.model_dump(exclude_unset=True)))
    return shown


@router.delete(
    "tasks/{task_id}/shares/{uuid:share_id}",
    response={204: None, **refusals(*CHANGING)},
    summary="Take a link back",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.SHARES),
)
def revoke_share(request: HttpRequest, task_id: TaskId, share_id: UUID) -> Status[None]:
    """End it at once. An address of a file that a guest's player has already been given holds for an hour at most."""
    CHANGES.count_request(request)
    links.revoke(links.find(film(request, task_id), share_id))
    return Status(204, None)
