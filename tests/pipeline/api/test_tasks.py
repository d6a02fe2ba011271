from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from media_assets.models import Asset, Video
from pipeline.cut.timeline import SceneCut, lay_out
from pipeline.events import history
from pipeline.models import Run, RunStatus, Script, Step, StepStatus, Task, TaskStatus
from pipeline.services import films
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.api.conftest import scripted
from tests.pipeline.api.film_operations import ANY_ID, operations
from tests.pipeline.scripts import TINY, script

A_WEEK = timedelta(days=7)
NOT_FOUND: tuple[int, str, dict[str, Any]] = (404, "not_found", {})


def taken(task: Task, component: str, asset_type: str) -> Asset:
    return Asset.objects.create(
        task=task,
        asset_type=asset_type,
        component=component,
        take=1,
        selected=True,
        selected_at=timezone.now(),
        content_hash="c",
        storage_path=f"x/{component}.png",
    )


def poster(task: Task) -> Asset:
    return taken(task, "poster", "render")


def test_a_film_is_ordered_and_its_script_is_to_be_written(caller: Caller) -> None:
    made = caller.post("tasks", {"prompt": "A 15 second film about tea", "style": "noir"}, status=201)
    assert (made["status"], made["version"], made["title"], made["counts"]) == (
        "draft",
        None,
        "",
        {"scenes": 0, "seconds": 0, "takes": 0},
    )
    assert (made["settings"]["duration"], made["settings"]["style"]) == (15, "noir")
    run = Run.objects.get(task_id=made["id"])
    assert (run.forced, run.approved) == ({"script": ""}, [])
    waiting = {"status": "queued", "progress": 0, "stage": "writing_script", "eta_seconds": None}
    assert made["run"] == {"run_id": run.id, **waiting}
    assert caller.get(f"tasks/{made['id']}") == made


def test_a_length_that_is_chosen_counts_before_the_prompts(caller: Caller) -> None:
    made = caller.post("tasks", {"prompt": "A 15 second film about tea", "duration": 60}, status=201)
    assert made["settings"]["duration"] == 60


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "prompt"),
        ({"prompt": ""}, "prompt"),
        ({"prompt": " \x00"}, "prompt"),
        ({"prompt": "x" * 8_001}, "prompt"),
        ({"prompt": "a film", "duration": 7}, "duration"),
        ({"prompt": "a film", "duration": None}, "duration"),
        ({"prompt": "a film", "voice": "Nobody"}, "voice"),
        ({"prompt": "a film", "aspect_ratio": "2:1"}, "aspect_ratio"),
        ({"prompt": "a film", "reference": "abc"}, "reference"),
        ({"prompt": "a film", "colour": "red"}, "colour"),
    ],
)
def test_a_wrong_order_names_the_field_and_makes_nothing(caller: Caller, body: Any, field: str) -> None:
    status, code, details = caller.refused("POST", "tasks", body)
    assert (status, code, details["field"]) == (422, "invalid", field)
    assert not Task.objects.exists()


def test_a_film_tells_its_script_takes_poster_and_run(caller: Caller, task: Task) -> None:
    asset = poster(task)
    began = timezone.now() - timedelta(seconds=60)
    run = Run.objects.create(task=task, status=RunStatus.RUNNING, progress=50, started_at=began)
    for number, status in enumerate(
        [StepStatus.SUCCEEDED, StepStatus.REUSED, StepStatus.RUNNING, StepStatus.QUEUED], start=1
    ):
        Step.objects.create(run=run, component=f"scene/{number}", kind="scene", status=status)
    Step.objects.create(run=run, component="storyboard", kind="storyboard", status=StepStatus.QUEUED)
    shown = caller.get(f"tasks/{task.id}")
    assert (shown["version"], shown["counts"]) == (1, {"scenes": 3, "seconds": 15, "takes": 1})
    at_work = {"status": "running", "progress": 50, "stage": "generating_assets", "eta_seconds": 60}
    assert shown["run"] == {"run_id": run.id, **at_work}
    assert shown["poster"]["url"] == asset.url
    assert shown["poster"]["signed_url"].startswith(f"{asset.url}?s=")


