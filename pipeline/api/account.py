"""The operations on an account that concern its films: costs, how names are said, closing it with all its films."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status
from pydantic import BaseModel, Field

from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.deletion import user_deletion
from pipeline.film.pronunciation import MOST, Pronunciation
from pipeline.film.settings import UntranslatedWords
from pipeline.queries import user_costs
from pipeline.services import pronunciations, untranslated
from pixora.accounts import sessions
from pixora.accounts.auth import needs, signed_in_user
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import Invalid
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize
from pixora.foundation.request_limits import Limit

NEWEST_FIRST = Listing("spending", ("created_at", "id"), descending=True)
LISTS = Limit("account-lists", times=60)
CLOSING = Limit("account-closing", times=5, window_s=15 * 60)
FILM = {
    "task_id": examples.TASK_ID,
    "title": "Beyond the blue",
    "spent": 53,
    "held": 0,
    "refunded": 4,
    "deleted": False,
}

router = Router(tags=["accounts"])


class FilmSpending(BaseModel):
    """A film's cost, in credits."""

    model_config = example(FILM)

    task_id: str
    title: str = Field(description="Its prompt while it has no title.")
    spent: int = Field(description="Charged for what was made.")
    held: int = Field(description="Set aside for what is being made.")
    refunded: int = Field(description="Given back by support.")
    deleted: bool = Field(description="It can be restored, but not be opened.")

    @classmethod
    def of(cls, film: user_costs.FilmSpending) -> FilmSpending:
        task = film.task
        return cls(
            task_id=task.id,
            title=task.title or task.prompt,
            spent=film.spent,
            held=film.held,
            refunded=film.refunded,
            deleted=bool(task.deleted_at),
        )


class SpendingPage(Page[FilmSpending]):
    model_config = examples.page(FILM)


class Farewell(BaseModel):
    model_config = example({"email": "ann@example.org"})

    email: str = Field(max_length=254, description="The address of this account, typed again.")


@router.get(
    "credits/films",
    response={200: SpendingPage, **refusals(401, 403, 422, 503)},
    summary="What each film cost",
    auth=needs(Scope.CREDITS_READ),
)
def list_spending(request: HttpRequest, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    """The newest film first; films that nothing was set aside for are not listed."""
    found = NEWEST_FIRST.page(user_costs.tasks_with_lines(signed_in_user(request)), cursor, limit)
    return found.page([FilmSpending.of(each) for each in user_costs.of_films(found.rows)])


class Pronunciations(BaseModel):
    """An account's list of how words and names are said."""

    model_config = example({"pronunciations": [{"written": "Köhler", "said": "KER-ler", "ipa": ""}]})

    pronunciations: Annotated[list[Pronunciation], Field(max_length=MOST)]


@router.get(
    "me/pronunciations",
    response={200: Pronunciations, **refusals(401, 503)},
    summary="How names are said in my new films",
)
def get_pronunciations(request: HttpRequest) -> dict[str, Any]:
    """The list that new films begin with. Each film has its own from then on, in its settings."""
    return {"pronunciations": pronunciations.of_user(signed_in_user(request))}


@router.put(
    "me/pronunciations",
    response={200: Pronunciations, **refusals(401, 403, 422, 429, 503)},
    summary="Change how names are said in my new films",
    openapi_extra=LISTS.told,
)
def put_pronunciations(request: HttpRequest, body: Pronunciations) -> dict[str, Any]:
    """The whole list; of one word the last entry counts. Films that there are keep theirs."""
    LISTS.count_request(request)
    entries = [entry.model_dump() for entry in body.pronunciations]
    return {"pronunciations": pronunciations.store(signed_in_user(request), entries)}


class Untranslated(BaseModel):
    """An account's list of words that are never translated."""

    model_config = example({"untranslated": ["Pixora", "Just do it"]})

    untranslated: UntranslatedWords


@router.get(
    "me/untranslated",
    response={200: Untranslated, **refusals(401, 503)},
    summary="Words that are never translated in my films",
)
def get_untranslated(request: HttpRequest) -> dict[str, Any]:
    """The list that holds for every translation, beside the film's own (`untranslated` of its settings)."""
    return {"untranslated": untranslated.of_user(signed_in_user(request))}


@router.put(
    "me/untranslated",
    response={200: Untranslated, **refusals(401, 403, 422, 429, 503)},
    summary="Change the words that are never translated in my films",
    openapi_extra=LISTS.told,
)
def put_untranslated(request: HttpRequest, body: Untranslated) -> dict[str, Any]:
    """The whole list. It counts from the next translation on; what is translated stays."""
    LISTS.count_request(request)
    return {"untranslated": untranslated.store(signed_in_user(request), body.untranslated)}


@router.post(
    "me/deletion",
    response={204: None, **refusals(401, 403, 422, 429, 503)},
    summary="Delete my account",
    openapi_extra=CLOSING.told,
)
def delete_account(request: HttpRequest, response: HttpResponse, body: Farewell) -> Status[None]:
    """Close the account: all sessions end at once; films, files and messages are removed for good right afterwards.

    What Supabase keeps of an account stays there. `forbidden` for members of staff.
    """
    CLOSING.count_request(request)
    user = signed_in_user(request)
    if body.email.strip().casefold() != user.email.casefold():
        raise Invalid("email: type the address of this account to delete it.", field="email")
    user_deletion.ask(user)
    sessions.clear_cookie(response)
    return Status(204, None)
