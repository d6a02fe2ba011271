from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema, Status

from pixora.accounts import devices, ledger, services, sessions, statement, tokens
from pixora.accounts.auth import LIVE_SESSION, needs, signed_in_user
from pixora.accounts.models import Credit, CreditReason
from pixora.accounts.scopes import Scope
from pixora.accounts.supabase import InvalidToken
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, PageSize
from pixora.foundation.request_limits import Limit, client_address

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


class Totals(Schema):
    """The sums since the account was opened: `balance` = welcome + refilled + support + bought + refunded - spent
    - held."""

    welcome: int = Field(description="Given by itself, such as to a new user.", examples=[1000])
    refilled: int = Field(description="Filled up by itself when it ran low.", examples=[0])
    support: int = Field(description="Given by members of staff.", examples=[0])
    bought: int = Field(examples=[0])
    refunded: int = Field(description="Given back by members of staff.", examples=[0])
    spent: int = Field(description="Charged for what was made.", examples=[0])
    spent_on_removed_films: int = Field(description="What of it was for films that are gone.", examples=[0])


class Ledger(Schema):
    balance: int = Field(examples=[894])
    held: int = Field(description="Set aside for runs under way; already taken off the balance.", examples=[106])
    totals: Totals
    how_to_get_more: str = Field(
        description="One sentence for people.", examples=["For more credits, ask help@example.org."]
    )
    contact: str = Field(
        description="Where to ask: an e-mail or a web address; empty where none is named.",
        examples=["help@example.org"],
    )
    entries: list[Entry] = Field(description="Newest first; the sum of all amounts is the balance.")
    next: str | None = Field(description="Pass it as `cursor` for older entries.", examples=[None])
    previous: str | None = Field(description="Pass it as `cursor` for newer entries.", examples=[None])


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
        session = sessions.exchange(body.token, device=devices.of(request))
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
    """Renew a token that still holds. An ended one gets `login_again`, 12 hours after the sign-in at the latest."""
    REFRESHES.count_request(request)
    return _answer(tokens.issue(request.auth), response)  # type: ignore[attr-defined]


@router.post("auth/logout", response={204: None, **refusals(401, 403, 503)}, summary="End this session")
def log_out(request: HttpRequest, response: HttpResponse) -> Status[None]:
    """End the session: its tokens stop working at once, wherever they are."""
    sessions.close_session(request.auth)  # type: ignore[attr-defined]
    sessions.clear_cookie(response)
    return Status(204, None)


@router.get(
    "credits",
    response={200: Ledger, **refusals(401, 403, 422, 503)},
    summary="My credits, line by line",
    auth=needs(Scope.CREDITS_READ),
)
def list_credits(
    request: HttpRequest,
    cursor: Cursor,
    limit: PageSize,
    task_id: Annotated[str, Query("", max_length=80, pattern=r"^[\w-]*$", description="Only lines of this film.")],
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
        totals=Totals(**asdict(statement.totals(user))),
        how_to_get_more=services.how_to_get_more(user),
        contact=settings.PIXORA_CONTACT,
        entries=[Entry.of(line) for line in found.rows],
        next=found.next,
        previous=found.previous,
    )


def _answer(issued: tokens.Issued, response: HttpResponse) -> SessionToken:
    response["Cache-Control"] = "no-store"
    return SessionToken(session_token=issued.token, expires_at=issued.expires_at)
