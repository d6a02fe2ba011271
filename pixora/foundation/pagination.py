"""Lists in pages: `{results, next, previous}`. A cursor names the row it stands at, so pages neither repeat nor leave
out a row when others come or go meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from ninja import Query, Schema
from pydantic import Field

from pixora.foundation.errors import Invalid

LONGEST_PAGE = 100
LONGEST_CURSOR = 500

Cursor = Annotated[
    str, Query("", max_length=LONGEST_CURSOR, description="`next` or `previous` of another page; the first without.")
]
PageSize = Annotated[int, Query(50, ge=1, le=LONGEST_PAGE, description="At most so many results.")]

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    results: list[Item]
    next: str | None = Field(description="Pass it as `cursor` for the page after this one; null: there is none.")
    previous: str | None = Field(description="Pass it as `cursor` for the page before this one.")


@dataclass(frozen=True)
class Found(Generic[Row]):
    """One page of rows and the cursors beside it."""

    rows: list[Row]
    next: str | None = None
    previous: str | None = None

    def page(self, results: list[Item]) -> dict[str, Any]:
        """Return the page as clients get it, with what is shown of each row."""
        return {"results": results, "next": self.next, "previous": self.previous}


def whole(results: list[Item]) -> dict[str, Any]:
    """A list that is always short enough for one page."""
    return {"results": results, "next": None, "previous": None}


@dataclass(frozen=True)
class Listing:
    """The order of a list: by fields that together are unique, all descending or all ascending.

    `name` is part of each cursor's signature, so a cursor of one list is none of another.
    """

    name: str
    fields: tuple[str, ...]
    descending: bool = False

    def page(self, rows: QuerySet[Row], cursor: str, limit: int) -> Found[Row]:
        """Read the page at a cursor, the first for an empty one. Raises Invalid for a cursor of another list."""
        backwards, place = self._read(cursor) if cursor else (False, [])
        if place:
            rows = rows.filter(self._beyond(place, backwards))
        sign = "-" if self.descending != backwards else ""
        found = list(rows.order_by(*(f"{sign}{field}" for field in self.fields))[: limit + 1])
        more, found = len(found) > limit, found[:limit]
        if backwards:
            found.reverse()
        return Found(
            found,
            next=self._write(found[-1:], backwards=False) if more or backwards else None,
            previous=self._write(found[:1], backwards=True) if (more if backwards else place) else None,
        )

    def _beyond(self, place: list[Any], backwards: bool) -> Q:
        """Rows after `place` (or before it). The first condition alone is what an index can be entered by."""
        word = "lt" if self.descending != backwards else "gt"
        beyond = Q()
        for number in reversed(range(len(place))):
            name, value = self.fields[number], place[number]
            beyond = (
                Q(**{f"{name}__{word}": value}) | Q(**{name: value}) & beyond
                if beyond
                else Q(**{f"{name}__{word}": value})
            )
        return Q(**{f"{self.fields[0]}__{word}e": place[0]}) & beyond

    def _write(self, rows: list[Any], *, backwards: bool) -> str | None:
        if not rows:
            return None
        return self._signer().sign_object([backwards, *(_told(getattr(rows[0], field)) for field in self.fields)])

    def _read(self, cursor: str) -> tuple[bool, list[Any]]:
        try:
            backwards, *place = self._signer().unsign_object(cursor)
        except (BadSignature, ValueError) as error:
            raise Invalid("cursor: it is not one of this list's; begin without one.", field="cursor") from error
        return backwards, place

    def _signer(self) -> Signer:
        """Nobody can make a cursor up; made anew each time, because the key may change."""
        return Signer(salt=f"pixora.foundation.pagination.{self.name}")


def _told(value: Any) -> int | str:
    """Write it as JSON, in a form that the database reads back as the same value."""
    match value:
        case int():
            return value
        case datetime():
            return value.isoformat()
        case _:
            return str(value)
