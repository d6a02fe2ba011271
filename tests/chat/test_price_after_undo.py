"""What going back costs: taking a sentence back, or a take, is told with what no longer fits and its price."""

from __future__ import annotations

import pytest

from pipeline.models import Run, RunStatus, Task
from pipeline.services import films, quotes, takes
from pixora.accounts.models import User
from tests.chat.test_agent import answer
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import TINY


@pytest.fixture
def scripted(alice: User, studio: Studio) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=made))
    return made


def make(task: Task) -> None:
    drive(quotes.use(task=task, quote_id=quotes.quote(task=task).id))


def make_again(task: Task, component: str) -> None:
    found = takes.quote_regeneration(task=task, component=component, instructions="")
    drive(quotes.use(task=task, quote_id=found.id))


def finish_runs(task: Task) -> None:
    while run := task.runs.filter(status=RunStatus.QUEUED).first():
        drive(run)


def test_undo_on_a_finished_film_names_what_no_longer_fits_and_its_price(scripted: Task) -> None:
    answer(scripted, "use a male voice")
    make(scripted)
    said = answer(scripted, "undo")
    assert "3 new voice-overs: 6 credits. Shall I?" in said.content
    [button] = [action for action in said.actions if action["send"]["type"] == "approve_script"]
    finish_runs(scripted)
    run = drive(quotes.use(task=scripted, quote_id=button["send"]["quote_id"]))
    assert run.status == RunStatus.SUCCEEDED
    assert quotes.quote(task=scripted).credits == 0


def test_a_yes_after_undo_is_for_the_price_it_has_told(scripted: Task) -> None:
    answer(scripted, "use a male voice")
    make(scripted)
    answer(scripted, "undo")
    finish_runs(scripted)
    assert "6 credits are set aside" in answer(scripted, "yes").content


def test_undo_that_makes_nothing_stale_says_that_it_costs_nothing(scripted: Task) -> None:
    make(scripted)
    answer(scripted, "switch the captions off")
    finish_runs(scripted)
    said = answer(scripted, "undo")
    assert "It costs nothing" in said.content
    assert not [action for action in said.actions if action["send"]["type"] == "approve_script"]


def test_undo_of_a_script_is_told_with_its_price(scripted: Task) -> None:
    answer(scripted, "make scene 2 at night")
    make(scripted)
    said = answer(scripted, "undo")
    assert "14 credits. Shall I?" in said.content


def test_undo_during_a_run_says_once_that_it_comes_later(scripted: Task) -> None:
    make(scripted)
    answer(scripted, "switch the captions off")
    finish_runs(scripted)
    films.start_run(task=scripted, approved=["scene/1"])
    Run.objects.filter(status=RunStatus.QUEUED).update(status=RunStatus.RUNNING, script_version=1)
    said = answer(scripted, "undo")
    assert said.content.count("This comes in the next one") == 1


def test_an_earlier_take_is_told_with_the_price_of_what_was_never_made_from_it(scripted: Task) -> None:
    make(scripted)
    make_again(scripted, "scene/2")
    make_again(scripted, "scene/2")
    make(scripted)
    said = answer(scripted, "use take 2 of the picture of scene 2")
    assert "10 credits. Shall I?" in said.content
    finish_runs(scripted)
    assert "It costs nothing" in answer(scripted, "use take 1 of the picture of scene 2").content


def test_undo_takes_back_a_take_that_was_chosen_by_hand_since(scripted: Task) -> None:
    make(scripted)
    answer(scripted, "make scene 2 darker")
    make(scripted)
    version = scripted.scripts.latest("version").version
    takes.select_take(task=scripted, component="scene/2", take=1)
    finish_runs(scripted)
    said = answer(scripted, "undo that")
    assert said.content.startswith("Undone: the picture of scene 2 is as in take 2 again.")
    finish_runs(scripted)
    assert scripted.scripts.latest("version").version == version
    assert scripted.assets.get(component="scene/2", selected=True).take == 2
    assert answer(scripted, "undo").content.startswith("Undone: the script is as in version 1 again.")


def test_undo_names_the_sentence_where_something_else_was_said_since(scripted: Task) -> None:
    answer(scripted, "make scene 2 darker")
    answer(scripted, "how much will it cost?")
    assert "That takes back “make scene 2 darker”." in answer(scripted, "no!! undo that").content
    answer(scripted, "make scene 1 darker")
    assert "That takes back" not in answer(scripted, "undo").content
