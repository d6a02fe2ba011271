"""What quotes tell of a film's other versions."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.models import Carrying, Task
from pipeline.services import carried_takes, family, quotes, takes, translations, versions
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pipeline.api.caller import Caller
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_versions import carry_on, edit_picture, make


@pytest.fixture
def film(scripted: Task, alice: User, drive: Drive) -> Task:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    make(scripted, drive)
    scripted.refresh_from_db()
    return scripted


def shares(task: Task) -> dict[str, Any]:
    task.refresh_from_db()
    found = quotes.as_dict(quotes.quote(task=task))["shares"]
    assert quotes.price_of(task)["shares"] == found, "the price says what the quote does"
    return found or {}


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [one["task_id"] for one in found]


def test_a_film_alone_shares_nothing(film: Task) -> None:
    assert shares(film) == {}


def test_the_price_of_a_translation_names_the_pictures_and_clips_that_it_shares(film: Task, drive: Drive) -> None:
    german = translations.make_language(task=film, language="de")
    drive(german.runs.get())
    told = shares(german)
    pieces = told["pieces"]
    assert (pieces["scene"], pieces["video"]) == (3, 3)
    assert "audio" not in pieces, "its voices are what is quoted"
    (other,) = told["versions"]
    assert other == {
        "task_id": film.id,
        "title": film.title,
        "language": "en",
        "aspect_ratio": film.settings["aspect_ratio"],
        "differs": ["language"],
    }
    assert (told["reaches"], told["asks"]) == ([], [])


def test_a_cut_shares_only_the_pieces_that_it_needs(film: Task, drive: Drive) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 3])
    carry_on(cut, drive)
    edit_picture(cut, 2, "Another picture, for the cut")
    pieces = shares(cut)["pieces"]
    assert (pieces["scene"], pieces["video"]) == (1, 1)


def test_the_price_of_an_edit_says_which_versions_get_what_is_made(film: Task, drive: Drive) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    carry_on(cut, drive)
    edit_picture(film, 2, "A new picture")
    told = shares(film)
    assert (ids(told["reaches"]), ids(told["asks"])) == ([], [cut.id]), "where it goes is still to be said"
    assert told["asks"][0]["differs"] == ["cut"]
    family.decide(film, carrying=Carrying.ALL)
    told = shares(film)
    assert (ids(told["reaches"]), ids(told["asks"])) == ([cut.id], [])
    edit_picture(cut, 2, "A new picture")
    family.decide(film, carrying=Carrying.HERE)
    assert ids(shares(film)["reaches"]) == [cut.id], "it wants the same by itself"
    edit_picture(film, 2, "Another picture, for this version")
    told = shares(film)
    assert (told["reaches"], told["asks"]) == ([], [])
    edit_picture(film, 3, "Only in the whole film")
    assert ids(shares(film)["reaches"]) == []


def test_a_take_made_anew_reaches_the_others_where_that_was_said(
    film: Task, alice: User, drive: Drive, studio: Studio
) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    carry_on(cut, drive)
    film.refresh_from_db()

    def getting() -> tuple[list[str], list[str]]:
        quoted = takes.quote_regeneration(task=Task.objects.get(id=film.id), component="video/2", instructions="slower")
        told = quotes.as_dict(quoted)["shares"]
        before = Caller(alice).post(f"tasks/{film.id}/upgrade-price", {"components": ["video/2"]})
        assert (before["shares"], before["credits"]) == (told, quoted.credits), "the dialog says it before the order"
        return ids(told["reaches"]), ids(told["asks"])

    assert getting() == ([], [cut.id])
    family.decide(film, carrying=Carrying.HERE)
    assert getting() == ([], [])
    family.decide(film, carrying=Carrying.ALL)
    assert getting() == ([cut.id], [])
    quoted = takes.quote_regeneration(task=film, component="video/2", instructions="slower")
    drive(takes.regenerate(task=film, component="video/2", quote_id=quoted.id))
    carry_on(cut, drive)
    assert not carried_takes.differing(film, cut), "what the price said has come true"
