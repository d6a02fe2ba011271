from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_q.models import Schedule
from django_q.models import Task as Job

from chat.models import Message
from media_assets.files import stored_under, top_folders
from media_assets.models import Asset, Upload
from pipeline import jobs
from pipeline.deletion import film_deletion, housekeeping
from pipeline.deletion.orphan_files import sweep_orphans
from pipeline.deletion.user_deletion import delete_user
from pipeline.models import RUN_ENDED, Quote, Run, RunStatus, Task
from pipeline.queries import credit_audit
from pipeline.services import films, quotes
from pixora.accounts import ledger, sessions, staff_log, tokens
from pixora.accounts.ledger import Account
from pixora.accounts.models import Credit, IdempotentAnswer, Session, User
from pixora.foundation.errors import Conflict, Forbidden, NotAuthenticated, NotFound
from tests.pipeline.stored_films import film_of, put

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(days=40)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.PIXORA_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PIXORA_CACHE_DIR = tmp_path / "cache"
    settings.MEDIA_ROOT.mkdir()
    return tmp_path / "media"


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def bob() -> User:
    return User.objects.create_user("bob@example.org")


def upload_of(user: User, number: int, **facts: Any) -> Upload:
    name = put(f"uploads/upload_{number}.png")
    return Upload.objects.create(user=user, kind="picture", storage_path=name, content_hash="h", **facts)


def files() -> list[str]:
    return sorted(name for folder in top_folders() for name in stored_under(folder))


def age(*names: str) -> None:
    then = (timezone.now() - LONG_AGO).timestamp()
    for name in names or files():
        os.utime(default_storage.path(name), (then, then))


def rows_that_hold(text: str) -> Iterator[str]:
    """The tables in which any column, JSON too, holds this text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT 1 FROM {table} WHERE {table}::text LIKE %s", [f"%{text}%"])
            if cursor.fetchone():
                yield table


def test_a_deleted_film_is_hidden_and_can_be_restored(alice: User, bob: User) -> None:
    task = film_of(alice)
    film_deletion.delete_task(task)
    film_deletion.delete_task(task)
    with pytest.raises(NotFound):
        films.task_of(alice, task.id)
    assert len(files()) == 6
    with pytest.raises(NotFound):
        film_deletion.restore_task(bob, task.id)
    assert film_deletion.restore_task(alice, task.id).deleted_at is None
    assert films.task_of(alice, task.id) == task
    told = task.events.filter(type="task_updated").order_by("seq")
    assert [event.payload["deleted"] for event in told] == [True, False]


def test_nothing_is_begun_for_a_film_that_was_deleted_meanwhile(alice: User) -> None:
    """A yes that is still being read when the film goes."""
    task = film_of(alice)
    quote = quotes.quote(task=task)
    film_deletion.delete_task(Task.objects.get(id=task.id))
    with pytest.raises(NotFound, match="deleted"):
        quotes.use(task=task, quote_id=quote.id)
    assert (ledger.account(alice).held, task.runs.exclude(status__in=RUN_ENDED).count()) == (0, 0)


def test_a_run_that_begins_just_before_the_film_is_hidden_ends_with_it(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A yes that is read to the end between the two."""
    task = film_of(alice)
    quote = quotes.quote(task=task)
    hide = film_deletion._hide

    def say_yes_and_hide(found: Task) -> None:
        quotes.use(task=task, quote_id=quote.id)
        hide(found)

    monkeypatch.setattr(film_deletion, "_hide", say_yes_and_hide)
    film_deletion.delete_task(Task.objects.get(id=task.id))
    assert task.runs.get(quote=quote).status == RunStatus.CANCELLED
    assert ledger.account(alice).held == 0


def test_deleting_a_film_ends_its_runs_and_gives_back_what_was_held(alice: User) -> None:
    task = film_of(alice)
    run = quotes.use(task=task, quote_id=quotes.quote(task=task).id)
    assert ledger.account(alice).held
    film_deletion.delete_task(task)
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    assert ledger.account(alice) == Account(balance=86, held=0)