def test_what_only_computing_is_left_of_is_being_cut(caller: Caller, task: Task) -> None:
    run = Run.objects.create(task=task, status=RunStatus.RUNNING)
    Step.objects.create(run=run, component="scene/1", kind="scene", status=StepStatus.SUCCEEDED)
    Step.objects.create(run=run, component="fullvideo", kind="fullvideo", status=StepStatus.QUEUED)
    assert caller.get(f"tasks/{task.id}")["run"]["stage"] == "cutting"


def test_films_are_listed_newest_first_and_only_ones_own(caller: Caller, bob: Caller) -> None:
    mine = [scripted(caller.user).id for _ in range(3)]
    scripted(bob.user)
    assert [each["id"] for each in caller.get("tasks")["results"]] == mine[::-1]


def test_pages_neither_repeat_nor_leave_out_when_films_come_meanwhile(caller: Caller) -> None:
    mine = [scripted(caller.user).id for _ in range(5)][::-1]
    first = caller.get("tasks?limit=2")
    scripted(caller.user)
    second = caller.get(f"tasks?limit=2&cursor={first['next']}")
    third = caller.get(f"tasks?limit=2&cursor={second['next']}")
    assert [each["id"] for page in (first, second, third) for each in page["results"]] == mine
    assert (first["previous"], third["next"]) == (None, None)
    assert caller.get(f"tasks?limit=2&cursor={third['previous']}")["results"] == second["results"]


def test_films_are_found_by_words_of_their_title_or_prompt(caller: Caller, bob: Caller) -> None:
    for title, prompt in (("The lighthouse", "A film about the sea"), ("50%", "A film about sales"), ("", "Sea lions")):
        Task.objects.create(user=caller.user, title=title, prompt=prompt, request_key="x")
        Task.objects.create(user=bob.user, title=title, prompt=prompt, request_key="x")
    found = {
        search: [each["title"] for each in caller.get(f"tasks?search={search}")["results"]]
        for search in ("", "SEA", "sea%20light", "0%25", "%25", "whales", "%20")
    }
    assert found == {
        "": ["", "50%", "The lighthouse"],
        "SEA": ["", "The lighthouse"],
        "sea%20light": ["The lighthouse"],
        "0%25": ["50%"],
        "%25": ["50%"],
        "whales": [],
        "%20": ["", "50%", "The lighthouse"],
    }


def test_a_search_is_looked_up_page_by_page_and_among_deleted_films(caller: Caller) -> None:
    for number in range(3):
        Task.objects.create(user=caller.user, title=f"Tea {number}", prompt="A film", request_key="x")
    first = caller.get("tasks?search=tea&limit=2")
    rest = caller.get(f"tasks?search=tea&limit=2&cursor={first['next']}")
    assert [each["title"] for page in (first, rest) for each in page["results"]] == ["Tea 2", "Tea 1", "Tea 0"]
    caller.ask("DELETE", f"tasks/{rest['results'][0]['id']}")
    assert [each["title"] for each in caller.get("tasks?search=tea&deleted=true")["results"]] == ["Tea 0"]


def test_a_film_tells_how_long_it_is_and_where_its_draft_is(caller: Caller, task: Task) -> None:
    shown = caller.get(f"tasks/{task.id}")
    assert (shown["duration"], shown["animatic"]) == (None, None)
    draft, film = taken(task, "animatic", "render"), taken(task, "fullvideo", "render")
    Asset.objects.filter(id=film.id).update(metadata={"duration_ms": 15_033})
    shown = caller.get(f"tasks/{task.id}")
    assert (shown["duration"], shown["animatic"]["url"]) == (15.033, draft.url)


def test_a_finished_film_tells_where_its_scenes_lie(caller: Caller, task: Task) -> None:
    cut = lay_out([SceneCut(1, 5), SceneCut(2, 10, narration_ms=11_000)])
    Video.objects.create(
        task=task, asset=taken(task, "fullvideo", "render"), storage_path="x/fullvideo.mp4", duration=cut.duration_s,
        script_version=1, timeline=asdict(cut),
    )  # fmt: skip
    assert caller.get(f"tasks/{task.id}/video")["scenes"] == [
        {"scene": 1, "start": 0.0, "seconds": 5.0},
        {"scene": 2, "start": 5.0, "seconds": pytest.approx(11.6)},
    ]


