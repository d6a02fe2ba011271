"""A script that is pasted into the chat is the film's: kept word for word, told, and followed otherwise when asked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from chat import services
from chat.models import Message
from chat.protocol import Say
from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import scripts
from pixora.accounts.models import User
from tests.chat.test_agent import answer
from tests.chat.test_waiting import go_on, write

PASTED = (
    'Scene 1: A red kite over the sea. Narration: "The wind writes its own letters, and all day nobody reads them."\n'
    'Scene 2: A boy lets go. Narration: "Then one of them finds its way home without any help at all."'
)
WORDS = [
    "The wind writes its own letters, and all day nobody reads them.",
    "Then one of them finds its way home without any help at all.",
]


def opened(user: User, content: str, **metadata: Any) -> Task:
    said = Say.model_validate({"type": "message", "content": content, "metadata": metadata})
    return Task.objects.get(id=services.accept(user, said, message_id=uuid4()).task_id)


def narrations(task: Task) -> list[str]:
    return [clip["scene"]["script"] for clip in scripts.current_script(task).content["clips"]]


def labels(said: Message) -> list[str]:
    return [action["label"] for action in said.actions]


@pytest.fixture
def task(alice: User, home: object) -> Task:
    """Its script is written by the local writer."""
    made = opened(alice, PASTED)
    assert go_on()
    write(made)
    made.refresh_from_db()
    return made


def test_the_chat_tells_that_the_words_are_kept_and_offers_the_other_ways(task: Task) -> None:
    said = Message.objects.filter(task=task, role="agent").earliest("created_at")
    assert said.content == (
        "I take this as your script. Every word is spoken as you wrote it. That makes 2 scenes, 20 seconds."
    )
    assert labels(said) == ["Condense my text", "Take it as inspiration"]
    assert narrations(task) == WORDS
    assert settings_of(task).source == "verbatim"


def test_another_way_is_a_click_away_and_undone_for_nothing(task: Task) -> None:
    said = answer(task, "Condense my text to 10 seconds")
    assert "choosing whole sentences" in said.content
    write(task)
    assert "one scene and 10 seconds" in go_on()[-1]
    task.refresh_from_db()
    assert (settings_of(task).source, settings_of(task).duration, narrations(task)) == ("condensed", 10, WORDS[:1])
    answer(task, "undo")
    task.refresh_from_db()
    assert (settings_of(task).source, settings_of(task).duration, narrations(task)) == ("verbatim", 20, WORDS)


def test_no_word_is_changed_because_somebody_wants_it_funnier_or_shorter(task: Task) -> None:
    assert "so I leave its words" in answer(task, "make it funnier").content
    said = answer(task, "10 seconds please")
    assert "the film lasts 20 seconds" in said.content
    assert labels(said)[0] == "Condense my text to 10 seconds"
    assert not task.runs.exclude(status="succeeded").exists()
    assert narrations(task) == WORDS


def test_what_was_edited_is_not_lost_without_a_yes(task: Task) -> None:
    answer(task, 'scene 2 says "And that was that."')
    said = answer(task, "take it as inspiration")
    assert said.content.endswith("?")
    assert narrations(task)[1] == "And that was that."
    answer(task, "yes")
    write(task)
    task.refresh_from_db()
    assert settings_of(task).source == "inspired_by"
    assert "And that was that." not in narrations(task)


def test_a_script_that_is_pasted_later_takes_the_place_of_the_first(task: Task) -> None:
    answer(
        task,
        'Scene 1: A dog. Narrator: "Rex never barks, he only looks at you for a while." Scene 2: A cat. Narrator:'
        ' "Minka always does, and that is why they get along."',
    )
    write(task)
    assert narrations(task) == [
        "Rex never barks, he only looks at you for a while.",
        "Minka always does, and that is why they get along.",
    ]


def test_a_text_comes_with_the_opening_message(alice: User, home: object) -> None:
    task = opened(alice, "Make a film of it", source={"text": PASTED, "mode": "verbatim"})
    assert go_on()[-1].startswith("I take this as your script.")
    write(task)
    task.refresh_from_db()
    assert task.title == "A Red Kite over the Sea"
    assert narrations(task) == WORDS
    assert "text" not in Message.objects.filter(task=task, role="user").get().metadata["source"]


def test_what_does_not_fit_is_said_before_anything_is_paid(alice: User, home: object) -> None:
    story = " ".join(
        f"On day {day} the old keeper climbed all of the stairs and lit the lamp again." for day in range(99)
    )
    task = opened(alice, "Make a film of it", source={"text": story})
    said = go_on()[-1]
    assert "A film lasts 5 minutes at most" in said
    run = write(task)
    [told] = task.events.filter(type="script_generated")
    assert told.payload["warnings"][0]["field"] == "source"
    assert told.payload["source"]["left_out"]["words"] > 0
    assert run.script_version == 1
    assert f"{' '.join(narrations(task))} ".startswith("On day 0 the old keeper")


@pytest.mark.parametrize(
    "said",
    ["Kürze meinen Text", "fass es zusammen bitte", "condense it pls", "summarise my text", "kürze bitte meinen text"],
)
def test_the_ways_are_understood_as_people_say_them(task: Task, said: str) -> None:
    answer(task, said)
    task.refresh_from_db()
    assert settings_of(task).source == "condensed"
