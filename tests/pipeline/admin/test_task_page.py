from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chat.models import Message, Role, Turn
from media_assets.models import Asset
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Script, StepStatus, Task
from pixora.accounts import staff_log
from pixora.accounts.models import User
from tests.pipeline.admin.films import add_attempt, film, made

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def page(client: Client, task: Task, query: str = "") -> str:
    response = client.get(f"/admin/pipeline/task/{task.id}/change/{query}")
    assert response.status_code == 200
    return response.content.decode()


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_films_page_asks_as_much_for_six_scenes_as_for_sixty(support: Client, alice: User) -> None:
    short, long = film(alice, scenes=6), film(alice, scenes=60)
    counts = [queries(support, f"/admin/pipeline/task/{task.id}/change/") for task in (short, long)]
    assert counts[0] == counts[1] <= 30
    counts = [queries(support, f"/admin/pipeline/task/{task.id}/component/scene/1/") for task in (short, long)]
    assert counts[0] == counts[1] <= 25


def test_it_shows_the_film_and_all_that_happened_to_it(support: Client, alice: User) -> None:
    task = film(alice)
    yes = {"label": "Make it for 31 credits", "send": {"type": "approve_script"}}
    Message.objects.create(user=alice, task=task, role=Role.USER, content="Make a film.", turn=Turn.FAILED)
    Message.objects.create(user=alice, task=task, role=Role.AGENT, content="Here is your film.", actions=[yes])
    staff_log.record(User.objects.get(email="support@example.org"), task, "recut", "It stuttered")
    text = page(support, task)
    still = Asset.objects.get(task=task, component="scene/1", selected=True)
    assert f"/media/{still.id}/scene1_t2.png?s=" in text
    for said in ("alice@example.org", "take 2 of 2", "image-1", "It stuttered", "$0.0400"):
        assert said in text
    for said in ("Make a film.", "The agent could not answer this.", "Here is your film.", "Make it for 31 credits"):
        assert said in text
    assert text.count("<audio") == 2
    assert text.count("<video") == 2
    assert "waiting for the provider 2.0 s" in text


def test_every_run_of_a_film_can_be_looked_at(support: Client, alice: User) -> None:
    task = film(alice)
    older = Run.objects.filter(task=task).earliest("created_at")
    Attempt.objects.filter(step__run=older).update(model="a-model-of-old")
    assert "a-model-of-old" not in page(support, task)
    assert "a-model-of-old" in page(support, task, f"?run={older.id}")
    assert "a-model-of-old" not in page(support, task, "?run=run_of_somebody_else")
    response = support.get(f"/admin/pipeline/run/{older.id}/change/")
    assert response.headers["Location"] == f"/admin/pipeline/task/{task.id}/change/?run={older.id}#timeline"


def test_a_failure_is_told_first(support: Client, alice: User) -> None:
    task = film(alice)
    message = "The picture was refused: describe it otherwise."
    run = Run.objects.create(task=task, status=RunStatus.FAILED, ended_at=timezone.now(), error_message="It failed.")
    step = made(run, "scene/1")
    failed = {"status": AttemptStatus.FAILED, "error_code": "refused_prompt", "error_message": message}
    add_attempt(step, number=2, **failed)
    step.status, step.error_message = StepStatus.FAILED, message
    step.save()
    text = page(support, task)
    assert text.index("It failed.") < text.index("Storyboard</h2>")
    assert "refused_prompt" in text
    assert "Retry what failed" in text


def test_what_may_have_been_paid_for_is_told_with_all_that_is_known(support: Client, alice: User) -> None:
    task = film(alice)
    assert "Maybe paid for" not in page(support, task)
    step = made(task.runs.earliest("created_at"), "scene/9")
    add_attempt(step, number=2, status=AttemptStatus.UNKNOWN, error_code="outcome_unknown", ticket=None)
    text = page(support, task)
    assert text.index("Maybe paid for without being used</h2>") < text.index("Attempts of this run</h2>")
    assert "openai may have made it and been paid" in text