@pytest.mark.parametrize(
    "query",
    [
        "search=%00",
        f"search={'x' * 201}",
        "cursor=rubbish",
        "cursor=%00",
        "limit=0",
        "limit=101",
        "limit=x",
        "deleted=5",
    ],
)
def test_a_wrong_page_is_refused(caller: Caller, query: str) -> None:
    status, code, details = caller.refused("GET", f"tasks?{query}")
    assert (status, code, details["field"]) == (422, "invalid", query.partition("=")[0])


def test_a_cursor_of_another_list_is_refused(caller: Caller, task: Task) -> None:
    Script.objects.create(task=task, version=2, content=script(3).model_dump(mode="json"))
    cursor = caller.get(f"tasks/{task.id}/script/versions?limit=1")["next"]
    assert caller.refused("GET", f"tasks?cursor={cursor}")[:2] == (422, "invalid")


def test_settings_and_title_are_changed_and_the_script_with_them(caller: Caller, task: Task) -> None:
    answer = caller.ask("PATCH", f"tasks/{task.id}", {"title": "Another", "style": "noir", "captions": "boxed"})
    shown = answer.json()
    assert (shown["title"], shown["version"]) == ("Another", 2)
    assert (shown["settings"]["style"], shown["settings"]["captions"]) == ("noir", "boxed")
    assert caller.get(f"tasks/{task.id}/script")["script"]["style"] == "noir"


def test_a_change_of_nothing_changes_nothing(caller: Caller, task: Task) -> None:
    before = caller.get(f"tasks/{task.id}")
    assert caller.ask("PATCH", f"tasks/{task.id}", {}).json() == before


@pytest.mark.parametrize(
    "body",
    [{"title": ""}, {"title": "\x00"}, {"title": "x" * 201}, {"style": " "}, {"seed": 5}, {"status": "complete"}],
)
def test_a_wrong_change_changes_nothing(caller: Caller, task: Task, body: Any) -> None:
    before = caller.get(f"tasks/{task.id}")
    assert caller.refused("PATCH", f"tasks/{task.id}", {"voice": "Lily", **body})[:2] == (422, "invalid")
    assert caller.get(f"tasks/{task.id}") == before


def test_a_deleted_film_is_gone_until_it_is_restored(caller: Caller, task: Task) -> None:
    run = films.start_run(task=task)
    assert caller.ask("DELETE", f"tasks/{task.id}").status_code == 204
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    [deleted] = caller.get("tasks?deleted=true")["results"]
    task.refresh_from_db()
    assert deleted["id"] == task.id
    assert task.deleted_at is not None
    lasts = datetime.fromisoformat(deleted["restorable_until"]) - task.deleted_at
    assert timedelta() <= A_WEEK - lasts < timedelta(seconds=1), "JSON has milliseconds"
    for method in ("GET", "DELETE"):
        *refused, details = caller.refused(method, f"tasks/{task.id}")
        assert (*refused, {}) == NOT_FOUND
        assert datetime.fromisoformat(details["restorable_until"]) == task.deleted_at + A_WEEK
    stranger = Caller(User.objects.create_user("carol@example.org"))
    assert stranger.refused("GET", f"tasks/{task.id}") == NOT_FOUND
    assert caller.get("tasks")["results"] == []
    for _ in range(2):
        assert caller.post(f"tasks/{task.id}/restore")["id"] == task.id
    assert caller.get("tasks?deleted=true")["results"] == []
    assert caller.get(f"tasks/{task.id}")["version"] == 1


def test_the_history_is_read_from_where_one_was(caller: Caller, task: Task) -> None:
    for number in range(5):
        history.publish(task.id, "tick", {"n": number})
    shown = caller.get(f"tasks/{task.id}/events?after=2&limit=2")
    assert [(each["seq"], each["type"], each["data"]) for each in shown["results"]] == [
        (3, "tick", {"n": 2}),
        (4, "tick", {"n": 3}),
    ]
    rest = caller.get(f"tasks/{task.id}/events?after=2&limit=2&cursor={shown['next']}")
    assert ([each["seq"] for each in rest["results"]], rest["next"]) == ([5], None)
    assert caller.get(f"tasks/{task.id}/events?after={2**63 - 1}")["results"] == []
    assert caller.refused("GET", f"tasks/{task.id}/events?after=-1")[:2] == (422, "invalid")


def test_a_film_that_is_not_finished_has_no_video(caller: Caller, task: Task) -> None:
    assert caller.refused("GET", f"tasks/{task.id}/video") == NOT_FOUND