def test_a_removed_film_leaves_nothing_but_the_ledgers_lines(alice: User, media: Path) -> None:
    task = film_of(alice)
    lines = list(Credit.objects.order_by("created_at").values_list("key", "amount"))
    film_deletion.delete_task(task)
    proof = film_deletion.remove_task(task)
    assert proof.is_complete
    assert (proof.files_before, proof.files_left, proof.files_shared) == (6, 0, 0)
    assert proof.rows_before["assets"] == proof.rows_before["attempts"] == 4
    assert set(proof.rows_left.values()) == {0}
    assert [folder.name for folder in media.iterdir()] == [".parts"], "no empty folder is left either"
    assert list(Credit.objects.order_by("created_at").values_list("key", "amount")) == lines
    assert ledger.account(alice) == Account(balance=86, held=0)
    assert list(credit_audit.findings()) == []
    with pytest.raises(NotFound):
        film_deletion.restore_task(alice, task.id)


def test_what_a_crash_left_held_is_released_before_its_run_is_gone(alice: User) -> None:
    task = film_of(alice)
    Credit.objects.filter(reason="release").delete()
    assert ledger.account(alice) == Account(balance=86, held=14)
    film_deletion.delete_task(task)
    film_deletion.remove_task(task)
    assert ledger.account(alice) == Account(balance=86, held=0)
    assert list(credit_audit.findings()) == []


def test_every_table_that_names_a_task_is_counted(alice: User) -> None:
    task = film_of(alice)
    Message.objects.create(user=alice, task=task, role="user", content="A film, please")
    film_deletion.delete_task(task)
    counted = film_deletion.remove_task(task).rows_before
    assert {"scripts", "runs", "steps", "attempts", "quotes", "events", "assets", "videos", "messages"} <= set(counted)
    assert [table for table in rows_that_hold(task.id) if table != "django_q_ormq"] == []


def test_a_film_that_is_not_deleted_is_not_removed(alice: User) -> None:
    task = film_of(alice)
    with pytest.raises(Conflict):
        film_deletion.remove_task(task)
    assert Task.objects.get() == task
    assert len(files()) == 6


def test_removing_again_removes_nothing_more(alice: User) -> None:
    task, other = film_of(alice), film_of(alice)
    film_deletion.delete_task(task)
    film_deletion.remove_task(task)
    again = film_deletion.remove_task(task)
    assert again.is_complete
    assert sum(again.rows_before.values()) == again.files_before == 0
    assert Task.objects.get() == other
    assert len(files()) == 6


def test_a_file_that_another_film_uses_goes_with_the_last_of_them(alice: User, bob: User) -> None:
    first, second = film_of(alice), film_of(bob)
    still = Asset.objects.get(task=first, component="scene/1")
    adopted = Asset.objects.create(
        task=second, asset_type="scene", component="scene/2", take=1, content_hash="h", storage_path=still.storage_path
    )
    film_deletion.delete_task(first)
    proof = film_deletion.remove_task(first)
    assert (proof.files_shared, proof.files_left, proof.is_complete) == (1, 0, True)
    assert default_storage.exists(adopted.storage_path)
    age()
    assert sweep_orphans() == 0
    film_deletion.delete_task(second)
    assert film_deletion.remove_task(second).files_before == 7
    assert files() == []


def test_what_a_removal_that_was_killed_midway_left_is_swept(alice: User) -> None:
    """Its rows are gone in one moment; of its files some may be left."""
    film_of(alice).delete()
    assert sweep_orphans() == 0, "they may be so young that their rows are still to come"
    age()
    assert sweep_orphans() == 6
    assert files() == []


def test_only_old_files_without_a_row_are_swept(alice: User) -> None:
    task = film_of(alice)
    folder = files()[0].split("/")[0]
    left, young = put(f"{folder}/scene1/image_t2.png"), put(f"{folder}/scene1/image_t3.png")
    probe = put("health/probe-1")
    age(*set(files()) - {young})
    run = Run.objects.create(task=task)
    assert sweep_orphans() == 1, "the probe: while a run is at work its folder is left alone"
    assert not default_storage.exists(probe)
    Run.objects.filter(id=run.id).update(status=RunStatus.FAILED)
    assert sweep_orphans() == 1
    assert not default_storage.exists(left)
    assert default_storage.exists(young)
    assert len(files()) == 7