@pytest.mark.parametrize("with_script", [False, True])
def test_a_film_of_which_nothing_is_there_yet_says_so(support: Client, alice: User, with_script: bool) -> None:
    task = Task.objects.create(user=alice, prompt="A film", request_key="k")
    if with_script:
        Script.objects.create(task=task, version=1, content={"clips": "none"})
    text = page(support, task)
    assert "There is no film yet." in text
    assert "Nothing was made for this film yet." in text
    assert ("The script cannot be read." in text) is with_script


def test_what_a_user_wrote_is_text(support: Client, alice: User) -> None:
    task = film(alice, prompt=HOSTILE, title=HOSTILE)
    Message.objects.create(user=alice, task=task, role=Role.USER, content=HOSTILE, actions=[{"label": HOSTILE}])
    script = task.scripts.get()
    script.content["clips"][0]["scene"] |= {"title": HOSTILE, "script": HOSTILE}
    script.save()
    Attempt.objects.filter(step__run__task=task).update(instructions=HOSTILE, error_code="x", error_message=HOSTILE)
    for address in ("change/", "component/scene/1/", "regenerate/scene/1/", "refund/"):
        text = support.get(f"/admin/pipeline/task/{task.id}/{address}").content.decode()
        assert "<script>alert" not in text, address
        assert "<img src=x" not in text, address


def test_a_component_shows_its_takes_and_tries(support: Client, alice: User) -> None:
    task = film(alice)
    response = support.get(f"/admin/pipeline/task/{task.id}/component/scene/1/")
    text = response.content.decode()
    assert text.index("Take 2</strong>") < text.index("Take 1</strong>")
    assert text.count(f"/admin/pipeline/task/{task.id}/component/scene/1/take/") == 1, "the selected one is not offered"
    assert text.count("image-1") == 2
    assert "one more take costs 4" in text
    asset = Asset.objects.filter(task=task, component="scene/1").first()
    assert asset
    response = support.get(f"/admin/media_assets/asset/{asset.id}/change/")
    assert response.headers["Location"] == f"/admin/pipeline/task/{task.id}/component/scene/1/"


@pytest.mark.parametrize(
    "address",
    [
        "task_0/change/",
        "task_0/cancel/",
        "{id}/component/scene/99/",
        "{id}/regenerate/scene/99/",
        "{id}/component/%00/",
    ],
)
def test_what_does_not_exist_is_not_found(support: Client, alice: User, address: str) -> None:
    task = film(alice, scenes=1)
    assert support.get(f"/admin/pipeline/task/{address.format(id=task.id)}").status_code == 404


def test_history_cannot_be_changed_on_its_page(support: Client, alice: User) -> None:
    task = film(alice, scenes=1)
    before = Task.objects.filter(id=task.id).values().get()
    support.post(f"/admin/pipeline/task/{task.id}/change/", {"prompt": "Another", "status": "draft", "_save": "Save"})
    assert Task.objects.filter(id=task.id).values().get() == before


def test_a_deleted_film_is_looked_at_but_not_played_or_changed(support: Client, alice: User) -> None:
    task = film(alice, scenes=1, deleted_at=timezone.now())
    for address in ("change/", "component/scene/1/"):
        text = support.get(f"/admin/pipeline/task/{task.id}/{address}").content.decode()
        assert "/media/" not in text
        assert "Make it again</a>" not in text
        assert "Make again" not in text
    assert "deleted by the user" in page(support, task)


def test_a_takeaway_of_nothing_is_told_on_the_page(support: Client, alice: User) -> None:
    task = film(alice, scenes=1)
    response = support.get(f"/admin/pipeline/task/{task.id}/takeaway/", follow=True)
    assert response.redirect_chain == [(f"/admin/pipeline/task/{task.id}/change/", 302)]
    assert [str(message) for message in response.context["messages"]]
