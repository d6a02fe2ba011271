"""Scenes last as long as the model of their clips makes them: 5 or 10 seconds, or whole seconds of a range."""

from __future__ import annotations

import pytest

from pipeline.film.settings import TaskSettings
from pipeline.models import Attempt, RunStatus, Task
from pipeline.services import films, quotes, scene_lengths, scripts
from pixora.foundation.errors import Conflict, ScriptInvalid
from tests.emulators.server import Emulators
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_tiers import in_tier, vendors

__all__ = ["vendors"]

OLDER = {"models": {"motion": "kling-1.6-pro"}}
"""Its clips last 5 or 10 seconds."""


def lasting(task: Task, seconds: int) -> Task:
    version = scripts.current_script(task).version
    scripts.revise_scene(task=task, version=version, scene_index=1, changes={"duration": seconds})
    task.refresh_from_db()
    return task


def durations(task: Task) -> list[int]:
    return [clip["scene"]["duration"] for clip in scripts.current_script(task).content["clips"]]


def test_a_scene_may_last_what_its_model_makes(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    task = scripts.update_settings(task=scripted, changes=OLDER)
    with pytest.raises(ScriptInvalid, match="must be 5 or 10 seconds with the clip model that is chosen, not 7"):
        lasting(task, 7)
    task = lasting(in_tier(task, "best"), 7)
    assert scene_lengths.lengths(TaskSettings()) == tuple(range(3, 16))
    assert scene_lengths.lengths(TaskSettings(tier="best")) == tuple(range(3, 16))
    assert (durations(task)[0], task.settings["duration"] % 5) == (7, 0)

    quote = quotes.quote(task=task, approved=["scene/1", "video/1"])
    assert {item["component"]: item["credits"] for item in quote.items} == {"scene/1": 8, "video/1": 35}
    run = drive(quotes.use(task=task, quote_id=quote.id))
    assert run.status == RunStatus.SUCCEEDED
    assert Attempt.objects.get(step__run=run, step__component="video/1").cost_micros == 7 * 224_000
    assert vendors.bills("fal")[-1]["micros"] == 7 * 224_000


def test_other_models_ask_before_scenes_last_otherwise(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    task = lasting(in_tier(scripted, "best"), 7)
    version = scripts.current_script(task).version
    with pytest.raises(Conflict) as asked:
        scripts.update_settings(task=task, changes=OLDER)
    assert asked.value.code == "lengths_change"
    assert asked.value.details == {"scenes": [{"scene": 1, "seconds": 7, "then": 5}]}
    assert "scene 1 5 s instead of 7" in asked.value.message
    task.refresh_from_db()
    assert ("models" in task.settings, scripts.current_script(task).version) == (False, version)

    task = scripts.update_settings(task=task, changes=OLDER, retime=True)
    assert (task.settings["models"], durations(task)[0]) == (OLDER["models"], 5)
    scripts.restore_version(task=task, version=version)  # what was is never refused: another model stands in
    assert durations(task)[0] == 7
    quote = quotes.quote(task=task, approved=["scene/1", "video/1"])
    run = drive(quotes.use(task=task, quote_id=quote.id))
    clip = Attempt.objects.get(step__run=run, step__component="video/1")
    assert (clip.model, clip.stands_in_for, clip.because) == ("minimax-h3-max", "kling-1.6-pro", "unfit")


def test_generators_of_this_machine_make_any_length(scripted: Task, drive: Drive) -> None:
    assert scene_lengths.lengths(TaskSettings()) == tuple(range(3, 16))
    assert drive(films.start_run(task=lasting(scripted, 3))).status == RunStatus.SUCCEEDED
