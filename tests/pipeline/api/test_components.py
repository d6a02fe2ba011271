from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import timezone

from media_assets.models import Asset
from pipeline.film.script import parse_script
from pipeline.models import Attempt, AttemptStatus, Quote, Run, RunStatus, Step, StepStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.services import films, quotes
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.scripts import TINY


def still(task: Task, scene: int = 1, *, take: int = 1, fresh: bool = True) -> Asset:
    """A take of a still; only one that is not fresh lets its scene be stale."""
    wanted = plan_of(task, approved=()).decisions[f"scene/{scene}"].fingerprint or ""
    task.assets.filter(component=f"scene/{scene}").update(selected=False)
    return Asset.objects.create(
        task=task,
        scene_index=scene,
        asset_type="scene",
        component=f"scene/{scene}",
        take=take,
        selected=True,
        selected_at=timezone.now(),
        content_hash=f"{scene} {take}",
        fingerprint=wanted if fresh else "another",
        storage_path=f"x/scene{scene}/image_t{take}.png",
        metadata={"width": 128, "height": 72},
    )


def attempt_of(asset: Asset, *, instructions: str = "", version: int = 1, own: bool = False) -> None:
    """Enter how it was made, after a try that failed."""
    run = Run.objects.create(task=asset.task, status=RunStatus.SUCCEEDED, script_version=version)
    step = Step.objects.create(
        run=run, component=asset.component, kind=asset.asset_type, status=StepStatus.SUCCEEDED, asset=asset
    )
    for number, status in enumerate((AttemptStatus.FAILED, AttemptStatus.SUCCEEDED), start=1):
        Attempt.objects.create(
            step=step, number=number, lease=1, provider="double", status=status, instructions=instructions
        )
    if own:
        Asset.objects.filter(id=asset.id).update(metadata={"own": True, "file_name": "mine.png"})


def listed(caller: Caller, task: Task) -> dict[str, dict[str, object]]:
    found = caller.get(f"tasks/{task.id}/components")
    assert (found["next"], found["previous"]) == (None, None)
    return {each["component"]: each for each in found["results"]}


def test_everything_a_film_is_made_of_is_listed(caller: Caller, task: Task) -> None:
    asset = still(task)
    found = listed(caller, task)
    assert list(found)[:4] == ["script", "scene/1", "scene/2", "scene/3"]
    assert {"audio/1", "music/1_2_3", "video/1", "transition/2", "fullvideo"} <= found.keys()
    assert found["script"]["take"] == 1
    assert (found["scene/1"]["status"], found["scene/1"]["stale"], found["scene/1"]["url"]) == (
        "ready",
        False,
        asset.url,
    )
    assert str(found["scene/1"]["signed_url"]).startswith(f"{asset.url}?s=")
    assert (found["scene/2"]["status"], found["scene/2"]["take"], found["scene/2"]["url"]) == ("missing", None, None)
    assert (found["video/1"]["credits"], found["segment/1"]["credits"]) == (10, 0)


def test_a_component_tells_what_happens_to_it(caller: Caller, task: Task) -> None:
    still(task, 1, fresh=False)
    run = Run.objects.create(task=task, status=RunStatus.RUNNING)
    for key, status in {"audio/1": StepStatus.RUNNING, "audio/2": StepStatus.QUEUED}.items():
        Step.objects.create(run=run, component=key, kind="audio", status=status)
    why = {"refused": "prompt", "categories": [], "softened_prompt": "A storm"}
    failed = {"error_code": "refused_prompt", "error_message": "Refused.", "error_details": why}
    Step.objects.create(run=run, component="scene/2", kind="scene", status=StepStatus.FAILED, **failed)
    Step.objects.create(run=run, component="video/2", kind="video", status=StepStatus.BLOCKED)
    Run.objects.create(task=task, approved=["scene/3"], forced={"audio/3": ""})
    found = listed(caller, task)
    assert (found["scene/1"]["status"], found["scene/1"]["stale"]) == ("ready", True)
    told = {key: found[key]["status"] for key in ("audio/1", "audio/2", "scene/2", "video/2", "scene/3", "audio/3")}
    assert told == {
        "audio/1": "making",
        "audio/2": "queued",
        "scene/2": "failed",
        "video/2": "blocked",
        "scene/3": "queued",
        "audio/3": "queued",
    }
    assert found["scene/2"]["error"] == {"code": "refused_prompt", "message": "Refused.", "details": why}


