"""What a change needs is told apart from what was open before; the user's own material by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.models import Task
from pipeline.services import films, own_material, quotes
from pixora.accounts.models import User
from tests.chat.test_agent import answer
from tests.chat.test_price_after_undo import finish_runs, make
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import TINY
from tests.pipeline.user_files import picture, upload


@pytest.fixture
def film(alice: User, studio: Studio) -> Task:
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=task))
    make(task)
    return task


def prices(task: Task, *sentences: str) -> list[str]:
    return [answer(task, sentence).content for sentence in sentences]


def test_what_was_open_before_is_not_blamed_on_the_next_change(film: Task) -> None:
    darker, dissolve = prices(film, "make scenes 1 and 2 darker", "put a dissolve between scene 2 and 3")
    assert "That needs 2 new pictures and 2 new clips: 28 credits. Shall I?" in darker
    assert "That needs" not in dissolve
    assert "still open from before: 2 new pictures and 2 new clips, 28 credits. Shall I?" in dissolve


def test_each_has_its_own_price_and_the_yes_is_for_both(film: Task) -> None:
    both = prices(film, "make scene 1 darker", "scene 2 says “Something else”")[1]
    assert "That needs a new voice-over: 2 credits." in both
    assert "Still open from before: a new picture and a new clip, 14 credits. Together 16 credits. Shall I?" in both
    assert "16 credits are set aside" in answer(film, "yes").content


def test_what_is_changed_once_more_is_needed_by_the_change(film: Task) -> None:
    assert (
        "That needs a new voice-over: 2 credits. Shall I?"
        in prices(film, "scene 2 says “Something else”", "scene 2 says “Something better”")[1]
    )


def test_a_free_change_beside_it_is_cut_in_at_once_and_says_so(film: Task) -> None:
    said = prices(film, "make scene 1 darker", "music quieter")[1]
    assert "That costs nothing; I cut the film again by itself. Still open from before" in said
    assert drive(film.runs.get(status="queued")).status == "succeeded"


def test_a_free_change_that_cannot_be_cut_in_alone_says_so(film: Task) -> None:
    said = prices(film, "scene 1 says “Something else”", "music quieter")[1]
    assert "it comes into the film with what is still open from before: a new voice-over, 2 credits" in said
    assert not film.runs.filter(status="queued").exists()


def test_ones_own_picture_that_a_change_replaces_is_named(film: Task, tmp_path: Path) -> None:
    own_material.add_own(task=film, component="scene/2", upload=upload(film.user, picture(tmp_path / "mine.png")))
    finish_runs(film)
    make(film)
    said = answer(film, "make everything brighter").content
    assert "This replaces your own file for the picture of scene 2; it is kept as an earlier take." in said
    assert "your own file for the picture of scene 2" in answer(film, "how much will it cost?").content
    assert quotes.price_of(film)["credits"]


def test_ones_own_picture_that_stays_is_not_spoken_of(film: Task, tmp_path: Path) -> None:
    own_material.add_own(task=film, component="scene/2", upload=upload(film.user, picture(tmp_path / "mine.png")))
    finish_runs(film)
    make(film)
    assert "your own file" not in answer(film, "make scene 1 brighter").content
