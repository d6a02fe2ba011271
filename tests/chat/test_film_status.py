"""Tests of how a film stands, as the agent says it: what is there and fits, and how long it still takes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat.agent.facts import facts_of
from chat.llm.local import film_status
from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from chat.models import Message
from pipeline.models import Run, RunStatus, Script, Task
from pipeline.services import films, scripts
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import TINY, script


def told(state: str, language: str = "en", **more: Any) -> str:
    found = facts(state)
    for name, values in more.items():
        found[name] = {**found[name], **values} if isinstance(values, dict) and found[name] else values
    return film_status.told(found, Film(found, language), lambda key, film: key)


@pytest.mark.parametrize(
    ("eta", "sentence"),
    [
        (13, "About 13 seconds are left."),
        (190, "About 3 minutes are left."),
        (None, "How long it still takes, I can tell when it is a little further."),
    ],
)
def test_the_time_left_is_told_as_the_page_tells_it(eta: int | None, sentence: str) -> None:
    assert told("running", run={"eta_seconds": eta}).endswith(sentence)


def test_a_cut_is_no_making_of_pieces() -> None:
    said = told("running", run={"progress": 0}, components={"ready": 20})
    assert said.startswith("It is at 0 % (scene/2): all pieces are there, and the film is being cut.")


def test_while_the_script_is_written_no_pieces_are_counted() -> None:
    said = told("running", components={"total": 0}, script_is_being_written=True)
    assert said == "The script is being written; it will be there in a moment."


def test_after_a_stop_what_no_longer_fits_does_not_count_as_made() -> None:
    said = told("scripted", components={"total": 7, "ready": 4, "stale": ["scene/1", "video/1", "audio/1"]})
    assert said.startswith("The script is there; 4 of 7 pieces are made and fit it, and 3 no longer do.")


@pytest.mark.parametrize(
    "said", ["how long still?", "how many minutes left?", "wie lange noch?", "wie viele minuten noch?", "eta?"]
)
def test_how_long_it_still_takes_is_asked_in_many_ways(said: str) -> None:
    language = "de" if said.startswith("wie") else "en"
    assert [one.tool for one in understand(said, Film(facts("running"), language)).calls] == ["film_status"]


@pytest.fixture
def film(alice: User, studio: Studio) -> Task:
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=task, version=1, content=script(3).model_dump(mode="json"))
    drive(films.start_run(task=task))
    return Task.objects.get(id=task.id)


def test_pieces_that_no_longer_fit_are_not_ready(film: Task) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"image_prompt": "Another picture"})
    parts = facts_of(film, Message(task=film, created_at=timezone.now()))["components"]
    assert (parts["total"], parts["ready"], parts["stale"]) == (10, 9, ["scene/2"])


def test_the_agent_knows_the_estimate_of_a_run_at_work(film: Task) -> None:
    run = films.start_run(task=film)
    begun = timezone.now() - timedelta(minutes=30)
    Run.objects.filter(id=run.id).update(status=RunStatus.RUNNING, progress=50, started_at=begun)
    assert "About 30 minutes are left." in answer(film, "how long still?").content