def test_a_deleted_user_leaves_nothing_but_lines_without_a_name(alice: User, bob: User) -> None:
    mine, other = [film_of(alice), film_of(alice)], film_of(bob)
    Message.objects.create(user=alice, role="user", content="Hello")
    upload_of(alice, 1)
    token = tokens.issue(sessions.open_session(alice)).token
    staff_log.record(bob, alice, "grant", "A gift for alice")
    before = ledger.account(alice)
    proof = delete_user(alice)
    assert proof.is_complete
    assert (proof.rows_before["tasks"], proof.rows_before["messages"], proof.rows_before["sessions"]) == (2, 1, 1)
    assert proof.files_before == 13
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(token)
    assert list(rows_that_hold("alice@")) == []
    assert [table for task in mine for table in rows_that_hold(task.id) if table != "django_q_ormq"] == []
    assert ledger.account(alice) == before
    assert (Task.objects.get(), len(files())) == (other, 6)
    assert list(credit_audit.findings()) == []
    alice.refresh_from_db()
    assert (alice.email, alice.is_active) == (f"{alice.id}@deleted.invalid", False)
    with pytest.raises(Forbidden):
        sessions.open_session(alice)
    assert delete_user(alice).is_complete


def test_the_command_shows_the_proof(alice: User) -> None:
    film_of(alice)
    out = io.StringIO()
    call_command("delete_user", "Alice@example.org", yes=True, stdout=out)
    assert "rows in assets" in out.getvalue()
    assert out.getvalue().endswith("Nothing is left.\n")
    with pytest.raises(NotFound, match=r"alice@example\.org"):
        call_command("delete_user", "alice@example.org", yes=True)


def test_housekeeping_removes_what_is_over_and_nothing_else(alice: User, settings: Any) -> None:
    kept, fresh, old = film_of(alice), film_of(alice), film_of(alice)
    for task, days in ((fresh, 6), (old, 8)):
        Task.objects.filter(id=task.id).update(deleted_at=timezone.now() - timedelta(days=days))
    put("nobody/knows")
    age("nobody/knows")
    now = timezone.now()
    for number, ended in enumerate((now - LONG_AGO, now)):
        upload_of(alice, number, used_at=ended)
        IdempotentAnswer.objects.create(user=alice, key=str(number), asked="h", created_at=ended)
        Session.objects.create(user=alice, expires_at=ended)
        Quote.objects.create(task=kept, version=1, credits=1, expires_at=ended)
        BrowserSession.objects.create(session_key=str(ended), session_data="", expire_date=ended + timedelta(hours=1))
        Job.objects.create(id=f"{ended:%H%M%S%f%j}", name=str(ended), func="f", started=ended, stopped=ended)
    out = io.StringIO()
    call_command("housekeeping", stdout=out)
    assert out.getvalue().splitlines() == [
        "closed accounts: 0 removed",
        "deleted films: 1 removed",
        "unused uploads: 1 removed",
        "files without a row: 1 removed",
        "ended sessions: 1 removed",
        "unused quotes: 1 removed",
        "old answers: 1 removed",
        "finished jobs: 1 removed",
        "old mails: 0 removed",
    ]
    assert set(Task.objects.all()) == {kept, fresh}
    assert len(files()) == 13
    assert (Upload.objects.count(), IdempotentAnswer.objects.count()) == (1, 1)
    assert (Session.objects.count(), BrowserSession.objects.count(), Job.objects.count()) == (1, 1, 1)
    assert set(housekeeping.keep_house().values()) == {0}


def test_where_nothing_was_ever_stored_there_is_nothing_to_sweep(media: Path) -> None:
    media.rmdir()
    assert sweep_orphans() == 0


def test_a_part_that_fails_keeps_no_other_from_being_done(alice: User, settings: Any, media: Path) -> None:
    old = film_of(alice)
    Task.objects.filter(id=old.id).update(deleted_at=timezone.now() - timedelta(days=8))
    settings.MEDIA_ROOT = media.parent / "file"
    settings.MEDIA_ROOT.touch()
    Session.objects.create(user=alice, expires_at=timezone.now() - LONG_AGO)
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("housekeeping", stdout=out)
    assert "deleted films: failed" in out.getvalue()
    assert "ended sessions: 1 removed" in out.getvalue()


def test_the_workers_keep_house_once_a_day() -> None:
    jobs.keep_schedules()
    jobs.keep_schedules()
    daily = Schedule.objects.get(name="housekeeping")
    assert (daily.func, daily.schedule_type) == ("pipeline.jobs.keep_house", Schedule.DAILY)
    jobs.keep_house()
