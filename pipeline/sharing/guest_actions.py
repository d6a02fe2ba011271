"""The things that guests do by a link, for its pages and for REST alike: only what it lets them, and not too often."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.http import HttpRequest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.models import Approval, Can, Note, Share
from pipeline.sharing import approvals, cuts, links, notes, reviews
from pixora.foundation.errors import Forbidden, Invalid, NotFound
from pixora.foundation.plain_sentences import plain_sentence
from pixora.foundation.request_limits import Limit, client_address

GUESSES = Limit("share-guesses", times=30)
"""Guesses of tokens that open nothing, from one address."""
PASSWORDS = Limit("share-passwords", times=5)
PASSWORDS_OF_LINK = Limit("share-passwords-of-link", times=50, window_s=15 * 60)
"""Tries at one link, from however many addresses."""
WRITING = Limit("share-writing", times=20, a_day=300)
WRITING_BY_LINK = Limit("share-writing-by-link", times=60, a_day=1_000)
LONGEST_SCENE_ID = 2**31 - 1
LONGEST_MOMENT_MS = 3_600_000
PLAIN = r"^[^\x00]*$"

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=notes.LONGEST_NAME, pattern=PLAIN)
]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=notes.LONGEST_TEXT, pattern=PLAIN)
]
AuthorKey = Annotated[str, StringConstraints(min_length=32, max_length=100, pattern=r"^[\w-]+$")]
Nothing = BeforeValidator(lambda value: None if value == "" else value)
"""A field that a form sends although it was left empty."""
Given = TypeVar("Given", bound=BaseModel)

NOTE: dict[str, Any] = {"scene": 2, "at_ms": 1500, "text": "The logo is too small here.", "name": "Ben"}


class NewNote(BaseModel):
    """A note on a moment of a scene, or with `parent` an answer, which stands where the note does."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [NOTE]})

    scene: int = Field(0, ge=0, le=LONGEST_SCENE_ID, description="The scene's id; an answer needs none.")
    at_ms: int = Field(0, ge=0, le=LONGEST_MOMENT_MS, description="From the scene's beginning.")
    text: Text
    name: Name
    parent: Annotated[UUID | None, Nothing] = None
    author_key: Annotated[AuthorKey | None, Nothing] = Field(
        None, description="A secret of your own, by which you may resolve the note later; one is made without it."
    )


class Resolution(BaseModel):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"author_key": "c" * 32}]})

    author_key: AuthorKey = Field(description="The secret that the note came with.")
    resolved: bool = True


class NewApproval(BaseModel):
    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"scene": "film", "yes": True, "name": "Ben"}]}
    )

    scene: Annotated[int, Field(ge=1, le=LONGEST_SCENE_ID)] | Literal["film"] = Field(
        description="The scene's id, or `film` for all of it."
    )
    yes: bool
    name: Name


def link(request: HttpRequest, token: str) -> Share:
    """The link with this token. Raises NotFound, and RateLimited for who has named too many that are none."""
    try:
        return links.by_token(token)
    except NotFound:
        GUESSES.count(client_address(request))
        raise


def unlock(request: HttpRequest, share: Share, password: str) -> str:
    """Return the pass for a password. Raises NotAuthenticated, and RateLimited after too many tries."""
    PASSWORDS.count(f"{share.id} {client_address(request)}")
    PASSWORDS_OF_LINK.count(str(share.id))
    return links.unlock(share, password)


def leave_note(request: HttpRequest, share: Share, given: NewNote) -> Note:
    """Keep a guest's note. Raises Forbidden where the link does not let them."""
    _count(request, share, Can.COMMENT)
    if given.parent:
        _visible(share, given.parent)
    told = given.model_dump(exclude_none=True)
    return notes.add(share.task, notes.Draft(**told), cuts.shown_by(share), share=share)


def with_author_key(given: NewNote) -> NewNote:
    return given if given.author_key else given.model_copy(update={"author_key": secrets.token_urlsafe(32)})


def resolve_note(request: HttpRequest, share: Share, note_id: UUID, given: Resolution) -> Note:
    """Resolve a guest's own note. Raises Forbidden for other people's."""
    _count(request, share, Can.COMMENT)
    note = _visible(share, note_id)
    notes.check_author(note, given.author_key)
    return notes.resolve(note, by=note.name, resolved=given.resolved)


def approve(request: HttpRequest, share: Share, given: NewApproval) -> Approval:
    """Keep a guest's yes or no. Raises Forbidden where the link does not let them."""
    _count(request, share, Can.APPROVE)
    scene = Approval.FILM if given.scene == "film" else given.scene
    return approvals.give(share, cuts.shown_by(share), scene=scene, yes=given.yes, name=given.name)


def read(kind: type[Given], form: Mapping[str, Any]) -> Given:
    """Read what a form sent. Raises Invalid, naming the field."""
    fields = {name: form[name] for name in kind.model_fields if form.get(name, "") != ""}
    seconds = form.get("seconds", "")
    if "at_ms" in kind.model_fields and seconds and "at_ms" not in fields:
        fields["at_ms"] = _milliseconds(seconds)
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        violation = plain_sentence(error.errors(include_url=False)[0])
        raise Invalid(f"{violation}.", field=violation.field) from None


def _milliseconds(text: str) -> int:
    try:
        return int(1000 * max(0.0, min(float(text.replace(",", ".")), LONGEST_MOMENT_MS / 1000)))
    except ValueError:
        raise Invalid("seconds: give a number of seconds.", field="seconds") from None


def _count(request: HttpRequest, share: Share, needed: Can) -> None:
    if not lets(share, needed):
        raise Forbidden(f"This link does not let you {needed.label.split(' ')[-1]}: ask its owner for one that does.")
    WRITING.count(f"{share.id} {client_address(request)}")
    WRITING_BY_LINK.count(str(share.id))


def lets(share: Share, needed: Can) -> bool:
    """PURE: tell whether a link lets its guests do this."""
    order = list(Can)
    return order.index(Can(share.can)) >= order.index(needed)


def _visible(share: Share, note_id: UUID) -> Note:
    found = reviews.visible(share).filter(id=note_id).first()
    if found is None:
        raise NotFound("There is no such note here: it was removed.")
    return found
