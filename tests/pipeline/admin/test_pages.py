"""The first page, the queue, and the spend."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pipeline.admin import queue
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Task, TaskStatus
from pixora.accounts import staff_log
from pixora.accounts.models import Credit, CreditReason, User
from tests.pipeline.admin.films import add_attempt, film, made

NONE, MINUTE, HOUR = timedelta(), timedelta(minutes=1), timedelta(hours=1)


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_says_how_today_goes(support: Client, alice: User) -> None:
    failed = film(alice, scenes=1, title="A film that failed")
    Task.objects.filter(id=failed.id).update(status=TaskStatus.FAILED)
    film(alice, scenes=1)
    Run.objects.create(task=failed)
    Credit.objects.create(user=alice, amount=-30, reason=CreditReason.HOLD, key="hold:run_1")
    Credit.objects.create(user=alice, amount=10, reason=CreditReason.RELEASE, key="release:run_1")
    staff_log.record(User.objects.get(email="support@example.org"), failed, "recut", "It stuttered")
    shown = support.get("/admin/")
    context = shown.context
    counts = ("made_today", "complete_today", "failed_today", "running", "queued", "stuck", "charged")
    assert [context[name] for name in counts] == [2, 1, 1, 0, 1, 0, 20]
    assert context["spent_micros"] == 2 * 2 * 3 * 40_000
    page = shown.content.decode()
    for told in ("A film that failed", "It stuttered", "No workers are running"):
        assert told in page


def test_the_first_page_asks_as_much_for_many_films_as_for_one(support: Client, alice: User) -> None:
    counts = []
    for more in (1, 12):
        for _ in range(more):
            task = film(alice, scenes=1, title="Failed")
            Task.objects.filter(id=task.id).update(status=TaskStatus.FAILED)
            staff_log.record(User.objects.get(email="support@example.org"), task, "recut", "Because")
        support.get("/admin/")
        with CaptureQueriesContext(connection) as asked:
            support.get("/admin/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 25


@pytest.mark.parametrize(
    ("status", "ages", "reason"),
    [
        (RunStatus.QUEUED, {"created_at": MINUTE}, ""),
        (RunStatus.QUEUED, {"created_at": HOUR}, "waited for more than 10 minutes"),
        (RunStatus.RUNNING, {"started_at": NONE, "lease_expires_at": -MINUTE}, ""),
        (RunStatus.RUNNING, {"started_at": NONE, "lease_expires_at": 2 * MINUTE}, "worker has gone"),
        (RunStatus.RUNNING, {"started_at": 2 * HOUR, "lease_expires_at": -MINUTE}, "an hour"),
    ],
)
def test_a_run_is_stuck_when_nobody_drives_it_or_it_takes_too_long(
    support: Client, alice: User, status: RunStatus, ages: dict[str, timedelta], reason: str
) -> None:
    task = Task.objects.create(user=alice, prompt="A film", request_key="k")
    now = timezone.now()
    run = Run.objects.create(task=task, status=status, **{field: now - age for field, age in ages.items()})
    assert (reason in queue.why_stuck(run, now)) if reason else not queue.why_stuck(run, now)
    assert queue.stuck(now).exists() is bool(reason)
    page = text(support, "/admin/pipeline/run/queue/")
    assert (reason in page) if reason else ("Nothing is stuck." in page)


def test_the_queue_says_when_no_worker_is_there(support: Client) -> None:
    page = text(support, "/admin/pipeline/run/queue/")
    assert "No workers have left word" in page
    assert "Nothing waits." in page


def test_spend_is_told_by_day_provider_and_model(support: Client, alice: User) -> None:
    run = Run.objects.create(task=Task.objects.create(user=alice, prompt="A film", request_key="k"))
    step = made(run, "scene/1", provider="pixora", cost_micros=0)
    day = timedelta(days=1)
    for number, (model, cost, ago) in enumerate([("a", 2_000_000, 0), ("a", 1_000_000, 1), ("b", 500_000, 8)], 2):
        when = timezone.now() - ago * day
        failed = {"status": AttemptStatus.FAILED}
        add_attempt(step, number=number, model=model, cost_micros=cost, started_at=when, ended_at=when, **failed)
    response = support.get("/admin/pipeline/attempt/spend/")
    found = response.context["per_model"]
    wanted = {"provider": "openai", "model": "a", "paid_micros": 3_000_000, "tries": 2, "failed": 2}
    assert found == [wanted]
    assert response.context["total_micros"] == 3_000_000
    assert [day.paid_micros for day in response.context["per_day"]][-2:] == [1_000_000, 2_000_000]
    assert support.get("/admin/pipeline/attempt/spend/?days=30").context["total_micros"] == 3_500_000
    assert support.get("/admin/pipeline/attempt/spend/?days=junk").context["days"] == 7


def test_what_may_have_been_paid_twice_is_told_apart(support: Client, alice: User) -> None:
    task = film(alice, scenes=1)
    Attempt.objects.filter(id=Attempt.objects.filter(step__run__task=task).earliest("id").id).update(
        status=AttemptStatus.UNKNOWN
    )
    assert support.get("/admin/pipeline/attempt/spend/").context["twice_micros"] == 40_000


@pytest.mark.parametrize("address", ["/admin/pipeline/run/queue/", "/admin/pipeline/attempt/spend/"])
def test_users_see_neither_queue_nor_spend(alice: User, address: str) -> None:
    from tests.pixora.accounts.doors import signed_in

    assert signed_in(alice).get(address, follow=True).status_code == 403
    newcomer = User.objects.create_user("new@example.org", is_staff=True)
    assert signed_in(newcomer).get(address).status_code == 403


@pytest.mark.parametrize("page", ["history", "delete", "change"])
@pytest.mark.parametrize("kind", ["task", "run", "attempt", "modelcall"])
def test_an_id_with_a_nul_is_nobodys(support: Client, kind: str, page: str) -> None:
    assert support.get(f"/admin/pipeline/{kind}/%00/{page}/").status_code in {302, 403, 404}


def test_every_page_has_one_main_landmark(support: Client, alice: User) -> None:
    task = film(alice, scenes=1)
    pages = ("", "pipeline/task/", "pipeline/run/queue/", "pipeline/attempt/spend/", f"pipeline/task/{task.id}/change/")
    for page in (*pages, f"pipeline/task/{task.id}/refund/", f"accounts/user/{alice.id}/change/"):
        response = support.get(f"/admin/{page}")
        text = response.content.decode()
        assert response.status_code == 200, page
        assert text.count("<main") == text.count("</main>") == 1, page
        assert text.index("<main") < text.rindex('class="office') < text.index("</main>"), page
