from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, Group
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from pipeline.models import Run, RunStatus, Step, StepStatus, Task
from pixora.accounts import ledger, roles, sessions, staff, staff_log, tokens
from pixora.accounts.models import Credit, CreditReason, User
from pixora.accounts.roles import Role
from pixora.foundation.errors import Forbidden, Invalid, NotAuthenticated, NotFound

pytestmark = pytest.mark.django_db


def user(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org")


def member(role: Role | None) -> User:
    found = user(str(role))
    roles.set_role(found, role)
    return found


@pytest.fixture
def alice() -> User:
    return user("alice")


@pytest.fixture
def task(alice: User) -> Task:
    """Charged 10 for a clip and 4 for a still."""
    task = Task.objects.create(user=alice, prompt="A film", request_key="k")
    run = Run.objects.create(task=task, status=RunStatus.SUCCEEDED)
    for component, credits in (("video/1", 10), ("scene/1", 4)):
        kind = component.split("/")[0]
        Step.objects.create(
            run=run, component=component, kind=kind, credits=credits, charged=credits, status=StepStatus.SUCCEEDED
        )
    return task


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_a_group_that_exists_and_may_look_at_everything(role: Role) -> None:
    found = member(role)
    assert roles.role_of(found) is role
    looks_at = {"pipeline.view_task", "media_assets.view_asset", "accounts.view_credit", "chat.view_message"}
    assert found.has_perms(looks_at)
    assert not found.has_perm("pipeline.change_run")
    assert found.has_perm("accounts.change_user") == (role is Role.ADMIN)


def test_roles_are_kept_without_asking_much(django_assert_max_num_queries: Any) -> None:
    from django.apps import apps

    with django_assert_max_num_queries(8):
        roles.keep_roles(apps.get_app_config("pipeline"))
    assert Group.objects.filter(name__in=list(Role)).count() == 3


def test_only_active_members_of_staff_have_a_role(alice: User) -> None:
    assert roles.role_of(alice) is None
    assert roles.role_of(AnonymousUser()) is None
    assert roles.role_of(User.objects.create_superuser("root@example.org")) is Role.ADMIN
    closed = member(Role.ADMIN)
    closed.is_active = False
    assert roles.role_of(closed) is None


def test_an_operator_grants_and_it_is_recorded_with_the_reason(alice: User) -> None:
    operator = member(Role.OPERATOR)
    line = staff.grant(operator, alice, 50, " A gift ")
    assert (line.amount, line.reason, line.actor, line.note) == (50, CreditReason.GRANT, operator, "A gift")
    assert ledger.account(alice).balance == 50
    [act] = staff_log.acts_on(alice)
    assert (act.actor, act.act, act.reason, act.details["amount"]) == (operator, "grant", "A gift", 50)


@pytest.mark.parametrize("role", [Role.SUPPORT, None])
def test_others_do_not_grant(alice: User, role: Role | None) -> None:
    with pytest.raises(Forbidden, match="operator"):
        staff.grant(member(role), alice, 50, "A gift")
    assert not Credit.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("amount", [0, -5, staff.MOST_AT_ONCE + 1, 10**30, True, 1.5, "7"])
def test_an_amount_that_cannot_be_meant_is_refused(alice: User, amount: Any) -> None:
    for verb in (staff.grant, staff.refund):
        with pytest.raises(Invalid) as refused:
            verb(member_of_its_own(), alice, amount, "Why not")
        assert refused.value.field == "amount"
    assert not Credit.objects.exists()


def member_of_its_own() -> User:
    return User.objects.filter(email="admin@example.org").first() or member(Role.ADMIN)


@pytest.mark.parametrize("note", ["", "  \n", "x" * 301, "nul\x00", "half \ud800"])
def test_a_reason_is_never_missing(alice: User, note: str) -> None:
    admin = member(Role.ADMIN)
    for verb in (staff.grant, staff.refund):
        with pytest.raises(Invalid) as refused:
            verb(admin, alice, 5, note)
        assert refused.value.field == "note"
    with pytest.raises(Invalid, match="reason"):
        staff.sign_out_everywhere(admin, alice, note)
    assert not Credit.objects.exists()


def test_a_form_sent_twice_gives_once(alice: User) -> None:
    operator = member(Role.OPERATOR)
    assert staff.grant(operator, alice, 5, "Why", once="form 1") == staff.grant(
        operator, alice, 5, "Why", once="form 1"
    )
    assert ledger.account(alice).balance == 5
    assert len(staff_log.acts_on(alice)) == 1


def test_support_refunds_up_to_a_limit_at_once_and_a_day(alice: User, settings: Any) -> None:
    settings.PIXORA_SUPPORT_REFUND_LIMIT, settings.PIXORA_SUPPORT_REFUND_DAILY_LIMIT = 20, 30
    support = member(Role.SUPPORT)
    with pytest.raises(Forbidden, match="at most 20 credits at once"):
        staff.refund(support, alice, 21, "Sorry")
    staff.refund(support, alice, 20, "Sorry")
    with pytest.raises(Forbidden, match="10 are left"):
        staff.refund(support, alice, 11, "Sorry")
    Credit.objects.filter(actor=support).update(created_at=timezone.now() - timedelta(hours=25))
    staff.refund(support, alice, 20, "Sorry")
    staff.refund(member(Role.OPERATOR), alice, 500, "Very sorry")
    assert ledger.account(alice).balance == 540


def test_a_refund_is_never_more_than_was_charged_less_earlier_refunds(alice: User, task: Task) -> None:
    operator = member(Role.OPERATOR)
    with pytest.raises(Invalid, match="at most 10 credits can be given back for video/1"):
        staff.refund(operator, alice, 11, "Blurred", task, "video/1")
    staff.refund(operator, alice, 8, "Blurred", task, "video/1")
    assert (staff.refundable(task, "video/1"), staff.refundable(task)) == (2, 6)
    staff.refund(operator, alice, 5, "All of it was bad", task)
    assert (staff.refundable(task, "video/1"), staff.refundable(task)) == (1, 1)
    with pytest.raises(Invalid, match="at most 1 credit"):
        staff.refund(operator, alice, 2, "More", task)
    assert [line.component for line in task.credits.order_by("created_at")] == ["video/1", ""]


def test_nothing_is_given_back_for_what_cost_nothing_or_is_not_there(alice: User, task: Task) -> None:
    operator = member(Role.OPERATOR)
    with pytest.raises(Invalid, match="at most 0 credits"):
        staff.refund(operator, alice, 1, "Why", task, "nonsense")
    with pytest.raises(Invalid, match="task"):
        staff.refund(operator, alice, 1, "Why", component="video/1")
    with pytest.raises(Invalid, match="another user's"):
        staff.refund(operator, user("bob"), 1, "Why", task)


@pytest.mark.django_db(transaction=True)
def test_refunds_at_once_never_give_back_more_than_was_charged(alice: User, task: Task) -> None:
    operator = member(Role.OPERATOR)

    def try_to_refund(_: int) -> bool:
        try:
            staff.refund(operator, alice, 4, "Sorry", task)
        except Invalid:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(try_to_refund, range(16))) == 3
    assert ledger.account(alice).balance == 12


