"""The operations for guests: whoever has a link's token, and opens by it what the link lets them, and nothing else."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Header, Path, Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from pipeline.api.credential_answers import Credentials
from pipeline.api.examples import CREDENTIALS, example
from pipeline.api.links import CAPTIONS_DRAWN, Link
from pipeline.api.note_answers import GuestApproval, GuestNote, GuestNotePage, LeftNote
from pipeline.models import Can, Share
from pipeline.sharing import cuts, guest_actions, links, reviews, version_choice
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Forbidden
from pixora.foundation.pagination import Cursor, Listing, PageSize

OLDEST_FIRST = Listing("guest-notes", ("created_at", "id"))
GUESTS_READING = (401, 403, 404, 422, 429, 503)
GUESTS_WRITING = (401, 403, 404, 409, 413, 422, 429, 503)
LINK = {"url": "/media/asset_k3j5x8v2m9q7z1f0/fullvideo.mp4", "signed_url": "/media/asset_k3j5x8v2m9q7z1f0/fullvideo.mp4?s=1vC8xT.3mZ9kQpLr0a"}  # fmt: skip  # noqa: E501
SHOWN: dict[str, Any] = {
    "title": "Beyond the blue",
    "can": "comment",
    "duration": 15.0,
    "take": 1,
    "film": LINK["signed_url"],
    "poster": None,
    "captions": None,
    "captions_drawn": False,
    "scenes": [{"scene": 1, "place": 1, "title": "Ignition", "start": 0.0, "seconds": 5.0}],
    "credentials": CREDENTIALS,
    "versions": [{"version": "en-16x9", "language": "en", "aspect_ratio": "16:9"},
                 {"version": "es-16x9", "language": "es", "aspect_ratio": "16:9"}],
}  # fmt: skip

Token = Annotated[str, Path(max_length=100, description="Of the link, from its address.")]
Pass = Annotated[
    str,
    Header("", alias="X-Share-Pass", max_length=200, description="From `unlock`, where the link has a password."),
]

router = Router(tags=["guests"], auth=None)


class SharedScene(BaseModel):
    scene: int = Field(description="Its id.")
    place: int
    title: str
    start: float = Field(description="In seconds.")
    seconds: float


class SharedVersion(BaseModel):
    version: str = Field(description="Ask with it for this version.")
    language: str
    aspect_ratio: str


class SharedFilm(BaseModel):
    """The film that a link shows, as its guests see it."""

    model_config = example(SHOWN)

    title: str
    can: Can
    duration: float
    take: int = Field(description="The number of the cut.")
    film: str = Field(description="An address that opens for an hour.")
    poster: str | None
    captions: str | None
    captions_drawn: bool = Field(description=CAPTIONS_DRAWN)
    scenes: list[SharedScene]
    credentials: Credentials = Field(description="What the film's file says of its making, and who signed that.")
    versions: list[SharedVersion] = Field(
        [], description="The film's languages and shapes, its own first; empty where the link shows it alone."
    )


class PasswordGiven(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"password": "a lantern in the fog"}))

    password: str = Field(max_length=200)


class Unlocked(BaseModel):
    model_config = example({"share_pass": "5b0f2f0e-1f4b-4a55:1vC8xT:3mZ9kQpLr0a"})

    share_pass: str = Field(description="Send it as `X-Share-Pass`; it holds for twelve hours.")


@router.get(
    "shares/{token}",
    response={200: SharedFilm, **refusals(*GUESTS_READING)},
    summary="The film behind a link",
    openapi_extra=guest_actions.GUESSES.told,
)
def get_shared_film(
    request: HttpRequest,
    token: Token,
    share_pass: Pass,
    version: Annotated[str, Query("", max_length=20, description="One of `versions`; left out: the film itself.")],
) -> SharedFilm:
    share = _share(request, token, share_pass)
    task, cut = version_choice.shown(share, version)
    files = {"film": cut.video.asset, "poster": cut.poster, "captions": cut.captions}
    opened = {name: found.signed_url if (found := Link.to(asset)) else None for name, asset in files.items()}
    scenes = [SharedScene(scene=each.id, place=each.place, title=each.title, start=each.start, seconds=each.seconds)
              for each in cut.scenes]  # fmt: skip
    told = {"title": task.title, "can": share.can, "duration": cut.video.duration, "take": cut.take,
            "captions_drawn": cut.has_drawn_captions}  # fmt: skip
    others = [SharedVersion(version=each.key, language=each.language, aspect_ratio=each.aspect_ratio)
              for each in version_choice.versions_of(share)]  # fmt: skip
    return SharedFilm(**told, **opened, scenes=scenes, credentials=Credentials.of(cut.video), versions=others)


@router.post(
    "shares/{token}/unlock",
    response={200: Unlocked, **refusals(*GUESTS_READING)},
    summary="Give a link's password",
    openapi_extra=guest_actions.PASSWORDS.told,
)
def unlock_share(request: HttpRequest, token: Token, body: PasswordGiven) -> Unlocked:
    share = guest_actions.link(request, token)
    return Unlocked(share_pass=guest_actions.unlock(request, share, body.password))


@router.get(
    "shares/{token}/notes",
    response={200: GuestNotePage, **refusals(*GUESTS_READING)},
    summary="Notes of a link's guests, and the owner's answers to them",
    openapi_extra=guest_actions.GUESSES.told,
)
def list_shared_notes(
    request: HttpRequest, token: Token, share_pass: Pass, cursor: Cursor, limit: PageSize
) -> dict[str, Any]:
    share = _share(request, token, share_pass)
    if not guest_actions.lets(share, Can.COMMENT):
        raise Forbidden("This link shows no notes: ask its owner for one that does.")
    found, cut = OLDEST_FIRST.page(reviews.visible(share), cursor, limit), cuts.shown_by(share)
    return found.page([GuestNote.of(each, cut) for each in found.rows])


@router.post(
    "shares/{token}/notes",
    response={201: LeftNote, **refusals(*GUESTS_WRITING)},
    summary="Leave a note, or answer one",
    openapi_extra=guest_actions.WRITING.told,
)
def leave_note(request: HttpRequest, token: Token, share_pass: Pass, body: guest_actions.NewNote) -> Status[LeftNote]:
    share, given = _share(request, token, share_pass), guest_actions.with_author_key(body)
    note = guest_actions.leave_note(request, share, given)
    return Status(201, LeftNote.of(note, cuts.shown_by(share), author_key=given.author_key))


@router.post(
    "shares/{token}/notes/{uuid:note_id}/resolve",
    response={200: GuestNote, **refusals(*GUESTS_WRITING)},
    summary="Resolve one's own note",
    openapi_extra=guest_actions.WRITING.told,
)
def resolve_shared_note(
    request: HttpRequest, token: Token, note_id: UUID, share_pass: Pass, body: guest_actions.Resolution
) -> GuestNote:
    share = _share(request, token, share_pass)
    note = guest_actions.resolve_note(request, share, note_id, body)
    shown: GuestNote = GuestNote.of(note, cuts.shown_by(share))
    return shown


@router.post(
    "shares/{token}/approvals",
    response={200: GuestApproval, **refusals(*GUESTS_WRITING)},
    summary="Say yes or no to a scene, or to the film",
    openapi_extra=guest_actions.WRITING.told,
)
def approve_shared(
    request: HttpRequest, token: Token, share_pass: Pass, body: guest_actions.NewApproval
) -> GuestApproval:
    return GuestApproval.of(guest_actions.approve(request, _share(request, token, share_pass), body))


def _share(request: HttpRequest, token: str, share_pass: str) -> Share:
    share = guest_actions.link(request, token)
    links.check_pass(share, share_pass)
    return share