def test_a_component_tells_how_long_it_takes_and_since_when_it_is_being_made(caller: Caller, task: Task) -> None:
    still(task, take=1)
    still(task, take=2)
    began = timezone.now().replace(microsecond=0)
    run = Run.objects.create(task=task, status=RunStatus.RUNNING)
    Step.objects.create(run=run, component="video/1", kind="video", status=StepStatus.RUNNING, started_at=began)
    found = listed(caller, task)
    assert (found["scene/1"]["takes"], found["scene/2"]["takes"], found["script"]["takes"]) == (2, 0, 1)
    assert datetime.fromisoformat(str(found["video/1"]["started_at"])) == began
    assert found["scene/1"]["started_at"] is None
    assert found["video/1"]["seconds"]
    assert not found["segment/1"]["seconds"]


def test_what_failed_once_and_was_made_since_is_ready(caller: Caller, task: Task) -> None:
    run = Run.objects.create(task=task, status=RunStatus.FAILED)
    Step.objects.create(run=run, component="scene/1", kind="scene", status=StepStatus.FAILED)
    still(task)
    assert (listed(caller, task)["scene/1"]["status"], listed(caller, task)["scene/1"]["error"]) == ("ready", None)


def test_what_waited_in_vain_but_has_a_take_is_stale_and_not_blocked(caller: Caller, task: Task) -> None:
    still(task, 1, fresh=False)
    run = Run.objects.create(task=task, status=RunStatus.SUCCEEDED)
    for key in ("scene/1", "scene/2"):
        Step.objects.create(run=run, component=key, kind="scene", status=StepStatus.BLOCKED)
    found = listed(caller, task)
    assert (found["scene/1"]["status"], found["scene/1"]["stale"]) == ("ready", True)
    assert found["scene/2"]["status"] == "blocked"


def test_a_film_without_a_script_has_nothing_but_the_script_to_be(caller: Caller) -> None:
    draft = films.order_film(user=caller.user, prompt="A film", settings=TINY, writes=False)
    assert {key: each["status"] for key, each in listed(caller, draft).items()} == {"script": "missing"}


def test_takes_are_listed_with_their_files(caller: Caller, task: Task) -> None:
    still(task, take=1)
    second = still(task, take=2)
    found = caller.get(f"tasks/{task.id}/components/scene.1/takes")["results"]
    assert [(each["take"], each["selected"], each["width"]) for each in found] == [(1, False, 128), (2, True, 128)]
    assert (found[1]["url"], found[1]["duration_ms"]) == (second.url, None)
    assert caller.get(f"tasks/{task.id}/components/scene.2/takes")["results"] == []


def test_a_take_tells_what_it_was_made_from(caller: Caller, task: Task) -> None:
    first, second, third, fourth = (still(task, take=take) for take in range(1, 5))
    for asset, instructions, version in ((first, "", 1), (second, "at night", 2)):
        attempt_of(asset, instructions=instructions, version=version)
    attempt_of(third, own=True)
    changes = {"image_prompt": "A boat at sea"}
    caller.ask("PATCH", f"tasks/{task.id}/script/scenes/1", {"version": 1, "changes": changes})
    found = [each["made_from"] for each in caller.get(f"tasks/{task.id}/components/scene.1/takes")["results"]]
    told = {"instructions": "", "provider": "double", "model": "", "own": False, "file": ""}
    told |= {"stands_in_for": "", "story": ""}
    asked = parse_script(task.scripts.get(version=1).content).scenes[0].image_prompt
    assert found == [
        {**told, "version": 1, "prompt": asked},
        {**told, "version": 2, "prompt": "A boat at sea", "instructions": "at night"},
        {**told, "version": 1, "prompt": "", "provider": "", "own": True, "file": "mine.png"},
        None,
    ]
    assert fourth.take == 4


def test_an_adopted_take_was_made_from_what_the_other_was(caller: Caller, task: Task) -> None:
    source, copy = still(task, 1), still(task, 2)
    attempt_of(source, instructions="with snow")
    Asset.objects.filter(id=copy.id).update(metadata={"adopted_from": source.id})
    [take] = caller.get(f"tasks/{task.id}/components/scene.2/takes")["results"]
    assert take["made_from"]["instructions"] == "with snow"


def test_the_takes_of_the_script_are_its_versions(caller: Caller, task: Task) -> None:
    caller.ask("PATCH", f"tasks/{task.id}/script/scenes/1", {"version": 1, "changes": {"title": "Other"}})
    path = f"tasks/{task.id}/components/script/takes"
    assert [(each["take"], each["selected"]) for each in caller.get(path)["results"]] == [(1, False), (2, True)]
    assert caller.post(f"{path}/1/select") == {"component": "script", "take": 1, "run_id": None}
    assert caller.get(f"tasks/{task.id}/script")["version"] == 3
    assert caller.refused("POST", f"{path}/9/select")[:2] == (404, "not_found")


