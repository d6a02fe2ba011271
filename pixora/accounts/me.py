"""Oneself over REST: who one is, what one has chosen, one's password and devices."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from pixora.accounts import ledger, mail, passwords, services, sessions
from pixora.accounts.api import ID, WHEN
from pixora.accounts.auth import signed_in_user
from pixora.accounts.models import Session
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Conflict
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize, whole
from pixora.foundation.request_limits import Limit

NEWEST_FIRST = Listing("sessions", ("created_at", "id"), descending=True)
CHANGES = Limit("account-changes", times=60)
PASSWORDS = Limit("password", times=5, window_s=15 * 60)
"""Of one account: whoever sits at somebody's open browser may guess no more than whoever signs in."""
LONGEST_PASSWORD = 128

router = Router(tags=["accounts"])


class Credits(Schema):
    balance: int = Field(examples=[1000])
    held: int = Field(description="Set aside for runs under way; already taken off the balance.", examples=[0])


class Me(Schema):
    id: UUID = Field(examples=[ID])
    email: str = Field(examples=["ann@example.org"])
    is_staff: bool = Field(examples=[False])
    credits: Credits
    session_ends_at: datetime = Field(examples=[WHEN])
    accounts: Literal["pixora", "supabase"] = Field(description="Who keeps the accounts.", examples=["pixora"])
    has_password: bool = Field(description="One that is kept here.", examples=[True])
    can_change_password: bool = Field(description="False: it is kept where the account is.", examples=[True])
    mail_possible: bool = Field(description="Whether mails can be sent to this user.", examples=[True])
    mail_when_ready: bool = Field(description="A mail says that a film is ready.", examples=[False])

    @classmethod
    def of(cls, session: Session) -> Me:
        user, account = session.user, ledger.account(session.user)
        return cls(
            id=user.id,
            email=user.email,
            is_staff=user.is_staff,
            credits=Credits(balance=account.balance, held=account.held),
            session_ends_at=session.expires_at,
            accounts="supabase" if settings.PIXORA_SUPABASE_ACCOUNTS else "pixora",
            has_password=user.has_usable_password(),
            can_change_password=passwords.is_kept_here(user),
            mail_possible=mail.can_reach(user),
            mail_when_ready=user.mail_when_ready,
        )


class MyChanges(Schema):
    mail_when_ready: bool = Field(description="Whether a mail says that a film is ready.", examples=[True])


class NewPassword(Schema):
    current_password: str = Field(
        "",
        max_length=LONGEST_PASSWORD,
        description="Not needed where there is none.",
        examples=["a lantern in the fog"],
    )
    new_password: str = Field(max_length=LONGEST_PASSWORD, examples=["two lanterns at the pier"])


class Ended(Schema):
    ended: int = Field(description="How many other sessions there were.", examples=[2])


SIGNED_IN: dict[str, Any] = {
    "id": ID,
    "device": "Firefox on Windows",
    "is_this": True,
    "created_at": WHEN,
    "expires_at": WHEN,
}


class SignedIn(Schema):
    model_config = ConfigDict(json_schema_extra={"examples": [SIGNED_IN]})

    id: UUID
    device: str = Field(description="As it named itself; empty where it did not.")
    is_this: bool = Field(description="The one that asks.")
    created_at: datetime
    expires_at: datetime


class SessionPage(Page[SignedIn]):
    model_config = ConfigDict(json_schema_extra={"examples": [whole([SIGNED_IN])]})


@router.get("me", response={200: Me, **refusals(401, 503)}, summary="Who is signed in")
def get_me(request: HttpRequest) -> Me:
    services.renew_local_credits(signed_in_user(request))
    return Me.of(_session(request))


@router.patch(
    "me",
    response={200: Me, **refusals(401, 403, 409, 422, 429, 503)},
    summary="Change what one is told by mail",
    openapi_extra=CHANGES.told,
)
def change_me(request: HttpRequest, body: MyChanges) -> Me:
    """`not_ready` where no mail can be sent: `mail_possible` tells."""
    CHANGES.count_request(request)
    user = signed_in_user(request)
    if body.mail_when_ready and not mail.can_reach(user):
        raise Conflict(
            "No mail can be sent here: whoever runs this service has named no mail server.", code="not_ready"
        )
    user.mail_when_ready = body.mail_when_ready
    user.save(update_fields=["mail_when_ready"])
    return Me.of(_session(request))


@router.post(
    "me/password",
    response={200: Ended, **refusals(401, 403, 422, 429, 503)},
    summary="Change my password",
    openapi_extra=PASSWORDS.told,
)
def change_password(request: HttpRequest, body: NewPassword) -> Ended:
    """Change the password; all other sessions end. `forbidden` where the password is kept by Supabase."""
    PASSWORDS.count_request(request)
    ended = passwords.change(_session(request), current=body.current_password, new=body.new_password)
    return Ended(ended=ended)


@router.get("me/sessions", response={200: SessionPage, **refusals(401, 422, 503)}, summary="Where I am signed in")
def list_sessions(request: HttpRequest, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    """List the user's sessions, newest first; those that have ended are left out."""
    mine = _session(request)
    found = NEWEST_FIRST.page(sessions.live_sessions(mine.user), cursor, limit)
    return found.page([_signed_in(each, mine) for each in found.rows])


@router.delete(
    "me/sessions/{session_id}",
    response={204: None, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Sign one device out",
    openapi_extra=CHANGES.told,
)
def end_session(request: HttpRequest, session_id: UUID) -> Status[None]:
    """End one session at once, with every token of it."""
    CHANGES.count_request(request)
    sessions.close_one(signed_in_user(request), session_id)
    return Status(204, None)


@router.delete(
    "me/sessions",
    response={200: Ended, **refusals(401, 403, 429, 503)},
    summary="Sign all other devices out",
    openapi_extra=CHANGES.told,
)
def end_other_sessions(request: HttpRequest) -> Ended:
    CHANGES.count_request(request)
    return Ended(ended=sessions.close_others(_session(request)))


def _session(request: HttpRequest) -> Session:
    session: Session = request.auth  # type: ignore[attr-defined]
    return session


def _signed_in(session: Session, mine: Session) -> SignedIn:
    names = ("id", "device", "created_at", "expires_at")
    return SignedIn(**{name: getattr(session, name) for name in names}, is_this=session.id == mine.id)
