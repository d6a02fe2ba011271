"""A word or a name is corrected in the whole film, and one undo takes that back."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.steps import step
from chat.llm.local.understanding import understand
from pipeline.film.settings import TaskSettings
from pipeline.film.word_swaps import swapped
from pipeline.models import Script, Task
from pipeline.services import films as pipeline
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer
from tests.pipeline.scripts import scene, script

WORDS = ("My pizza place tonis opens on Friday.", "Bring Hannah and the kids.")
PIZZA = script(
    [
        scene(
            place,
            index=place,
            title=f"At tonis {place}" if place == 1 else "Friends",
            script=WORDS[place - 1],
            image_prompt="the sign of tonis, a night street",
            characters=["Tonis"] if place == 1 else [],
        )
        for place in (1, 2)
    ],
    character_profiles=[{"name": "Tonis", "image_prompt": "Tonis: a baker of tonis"}],
    music=[{"prompt": "warm guitar", "scene_indexes": [1, 2]}],
)


def film() -> Film:
    found: dict[str, Any] = facts("scripted")
    found["script"] = {"version": 1, **PIZZA.model_dump(mode="json")}
    found["film"] |= {"title": "My Pizza Place Tonis"}
    return Film(found, "en")


@pytest.mark.parametrize(
    "said",
    [
        "name is Toni's not tonis",
        "the name is Toni's, not tonis!",
        "it's Toni's not tonis",
        "Toni's not tonis pls",
        "my place is called Toni's, not Tonis",
        "it's not tonis, it's Toni's",
        "replace tonis by Toni's everywhere",
        "change tonis to Toni’s in all scenes",
        "der laden heißt nicht Tonis sondern Toni's",
        "es heißt Toni's, nicht tonis",
        "ersetze tonis überall durch Toni's",
    ],
)
def test_a_correction_of_a_name_is_one_of_the_whole_film(said: str) -> None:
    (call,) = understand(said, film()).calls
    assert call.tool == "replace_word"
    assert (call.arguments["old"].lower(), call.arguments["new"]) == ("tonis", "Toni's")


@pytest.mark.parametrize("said", ["name is Toni's not marios", "replace marios by Toni's everywhere"])
def test_a_word_that_stands_nowhere_is_asked_about(said: str) -> None:
    found = understand(said, film())
    assert not found.calls
    assert found.words == "“marios” stands nowhere in this film. Which word do you want to be “Toni's”?"
    (call,) = understand("tonis", film(), before=Before(said, found.words)).calls
    assert call == step("replace_word", old="tonis", new="Toni's")


@pytest.mark.parametrize("said", ["make scene 2 at day not night", "George not Rachel", "it's day not night"])
def test_other_wishes_stay_what_they_are(said: str) -> None:
    assert step("replace_word") not in [step(call.tool) for call in understand(said, film()).calls]


def test_it_is_told_what_was_changed_and_one_undo_takes_it_back(alice: User, home: object) -> None:
    task = pipeline.order_film(user=alice, prompt="My place tonis", settings=TaskSettings(duration=10), writes=False)
    content = PIZZA.model_dump(mode="json")
    Script.objects.create(task=task, version=1, content=content)
    Task.objects.filter(id=task.id).update(title="My Pizza Place Tonis", status="scripted")
    told = answer(task, "name is Toni's not tonis")
    assert "“tonis” is “Toni's” now: in the title, in the heading of scene 1, in the words of scene 1" in told.content
    task.refresh_from_db()
    made = task.scripts.latest("version").content
    assert task.title == "My Pizza Place Toni's"
    assert "tonis" not in str({**made, "user_prompt": "", "rewritten_prompt": ""}).lower()
    assert made["clips"][0]["scene"]["script"] == "My pizza place Toni's opens on Friday."
    assert made["character_profiles"][0]["name"] == made["clips"][0]["scene"]["characters"][0] == "Toni's"
    answer(task, "undo")
    task.refresh_from_db()
    assert task.title == "My Pizza Place Tonis"
    assert task.scripts.latest("version").content["clips"] == content["clips"]


def test_a_word_that_is_named_without_a_capital_keeps_the_one_that_it_has_in_a_title() -> None:
    assert swapped("My Dog's Birtday, a birtday", "birtday", "birthday") == "My Dog's Birthday, a birthday"
    assert swapped("This is Anna.", "Anna", "the cat") == "This is the cat."
