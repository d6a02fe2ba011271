"""The sentences that first users said, in a real conversation: agent, tools and database, without a worker.

What is right of each: done, asked, refused with a way, or answered; never is anything else changed.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from chat.models import Message
from pipeline.film.settings import TaskSettings
from pipeline.models import Run, Script, Task
from pipeline.services import films as pipeline
from pipeline.services import scripts
from pixora.accounts.models import User
from tests.chat.test_agent import answer
from tests.chat.test_sentences import FILM

SAID: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "said.toml").read_text())["sentence"]


@pytest.fixture
def task(alice: User, home: object) -> Task:
    settings = TaskSettings(aspect_ratio="9:16", duration=30)
    made = pipeline.order_film(user=alice, prompt="A film about a dog", settings=settings, writes=False)
    Script.objects.create(task=made, version=1, content=FILM.model_dump(mode="json"))
    Task.objects.filter(id=made.id).update(title="A dog", status="scripted")
    return Task.objects.get(id=made.id)


def outcome(task: Task) -> dict[str, Any]:
    """Collect what a sentence may have changed."""
    task.refresh_from_db()
    content = task.scripts.latest("version").content
    settings = {name: value for name, value in task.settings.items() if name not in ("seed", "reference")}
    return {
        **settings,
        "title": task.title,
        "script": content,
        "runs": Run.objects.filter(task=task, approved=[]).count(),
    }


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    """Names of settings, `title`, `writing`, and `scene 2 script`, `scenes`, `music`, `characters` of the script."""
    names = {name for name in before if name not in ("script", "runs") and before[name] != after[name]}
    old, new = before["script"], after["script"]
    scenes = {clip["scene"]["id"]: clip["scene"] for clip in new["clips"]}
    if [clip["scene"]["id"] for clip in old["clips"]] != list(scenes):
        names.add("scenes")
    for clip in old["clips"]:
        was, now = clip["scene"], scenes.get(clip["scene"]["id"], clip["scene"])
        names |= {f"scene {was['id']} {field}" for field in was if field != "index" and was[field] != now[field]}
    names |= {field for field in ("music", "character_profiles") if old[field] != new[field] and "scenes" not in names}
    return names | ({"writing"} if after["runs"] > before["runs"] else set())


@pytest.mark.parametrize("case", SAID, ids=[case["said"][:50].replace(" ", "-") for case in SAID])
def test_what_was_said_does_this_and_nothing_else(task: Task, case: dict[str, Any]) -> None:
    for earlier in case.get("after", ()):
        answer(task, earlier)
    before = outcome(task)
    told = answer(task, case["said"])
    assert changed(before, outcome(task)) == set(case.get("changes", ())), told.content
    assert re.search(case["told"], told.content), told.content


def test_a_yes_does_what_was_asked_about(task: Task) -> None:
    scripts.revise_scene(task=task, version=1, scene_index=2, changes={"title": "Mine"})
    asked = answer(task, "translate it to Spanish")
    assert re.search(r"all 3 scenes again in Spanish.*your changes to scene 2 are lost\. Shall I\?", asked.content)
    assert not Run.objects.filter(forced__has_key="script").exists()
    assert "in Spanish" in answer(task, "yes").content
    assert Run.objects.get(forced__has_key="script")
    assert Task.objects.get(id=task.id).settings["language"] == "es"


def test_a_no_leaves_everything(task: Task) -> None:
    answer(task, "delete scenes 2 and 3")
    assert "nothing is started" in answer(task, "no").content
    assert task.scripts.count() == 1


def test_a_yes_after_another_change_does_not_do_what_was_asked_before(task: Task) -> None:
    answer(task, "delete scenes 2 and 3")
    scripts.revise_scene(task=task, version=1, scene_index=2, changes={"title": "Mine"})
    answer(task, "yes")
    assert len(task.scripts.latest("version").content["clips"]) == 3


def test_what_was_not_understood_is_met_with_three_sentences_that_are(task: Task) -> None:
    told = answer(task, "blorp")
    assert [action["send"]["type"] for action in told.actions] == ["message"] * 3
    assert len(answer(task, "blorp again").content) < len(told.content)
    for action in told.actions:
        assert "did not get" not in answer(task, action["send"]["content"]).content


def test_an_answer_to_a_question_is_the_wish_it_asked_about(task: Task) -> None:
    before = outcome(task)
    assert "In which scene" in answer(task, "make it darker").content
    answer(task, "scene 2")
    assert changed(before, outcome(task)) == {"scene 2 image_prompt"}
    assert Message.objects.count() == 4
