"""The audit finds every damage that is done to the books here by hand, and nothing where they are right."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from media_assets.models import Asset
from pipeline.models import Quote, Run, RunStatus, Step, StepStatus, Task
from pipeline.queries.credit_audit import RULES, findings
from pixora.accounts import ledger
from pixora.accounts.models import Credit, CreditReason, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def task() -> Task:
    alice = User.objects.create_user("alice@example.org")
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    return Task.objects.create(id="task_1", user=alice, prompt="A film", request_key="k")


@pytest.fixture
def run(task: Task) -> Run:
    """Held 14, charged 10 for a clip; the still failed and was not charged."""
    run = Run.objects.create(id="run_1", task=task)
    Quote.objects.create(task=task, version=1, credits=14, run=run, expires_at="2030-01-01T00:00Z")
    ledger.hold(user=task.user, run_id=run.id, task_id=task.id, amount=14)
    clip = Asset.objects.create(
        id="asset_1", task=task, asset_type="video", component="video/1", take=1, content_hash="h", storage_path="p"
    )
    _step(run, "video/1", 10, StepStatus.SUCCEEDED, asset=clip, charged=10)
    _step(run, "scene/1", 4, StepStatus.FAILED)
    ledger.release(run_id=run.id, charged=10)
    Run.objects.filter(id=run.id).update(status=RunStatus.SUCCEEDED)
    return run


def _step(
    run: Run, component: str, credits: int, status: StepStatus, asset: Asset | None = None, charged: int = 0
) -> Step:
    kind = component.split("/")[0]
    return Step.objects.create(
        run=run, component=component, kind=kind, credits=credits, status=status, asset=asset, charged=charged
    )


def damage(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def found() -> dict[str, tuple[str, str, str]]:
    return {each.what: (each.where, each.user, each.detail) for each in findings()}


def test_books_that_are_right_have_no_findings(run: Run) -> None:
    assert found() == {}
    out = io.StringIO()
    call_command("audit_credits", stdout=out)
    assert out.getvalue() == "All 3 lines of the ledger agree with the runs.\n"


def test_a_run_at_work_is_no_finding(task: Task, run: Run) -> None:
    damage("UPDATE runs SET status = 'running'; DELETE FROM credits WHERE reason = 'release'")
    assert found() == {}


def test_a_run_that_costs_nothing_is_no_finding(task: Task) -> None:
    Run.objects.create(task=task, status=RunStatus.SUCCEEDED)
    assert found() == {}


def test_a_removed_task_is_no_finding(task: Task, run: Run) -> None:
    task.delete()
    assert Credit.objects.count() == 3
    assert found() == {}


DAMAGE = {
    "hold and release do not leave what was charged": "UPDATE credits SET amount = 5 WHERE key = 'release:run_1'",
    "ended, but not released": "DELETE FROM credits WHERE key = 'release:run_1'",
    "released, but not ended": "UPDATE runs SET status = 'running'",
    "charged without a hold": "DELETE FROM credits WHERE key IN ('hold:run_1', 'release:run_1')",
    "charged more than is held": "UPDATE steps SET credits = 15, charged = 15 WHERE component = 'video/1'",
    "not held as quoted": "UPDATE quotes SET credits = 13",
    "charged without a take": "UPDATE steps SET charged = 4 WHERE component = 'scene/1'",
    "charged for a take that was there": """UPDATE assets SET metadata = '{"adopted_from": "asset_0"}'""",
    "charged twice": "UPDATE steps SET charged = 4, status = 'succeeded', asset_id = 'asset_1'",
    "a balance below 0": "UPDATE credits SET amount = 3 WHERE reason = 'grant'",
    "given back more than was charged": """
        INSERT INTO credits (id, user_id, amount, reason, task_id, key, component, note)
        SELECT gen_random_uuid(), user_id, 11, 'refund', 'task_1', 'refund:1', '', '' FROM tasks""",
    "held for a run that is gone": "DELETE FROM credits WHERE key = 'release:run_1'",
    "released what was not held": "UPDATE credits SET amount = 15 WHERE key = 'release:run_1'",
}


def test_every_rule_is_tried() -> None:
    assert DAMAGE.keys() == RULES.keys()


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_is_found_and_named(rule: str, task: Task, run: Run) -> None:
    damage(DAMAGE[rule])
    if rule == "held for a run that is gone":
        task.delete()
    where, user, detail = found()[rule]
    assert where in ("run_1", "task_1", "alice@example.org")
    assert user == "alice@example.org"
    assert detail


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE steps SET asset_id = NULL WHERE component = 'video/1'",
        "UPDATE assets SET component = 'video/2'",
        "UPDATE steps SET status = 'failed' WHERE component = 'video/1'",
        "UPDATE steps SET status = 'reused' WHERE component = 'video/1'",
    ],
)
def test_a_charge_needs_a_take_of_its_own_component(run: Run, harm: str) -> None:
    damage(harm)
    assert "charged without a take" in found()


def test_findings_are_printed_and_end_badly(run: Run) -> None:
    damage(DAMAGE["charged more than is held"])
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("audit_credits", stdout=out)
    assert ended.value.code == 1
    assert "run_1" in out.getvalue()
    assert "alice@example.org" in out.getvalue()


def test_what_is_right_is_read_by_the_database_and_not_by_us(
    task: Task, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    runs = [Run(id=f"run_{number}", task=task, status=RunStatus.SUCCEEDED) for number in range(200)]
    Run.objects.bulk_create(runs)
    Quote.objects.bulk_create(
        Quote(task=task, version=1, credits=10, run=run, expires_at="2030-01-01T00:00Z") for run in runs
    )
    Credit.objects.bulk_create(
        Credit(user=task.user, task=task, amount=amount, reason=reason, key=f"{reason.value}:{run.id}")
        for run in runs
        for reason, amount in ((CreditReason.HOLD, -10), (CreditReason.RELEASE, 10))
    )
    damage("UPDATE credits SET amount = 9 WHERE key = 'release:run_77'")
    rows: list[int] = []

    def counted(execute: Any, *asked: Any) -> Any:
        answer = execute(*asked)
        rows.append(asked[-1]["cursor"].rowcount)
        return answer

    with django_assert_num_queries(len(RULES)), connection.execute_wrapper(counted):
        assert [each.where for each in findings()] == ["run_77"]
    assert sum(rows) == 1