def test_other_peoples_films_and_those_that_are_none_do_not_exist(bob: Caller, task: Task) -> None:
    before = Task.objects.values().get()
    for method, path, body in [
        *operations(task.id),
        *operations("task_none"),
        *operations("%00"),
        *operations("a%20b"),
    ]:
        assert bob.refused(method, path, body) == NOT_FOUND, (method, path)
    assert Task.objects.values().get() == before
    assert not Run.objects.exists()


def test_every_operation_on_a_film_is_tried_by_somebody_else(caller: Caller) -> None:
    document = caller.get("openapi.json")
    known = [(method.upper(), path) for path in document["paths"] for method in document["paths"][path]]
    numbered = {"/scenes/1": "/scenes/{index}", "/takes/1": "/takes/{take}", "/versions/1": "/versions/{version}"}
    numbered |= {f"/shares/{ANY_ID}": "/shares/{share_id}", f"/notes/{ANY_ID}": "/notes/{note_id}"}
    tried = set()
    for method, path, _ in operations("{task_id}"):
        for number, name in {**numbered, "scene.1": "{key}"}.items():
            path = path.replace(number, name)
        tried.add((method, f"/api/v1/{path}"))
    assert tried >= {each for each in known if "{task_id}" in each[1]}


def queries(caller: Caller, path: str) -> int:
    caller.get(path)
    with CaptureQueriesContext(connection) as asked:
        caller.get(path)
    return len(asked)


@pytest.mark.parametrize("path", ["tasks/{}", "tasks/{}/components", "tasks/{}/script", "tasks/{}/events"])
def test_more_scenes_ask_no_more_queries(caller: Caller, path: str) -> None:
    asked = []
    for scenes in (1, 12):
        task = scripted(caller.user, scenes)
        for scene in range(1, scenes + 1):
            history.publish(task.id, "tick", {})
            taken(task, f"scene/{scene}", "scene")
        asked.append(queries(caller, path.format(task.id)))
    assert asked[0] == asked[1] <= 9


def test_more_films_ask_no_more_queries(caller: Caller) -> None:
    asked = []
    for _ in range(2):
        for _ in range(4):
            task = scripted(caller.user)
            poster(task)
            films.start_run(task=task)
        asked.append(queries(caller, "tasks"))
    assert asked[0] == asked[1] <= 4


def test_a_film_is_read_in_few_queries(caller: Caller, task: Task) -> None:
    assert queries(caller, f"tasks/{task.id}") == 3


def test_a_duplicate_has_the_script_and_the_takes_for_nothing(caller: Caller, task: Task) -> None:
    asset = poster(task)
    copy = caller.post(f"tasks/{task.id}/duplicate", status=201)
    assert copy["id"] != task.id
    assert (copy["title"], copy["status"], copy["version"]) == ("The thing", "scripted", 1)
    assert copy["counts"] == {"scenes": 3, "seconds": 15, "takes": 1}
    assert Asset.objects.get(task_id=copy["id"]).storage_path == asset.storage_path
    assert not Run.objects.exists()


def test_a_duplicate_of_a_film_without_a_script_writes_its_own(caller: Caller) -> None:
    draft = films.order_film(user=caller.user, prompt="A film", settings=TINY, writes=False)
    copy = caller.post(f"tasks/{draft.id}/duplicate", status=201)
    assert (copy["status"], copy["run"]["stage"]) == (TaskStatus.DRAFT, "writing_script")


def test_nobody_sees_anything_without_signing_in(caller: Caller, task: Task, client: Any) -> None:
    for method, path, _ in operations(task.id):
        assert client.generic(method, f"/api/v1/{path}").status_code == 401
    for path in ("tasks", "credits", "options"):
        assert client.get(f"/api/v1/{path}").status_code == 401


def test_a_user_is_alone_with_the_limits(caller: Caller, bob: Caller, alice: User) -> None:
    while caller.ask("POST", "tasks", {"prompt": "a film"}).status_code == 201:
        pass
    status, code, details = caller.refused("POST", "tasks", {"prompt": "a film"})
    assert (status, code, 0 < details["retry_after"] <= 60) == (429, "rate_limited", True)
    assert Task.objects.filter(user=alice).count() == 20
    bob.post("tasks", {"prompt": "a film"}, status=201)