def test_an_older_take_is_chosen_again(caller: Caller, task: Task) -> None:
    still(task, take=1)
    still(task, take=2)
    chosen = caller.post(f"tasks/{task.id}/components/scene.1/takes/1/select")
    assert chosen == {"component": "scene/1", "take": 1, "run_id": None}
    assert [each["take"] for each in listed(caller, task).values() if each["component"] == "scene/1"] == [1]


def test_a_choice_during_a_run_waits_for_its_end(caller: Caller, task: Task) -> None:
    still(task)
    Run.objects.create(task=task, status=RunStatus.RUNNING)
    run_id = caller.post(f"tasks/{task.id}/components/scene.1/takes/1/select")["run_id"]
    assert Run.objects.get(id=run_id).selects == {"scene/1": 1}


@pytest.mark.parametrize("key", ["scene.9", "scene/1", "nothing", "scene.%00", ".", "video.1.2", "%F0%9F%92%A9"])
def test_a_component_that_is_none_is_not_found(caller: Caller, task: Task, key: str) -> None:
    before = Task.objects.values().get()
    path = f"tasks/{task.id}/components/{key}"
    for method, place in [("GET", "takes"), ("POST", "takes/1/select"), ("POST", "regenerate")]:
        assert caller.refused(method, f"{path}/{place}")[:2] == (404, "not_found"), (method, place)
    assert Task.objects.values().get() == before
    assert not Run.objects.exists()
    assert not Quote.objects.exists()


@pytest.mark.parametrize("take", ["0", "2", "-1", "9" * 40])
def test_a_take_that_is_none_is_not_found(caller: Caller, task: Task, take: str) -> None:
    still(task)
    assert caller.refused("POST", f"tasks/{task.id}/components/scene.1/takes/{take}/select")[:2] == (404, "not_found")
    assert not Run.objects.exists()


def test_a_regeneration_is_priced_first_and_then_carried_out(caller: Caller, rich: User, task: Task) -> None:
    still(task)
    path = f"tasks/{task.id}/components/scene.1/regenerate"
    quote = caller.post(path, {"instructions": "at night"})
    assert (quote["credits"], [item["component"] for item in quote["items"]]) == (4, ["scene/1"])
    assert not Run.objects.exists()
    for _ in range(2):
        run = caller.post(path, {"quote_id": quote["quote_id"]}, status=202)
        assert run == {"run_id": Run.objects.get().id, "status": "queued"}
    assert Run.objects.get().forced == {"scene/1": "at night"}
    assert caller.get("credits")["held"] == 4


def test_a_script_that_could_not_be_written_is_asked_for_again(caller: Caller) -> None:
    draft = films.order_film(user=caller.user, prompt="A film", settings=TINY, writes=False)
    path = f"tasks/{draft.id}/components/script/regenerate"
    quote = caller.post(path, {"instructions": "shorter"})
    assert (quote["credits"], quote["items"]) == (0, [])
    caller.post(path, {"quote_id": quote["quote_id"]}, status=202)
    assert Run.objects.get().forced == {"script": "shorter"}


def test_a_quote_for_something_else_regenerates_nothing(caller: Caller, rich: User, task: Task) -> None:
    whole = quotes.quote(task=task)
    body = {"quote_id": whole.id}
    assert caller.refused("POST", f"tasks/{task.id}/components/scene.1/regenerate", body)[:2] == (404, "not_found")
    assert not Run.objects.exists()


def test_what_is_made_from_nothing_cannot_be_made_anew(caller: Caller, task: Task) -> None:
    assert caller.refused("POST", f"tasks/{task.id}/components/video.1/regenerate")[:2] == (409, "not_ready")


@pytest.mark.parametrize("body", [{"instructions": "\x00"}, {"instructions": "x" * 2_001}, {"instruction": "x"}, []])
def test_a_wrong_regeneration_is_refused(caller: Caller, task: Task, body: object) -> None:
    assert caller.refused("POST", f"tasks/{task.id}/components/scene.1/regenerate", body)[:2] == (422, "invalid")
    assert not Quote.objects.exists()


def test_a_version_shows_the_pictures_that_were_made_for_it(caller: Caller, task: Task) -> None:
    first = still(task, 1)
    still(task, 2, fresh=False)
    path = f"tasks/{task.id}/script/versions"
    caller.ask("PATCH", f"tasks/{task.id}/script/scenes/1", {"version": 1, "changes": {"image_prompt": "At night"}})
    second = still(task, 1, take=2)
    shown = {
        version: [(each["scene_index"], each["url"]) for each in caller.get(f"{path}/{version}/pictures")["results"]]
        for version in (1, 2)
    }
    assert shown == {1: [(1, first.url)], 2: [(1, second.url)]}
    assert caller.refused("GET", f"{path}/9/pictures")[:2] == (404, "not_found")
