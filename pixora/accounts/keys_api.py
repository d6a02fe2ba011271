"""Keys for programs over REST. People alone make and change them: no key opens these operations."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, StringConstraints

from pixora.accounts import key_caps, keys
from pixora.accounts.api import ID, WHEN
from pixora.accounts.auth import signed_in_user
from pixora.accounts.models import ApiKey
from pixora.accounts.scopes import MEANINGS, Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize, whole
from pixora.foundation.request_limits import Limit

NEWEST_FIRST = Listing("keys", ("created_at", "id"), descending=True)
KEYS = Limit("keys", times=30)
MOST_CREDITS = 2**31 - 1
SCOPES = "; ".join(f"`{scope}`: {meaning}" for scope, meaning in MEANINGS.items())
KEY: dict[str, Any] = {
    "id": ID,
    "name": "Nightly films",
    "scopes": ["films:read", "films:spend", "films:write"],
    "credits_per_day": 500,
    "credits_total": None,
    "spent_today": 58,
    "spent": 412,
    "created_at": WHEN,
    "expires_at": None,
    "last_used_at": WHEN,
}
SHOWN_SCOPES: list[Any] = [{"scope": scope.value, "meaning": meaning} for scope, meaning in MEANINGS.items()]
SECRET = "pxk_" + "q7Zk3mXw9aLr2TgBv5NcYe" + "Jd8uPs4hQf1oWi6x"

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00]*$")]
Cap = Annotated[int | None, Field(None, ge=0, le=MOST_CREDITS, description="In credits; null for none.")]

router = Router(tags=["keys"])


class NewKey(Schema):
    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{name: KEY[name] for name in ("name", "scopes", "credits_per_day")}]},
    )

    name: Name
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope), description=SCOPES)
    credits_per_day: Cap
    credits_total: Cap
    expires_at: AwareDatetime | None = Field(None, description="With a time zone; null for never.")


class KeyChanges(Schema):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"credits_per_day": 800}]})

    name: Name | None = None
    credits_per_day: Cap
    credits_total: Cap


class Rotation(Schema):
    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"overlap_s": 3600}]})

    overlap_s: int = Field(
        0, ge=0, le=int(keys.LONGEST_OVERLAP.total_seconds()), description="How long the secrets before hold yet."
    )


class Key(Schema):
    """A key as its owner sees it."""

    model_config = ConfigDict(json_schema_extra={"examples": [KEY]})

    id: UUID
    name: str
    scopes: list[Scope]
    credits_per_day: int | None = Field(description="The most it may spend from midnight to midnight (UTC).")
    credits_total: int | None
    spent_today: int = Field(description="Credits, with those that are set aside.")
    spent: int
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute.")

    @classmethod
    def of(cls, found: ApiKey, **more: Any) -> Any:
        spent = key_caps.spent(found)
        kept = {name: getattr(found, name) for name in KEY if hasattr(found, name)}
        return cls(**{**kept, "spent_today": spent.today, "spent": spent.in_all, **more})


class ShownKey(Key):
    """A key with its secret."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**KEY, "key": SECRET}]})

    key: str = Field(description="Send it as `Authorization: Bearer`. It is shown this once.")


class Meaning(Schema):
    scope: Scope
    meaning: str = Field(examples=["see films and download them"])


class KeyPage(Page[Key]):
    model_config = ConfigDict(json_schema_extra={"examples": [{**whole([KEY]), "scopes": SHOWN_SCOPES}]})

    scopes: list[Meaning] = Field(description="What a key may be given.")


@router.get("keys", response={200: KeyPage, **refusals(401, 403, 422, 503)}, summary="My keys, newest first")
def list_keys(request: HttpRequest, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    found = NEWEST_FIRST.page(keys.kept(signed_in_user(request)), cursor, limit)
    return {**found.page([Key.of(each) for each in found.rows]), "scopes": SHOWN_SCOPES}


@router.post(
    "keys",
    response={201: ShownKey, **refusals(401, 403, 422, 429, 503)},
    summary="Make a key for a program",
    openapi_extra=KEYS.told,
)
def create_key(request: HttpRequest, body: NewKey) -> Status[ShownKey]:
    """Make a key. Its secret is in this answer and nowhere else."""
    KEYS.count_request(request)
    key, secret = keys.create(signed_in_user(request), keys.Wish(**body.model_dump()))
    return Status(201, ShownKey.of(key, key=secret))


@router.patch(
    "keys/{uuid:key_id}",
    response={200: Key, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Change a key's name or caps",
    openapi_extra=KEYS.told,
)
def change_key(request: HttpRequest, key_id: UUID, body: KeyChanges) -> Key:
    """Change what is given; a cap of null is none. What a key may do stays: make another one for that."""
    KEYS.count_request(request)
    key = keys.find(signed_in_user(request), key_id)
    shown: Key = Key.of(keys.change(key, body.model_dump(exclude_unset=True)))
    return shown


@router.post(
    "keys/{uuid:key_id}/rotate",
    response={200: ShownKey, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Give a key a new secret",
    openapi_extra=KEYS.told,
)
def rotate_key(request: HttpRequest, key_id: UUID, body: Rotation) -> ShownKey:
    KEYS.count_request(request)
    key = keys.find(signed_in_user(request), key_id)
    shown: ShownKey = ShownKey.of(key, key=keys.rotate(key, overlap=timedelta(seconds=body.overlap_s)))
    return shown


@router.delete(
    "keys/{uuid:key_id}",
    response={204: None, **refusals(401, 403, 404, 422, 429, 503)},
    summary="Revoke a key",
    openapi_extra=KEYS.told,
)
def revoke_key(request: HttpRequest, key_id: UUID) -> Status[None]:
    """End it at once; sockets that it has open are closed."""
    KEYS.count_request(request)
    keys.revoke(keys.find(signed_in_user(request), key_id))
    return Status(204, None)
