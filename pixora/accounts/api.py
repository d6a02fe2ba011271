from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from pixora.accounts import ledger, services, sessions, statement, tokens
from pixora.accounts.auth import LIVE_SESSION, signed_in_user
from pixora.accounts.models import Credit, CreditReason
from pixora.accounts.supabase import InvalidToken
from pixora.error_shape import refusals
from pixora.limits import Limit, client_address
from pixora.pagination import Cursor, Listing, PageSize

LINES = Listing("credits", ("created_at", "id"), descending=True)
EXCHANGES = Limit("token-exchange", times=60)
REFRESHES = Limit("token-refresh", times=60)

WHEN, ID = "2026-03-01T12:00:00Z", "7d9f3c52-1b0e-4f6a-9c8d-2e5a4b3c6d7e"
"""Examples."""

router = Router(tags=["accounts"])


class SupabaseToken(Schema):
    token: str = Field(
        max_length=4096, description="The access token of a Supabase session.", examples=["eyJhbGciOi….eyJzdWIiOi….9Qm"]
    )


class SessionToken(Schema):
    session_token: str = Field(examples=["eyJhbGciOi….eyJzaWQiOi….3kX"])
    expires_at: datetime = Field(examples=[WHEN])


class BadToken(Schema):
    error: str = Field(examples=["Invalid token"])


class Credits(Schema):
    balance: int = Field(examples=[1000])
    held: int = Field(description="Set aside for runs under way; already taken off the balance.", examples=[0])


class Entry(Schema):
    id: UUID = Field(examples=[ID])
    amount: int = Field(description="Holds take away, everything else gives.", examples=[-106])
    reason: CreditReason = Field(examples=["hold"])
    task_id: str | None = Field(examples=["task_1f0k3j5x8v2m9q7z"])
    component: str = Field(description="What a refund is for.", examples=[""])
    text: str = Field(
        description="One sentence for people.", examples=["106 credits were set aside for what is being made."]
    )
    created_at: datetime = Field(examples=[WHEN])

    @classmethod
    def of(cls, line: Credit) -> Entry:
        names = ("id", "amount", "reason", "task_id", "component", "created_at")
        return cls(**{name: getattr(line, name) for name in names}, text=statement.sentence(line))


class Ledger(Schema):
    balance: int = Field(examples=[894])
    held: int = Field(description="Set aside for runs under way; already taken off the balance.", examples=[106])
    entries: list[Entry] = Field(description="Newest first; the sum of all amounts is the balance.")
    next: str | None = Field(description="Pass it as `cursor` for older entries.", examples=[None])
    previous: str | None = Field(description="Pass it as `cursor` for newer entries.", examples=[None])


class Me(Schema):
    id: UUID = Field(examples=[ID])
    email: str = Field(examples=["ann@example.org"])
    is_staff: bool = Field(examples=[False])
    credits: Credits
    session_ends_at: datetime = Field(examples=[WHEN])


@router.post(
    "auth/token",
    auth=None,
    response={200: SessionToken, 401: BadToken, **refusals(403, 422, 429, 503)},
    summary="Exchange a Supabase token for a session token",
    openapi_extra=EXCHANGES.told,
)
def exchange_token(
    request: HttpRequest, body: SupabaseToken, response: HttpResponse
) -> Status[BadToken] | SessionToken:
    EXCHANGES.count(client_address(request))
    try:
        session = sessions.exchange(body.token)
    except InvalidToken as error:
        return Status(401, BadToken(error=error.message))
    return _answer(tokens.issue(session), response)


@router.post(
    "auth/refresh",
    auth=LIVE_SESSION,
    response={200: SessionToken, **refusals(401, 403, 429, 503)},
    summary="Get a new token for a live session",
    openapi_extra=REFRESHES.told,
)
def refresh_token(request: HttpRequest, response: HttpResponse) -> SessionToken:
    """Of a token that still holds. An ended one is told `login_again`, 12 hours after the sign-in at the latest."""
    REFRESHES.count_request(request)
    return _answer(tokens.issue(request.auth), response)  # type: ignore[attr-defined]


@router.post("auth/logout", response={204: None, **refusals(401, 403, 503)}, summary="End this session")
def log_out(request: HttpRequest, response: HttpResponse) -> Status[None]:
    """Its tokens stop working at once, wherever they are."""
    sessions.close_session(request.auth)  # type: ignore[attr-defined]
    sessions.clear_cookie(response)
    return Status(204, None)


@router.get("me", response={200: Me, **refusals(401, 503)}, summary="Who is signed in")
def get_me(request: HttpRequest) -> Me:
    user = signed_in_user(request)
    services.renew_local_credits(user)
    account = ledger.account(user)
    return Me(
        id=user.id,
        email=user.email,
        is_staff=user.is_staff,
        credits=Credits(balance=account.balance, held=account.held),
        session_ends_at=request.auth.expires_at,  # type: ignore[attr-defined]
    )


@router.get("credits", response={200: Ledger, **refusals(401, 422, 503)}, summary="My credits, line by line")
def list_credits(
    request: HttpRequest,
    cursor: Cursor,
    limit: PageSize,
    task_id: Annotated[str, Query("", max_length=80, description="Only lines of this film.")],
    reason: Annotated[CreditReason | None, Query(None, description="Only lines of this kind.")],
) -> Ledger:
    """A run's hold and its release together are what it cost."""
    user = signed_in_user(request)
    services.renew_local_credits(user)
    account = ledger.account(user)
    wanted = {name: value for name, value in (("task_id", task_id), ("reason", reason)) if value}
    found = LINES.page(user.credits.filter(**wanted), cursor, limit)
    return Ledger(
        balance=account.balance,
        held=account.held,
        entries=[Entry.of(line) for line in found.rows],
        next=found.next,
        previous=found.previous,
    )


def _answer(issued: tokens.Issued, response: HttpResponse) -> SessionToken:
    response["Cache-Control"] = "no-store"
    return SessionToken(session_token=issued.token, expires_at=issued.expires_at)
