"""Tests of what members of staff do with a user's film."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from media_assets.models import Asset
from pipeline.deletion import by_staff
from pipeline.models import Run, RunStatus, StepStatus, Task
from pipeline.services import films, quotes, staff
from pixora.accounts import ledger, roles, staff_log
from pixora.accounts.ledger import Account
from pixora.accounts.models import CreditReason, User
from pixora.accounts.roles import Role
from pixora.foundation.errors import Conflict, Forbidden, InsufficientCredits, Invalid, NotFound, PixoraError
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import script


@pytest.fixture
def support(transactional_db: None) -> User:
    found = User.objects.create_user("support@example.org")
    roles.set_role(found, Role.SUPPORT)
    return found


@pytest.fixture
def studio(studio: Studio) -> Studio:
    """Films of two scenes are cut faster."""
    studio.script = script(2)
    return studio


@pytest.fixture
def paid(scripted: Task) -> Task:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return scripted


@pytest.fixture
def film(paid: Task, drive: Drive) -> Task:
    drive(films.start_run(task=paid))
    return paid


def selected(task: Task, component: str) -> int:
    return Asset.objects.get(task=task, component=component, selected=True).take


def test_a_free_regeneration_costs_the_user_nothing(film: Task, support: User, drive: Drive) -> None:
    run = drive(staff.regenerate(support, film, "scene/2", "at night", "A hand with six fingers", charged=False))
    assert run.status == RunStatus.SUCCEEDED
    assert selected(film, "scene/2") == 2
    assert ledger.account(film.user) == Account(balance=1_000, held=0)
    [act] = staff_log.acts_on(film)
    assert (act.actor, act.act, act.reason) == (support, "regenerate", "A hand with six fingers")
    assert act.details == {"component": "scene/2", "instructions": "at night", "charged": False, "run": run.id}


def test_a_charged_regeneration_is_held_and_charged_like_the_users_own(film: Task, support: User, drive: Drive) -> None:
    run = staff.regenerate(support, film, "scene/2", "", "As they asked", charged=True)
    assert ledger.account(film.user) == Account(balance=996, held=4)
    drive(run)
    assert ledger.account(film.user) == Account(balance=996, held=0)


def test_a_charged_regeneration_that_cannot_be_paid_leaves_nothing_behind(
    scripted: Task, support: User, drive: Drive
) -> None:
    drive(films.start_run(task=scripted))
    before = (Run.objects.count(), scripted.quotes.count())
    with pytest.raises(InsufficientCredits):
        staff.regenerate(support, scripted, "scene/2", "", "As they asked", charged=True)
    assert (Run.objects.count(), scripted.quotes.count()) == before
    assert staff_log.acts_on(scripted) == []


def test_a_script_is_written_anew_for_nothing(film: Task, support: User, drive: Drive) -> None:
    drive(staff.regenerate(support, film, "script", "funnier", "It was dull", charged=False))
    assert film.scripts.count() == 2


def test_an_old_take_is_selected_with_what_was_made_from_it(film: Task, support: User, drive: Drive) -> None:
    drive(staff.regenerate(support, film, "video/1", "", "It flickers", charged=False))
    run = staff.select_take(support, film, "video/1", 1, "The first was better")
    assert run
    drive(run)
    assert (selected(film, "video/1"), selected(film, "fullvideo")) == (1, 1)
    assert [act.act for act in staff_log.acts_on(film)] == ["select_take", "regenerate"]


def test_what_failed_is_tried_again_with_what_it_kept_from_being_made(
    paid: Task, support: User, studio: Studio, drive: Drive
) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    drive(quotes.use(task=paid, quote_id=quotes.quote(task=paid).id))
    balance = ledger.account(paid.user).balance
    studio.always.clear()
    run = drive(staff.retry_failed(support, paid, "The generator was down"))
    assert run.status == RunStatus.SUCCEEDED
    made = set(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True))
    assert {"scene/2", "video/2", "fullvideo"} <= made
    assert not {"scene/1", "video/1", "audio/1"} & made
    assert ledger.account(paid.user) == Account(balance=balance, held=0)
    with pytest.raises(Conflict):
        staff.retry_failed(support, paid, "Once more")


def test_a_failed_regeneration_is_tried_again_alone(film: Task, support: User, studio: Studio, drive: Drive) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    drive(staff.regenerate(support, film, "scene/2", "at night", "Asked for", charged=False))
    studio.always.clear()
    run = staff.retry_failed(support, film, "The generator was down")
    assert run.forced == {"scene/2": "at night"}
    drive(run)
    assert selected(film, "scene/2") == 2
    assert selected(film, "video/2") == 1, "nobody had asked for another clip"


def test_a_run_is_cancelled_and_gives_everything_back(paid: Task, support: User) -> None:
    quotes.use(task=paid, quote_id=quotes.quote(task=paid).id)
    assert staff.cancel(support, paid, "They changed their mind") == 1
    assert ledger.account(paid.user) == Account(balance=1_000, held=0)
    with pytest.raises(Conflict, match="Nothing"):
        staff.cancel(support, paid, "Again")


def test_a_film_is_cut_anew_although_it_looks_finished(film: Task, support: User, drive: Drive) -> None:
    run = staff.recut(support, film, "It stops at half")
    with pytest.raises(Conflict, match="already"):
        staff.recut(support, film, "It stops at half")
    drive(run)
    assert list(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True)) == ["fullvideo"]
    assert film.videos.count() == 2


def test_an_administrator_deletes_a_user_and_that_is_on_record(task: Task, support: User) -> None:
    admin = User.objects.create_superuser("root@example.org")
    for actor, user in ((support, task.user), (admin, admin)):
        with pytest.raises(Forbidden):
            by_staff.delete_user(actor, user, "They asked for it")
    with pytest.raises(Invalid):
        by_staff.delete_user(admin, task.user, "")
    assert by_staff.delete_user(admin, task.user, "They asked for it").is_complete
    assert not Task.objects.exists()
    assert [act.reason for act in staff_log.acts_on(task.user)] == ["They asked for it"]


def test_a_film_without_its_pieces_is_not_cut(scripted: Task, support: User) -> None:
    with pytest.raises(Conflict, match="missing"):
        staff.recut(support, scripted, "Please")


ACTS: dict[str, Callable[[User, Task, str], Any]] = {
    "regenerate": lambda actor, task, reason: staff.regenerate(actor, task, "scene/1", "", reason, charged=False),
    "select_take": lambda actor, task, reason: staff.select_take(actor, task, "scene/1", 1, reason),
    "retry_failed": staff.retry_failed,
    "cancel": staff.cancel,
    "recut": staff.recut,
}


def test_nobody_else_acts_and_nobody_without_a_reason(task: Task, support: User) -> None:
    for act in ACTS.values():
        with pytest.raises(Forbidden):
            act(task.user, task, "I am the owner")
        with pytest.raises(Invalid, match="reason"):
            act(support, task, " ")
    Task.objects.filter(id=task.id).update(deleted_at=timezone.now())
    for act in ACTS.values():
        with pytest.raises(NotFound, match="restore"):
            act(support, task, "Why")
    assert not Run.objects.exists()
    assert staff_log.acts_on(task) == []


def test_what_does_not_exist_is_neither_made_nor_chosen(film: Task, support: User) -> None:
    before = Run.objects.count()
    for component, instructions in (("scene/9", ""), ("", ""), ("scene/1", "x" * 2_001), ("scene/1", "nul\x00")):
        for charged in (True, False):
            with pytest.raises(PixoraError):
                staff.regenerate(support, film, component, instructions, "Why", charged)
    for component, take in (("scene/9", 1), ("", 1), ("scene/1", 9), ("scene/1", -1)):
        with pytest.raises(NotFound):
            staff.select_take(support, film, component, take, "Why")
    assert Run.objects.count() == before
    assert staff_log.acts_on(film) == []