def test_signing_out_everywhere_ends_every_token(alice: User) -> None:
    issued = [tokens.issue(sessions.open_session(alice)).token for _ in range(2)]
    support = member(Role.SUPPORT)
    assert staff.sign_out_everywhere(support, alice, "Lost phone") == 2
    for token in issued:
        with pytest.raises(NotAuthenticated):
            tokens.authenticate(token)
    with pytest.raises(Forbidden):
        staff.sign_out_everywhere(alice, support, "Revenge")


def test_an_administrator_makes_others_members_of_staff_but_not_themselves_more(alice: User) -> None:
    admin = member(Role.ADMIN)
    staff.set_role(admin, alice, Role.SUPPORT, "New in the team")
    assert roles.role_of(User.objects.get(id=alice.id)) is Role.SUPPORT
    staff.set_role(admin, alice, None, "Left")
    assert roles.role_of(User.objects.get(id=alice.id)) is None
    with pytest.raises(Forbidden):
        staff.set_role(admin, admin, None, "Tired")
    with pytest.raises(Forbidden):
        staff.set_role(member(Role.OPERATOR), alice, Role.ADMIN, "A friend")


def test_what_is_recorded_can_be_read_by_programs_too(alice: User) -> None:
    staff.grant(member(Role.OPERATOR), alice, 5, "Ein schöner Grund")
    message = json.loads(LogEntry.objects.get().change_message)
    assert (message["act"], message["reason"]) == ("grant", "Ein schöner Grund")


def test_the_first_administrator_is_made_from_the_command_line(alice: User) -> None:
    out = io.StringIO()
    call_command("set_role", "ALICE@example.org", "admin", stdout=out)
    assert out.getvalue() == "alice@example.org has the role admin.\n"
    assert roles.role_of(User.objects.get()) is Role.ADMIN
    call_command("set_role", "alice@example.org", "none", stdout=out)
    assert roles.role_of(User.objects.get()) is None
    with pytest.raises(NotFound):
        call_command("set_role", "bob@example.org", "admin")
