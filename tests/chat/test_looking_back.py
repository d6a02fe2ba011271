"""Questions about a film that is there: what a piece was made from, and what it has cost."""

from __future__ import annotations

import pytest

from chat.llm.local import looking_back
from chat.llm.local.film import Film
from pipeline.models import RunStatus, Step, StepStatus, Task
from pipeline.queries import film_costs, piece_account
from pipeline.services import films, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.chat.test_agent import answer
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.scripts import TINY

PRICE = 3 * 4 + 3 * 2 + 5 + 3 * 10


@pytest.fixture
def film(alice: User, studio: Studio) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=made))
    drive(quotes.use(task=made, quote_id=quotes.quote(task=made).id))
    return made


def make_again(film: Task, component: str, instructions: str) -> None:
    found = takes.quote_regeneration(task=film, component=component, instructions=instructions)
    drive(quotes.use(task=film, quote_id=found.id))


def test_why_looks_at_the_film_and_not_at_the_newest_run(film: Task) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"transition": "wipe_left"})
    drive(film.runs.get(status=RunStatus.QUEUED))
    said = answer(film, "why is scene 3 like that?").content
    assert "take 1 of 1" in said
    assert "made from “Motion 3”" in said
    assert "Picture 3" in said
    assert "not made yet" not in said
    assert "10 credits" in said


def test_why_tells_what_was_asked_for_and_what_went_wrong(film: Task, studio: Studio) -> None:
    make_again(film, "video/3", "slower")
    assert "You asked for: “slower”" in answer(film, "why is the clip of scene 3 like that?").content
    studio.always["motion"] = lasting_fault("The picture was refused.")
    make_again(film, "video/3", "faster")
    told = piece_account.account_of(film, "video/3")
    assert (told["take"], told["failed"], told["failures"]) == (2, True, ["The picture was refused."])
    said = looking_back.explanation(told, "the clip of scene 3", Film({}))
    assert "The picture was refused." in said
    assert "What you see is the take before." in said


def test_a_piece_that_is_not_made_is_called_so(alice: User, studio: Studio) -> None:
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=task))
    assert "The clip of scene 3 is not made yet." in answer(task, "why is scene 3 like that?").content
    assert answer(task, "what did it cost so far?").content.startswith("Nothing so far")


def test_what_it_cost_is_read_from_the_ledger(film: Task) -> None:
    make_again(film, "scene/2", "at night")
    said = answer(film, "what did it cost so far?").content
    assert said == f"{PRICE + 4} credits so far: {PRICE} for the film and 4 for the picture of scene 2."
    found = film_costs.of_film(film)
    assert found["by_kind"] == {"Picture": 16, "Voice-over": 6, "Music": 5, "Clip": 30}
    assert found["spent"] == 1_000 - ledger.account(film.user).balance


def test_what_is_set_aside_and_given_back_is_told_apart(film: Task) -> None:
    found = takes.quote_regeneration(task=film, component="video/1")
    quotes.use(task=film, quote_id=found.id)
    ledger.give(user=film.user, amount=7, reason=CreditReason.REFUND, key="refund:1", task_id=film.id)
    told = film_costs.of_film(film)
    assert (told["spent"], told["held"], told["given_back"]) == (PRICE, 10, 7)
    said = answer(film, "how much have i spent?").content
    assert "10 more are set aside" in said
    assert "Support gave 7 credits back" in said
    assert not Step.objects.filter(status=StepStatus.FAILED).exists()
