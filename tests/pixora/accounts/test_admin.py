"""Users in the back office."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from pixora.accounts import ledger, roles, sessions, staff_log
from pixora.accounts.models import CreditReason, Session, User
from pixora.accounts.roles import Role
from tests.pixora.accounts.doors import signed_in

pytestmark = pytest.mark.django_db
REASON = "A long wait"


@pytest.fixture
def alice() -> User:
    found = User.objects.create_user("alice@example.org")
    ledger.give(user=found, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    return found


def office(role: Role) -> Client:
    user = User.objects.create_user(f"{role}@example.org")
    roles.set_role(user, role)
    return signed_in(user)


def send(client: Client, user: User, act: str, **given: Any) -> Any:
    sent = {"once": "a" * 32, "reason": REASON, **given}
    return client.post(f"/admin/accounts/user/{user.id}/{act}/", sent, follow=True)


def test_a_users_page_tells_the_balance_line_by_line(alice: User) -> None:
    page = office(Role.SUPPORT).get(f"/admin/accounts/user/{alice.id}/change/").content.decode()
    for told in ("alice@example.org", "<dd>100</dd>", "+100", "Not signed in anywhere."):
        assert told in page


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.SUPPORT, {"refund", "sign-out"}),
        (Role.OPERATOR, {"refund", "sign-out", "grant"}),
        (Role.ADMIN, {"refund", "sign-out", "grant", "role"}),
    ],
)
def test_a_role_is_offered_what_it_may(alice: User, role: Role, offered: set[str]) -> None:
    page = office(role).get(f"/admin/accounts/user/{alice.id}/change/").content.decode()
    acts_offered = {act for act in ("grant", "refund", "sign-out", "role") if f"/{alice.id}/{act}/" in page}
    assert acts_offered == offered


@pytest.mark.parametrize(
    ("role", "act", "amount", "told"),
    [
        (Role.SUPPORT, "refund", 201, "Support refunds at most 200 credits at once"),
        (Role.OPERATOR, "grant", 1_000_001, "give 1 to 1,000,000 credits"),
    ],
)
def test_too_much_is_refused_before_a_yes_is_asked_for(
    alice: User, role: Role, act: str, amount: int, told: str
) -> None:
    response = send(office(role), alice, act, amount=amount)
    page = response.content.decode()
    assert response.status_code in (403, 422)
    assert told in page
    assert "Yes: " not in page
    assert ledger.account(alice).balance == 100


def test_an_operator_grants_after_a_yes_to_the_amount(alice: User) -> None:
    client, agreed = office(Role.OPERATOR), "Grant alice@example.org 50 credits"
    assert f"Yes: {agreed}" in send(client, alice, "grant", amount=50).content.decode()
    assert ledger.account(alice).balance == 100
    assert (
        "alice@example.org got 50 credits." in send(client, alice, "grant", amount=50, agreed=agreed).content.decode()
    )
    assert ledger.account(alice).balance == 150
    [act] = staff_log.acts_on(alice)
    assert (act.actor.email, act.act, act.reason) == ("operator@example.org", "grant", REASON)


def test_support_cannot_grant(alice: User) -> None:
    response = send(office(Role.SUPPORT), alice, "grant", amount=50, agreed="Grant alice@example.org 50 credits")
    assert response.status_code == 403
    assert "operator" in response.content.decode()
    assert ledger.account(alice).balance == 100
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("amount", ["", "0", "-5", "1.5", "many", "9" * 30])
def test_an_amount_that_cannot_be_meant_is_told_at_its_field(alice: User, amount: str) -> None:
    agreed = f"Grant alice@example.org {amount} credits"
    response = send(office(Role.OPERATOR), alice, "grant", amount=amount, agreed=agreed)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert ledger.account(alice).balance == 100


def test_support_gives_credits_back_and_signs_out(alice: User) -> None:
    client, agreed = office(Role.SUPPORT), "Give alice@example.org 5 credits back"
    sessions.open_session(alice)
    assert "got 5 credits back" in send(client, alice, "refund", amount=5, agreed=agreed).content.decode()
    assert "1 session ended" in send(client, alice, "sign-out", once="b" * 32).content.decode()
    assert not Session.objects.filter(user=alice, revoked_at=None).exists()
    assert {act.act for act in staff_log.acts_on(alice)} == {"refund", "sign_out_everywhere"}


def test_an_admin_makes_somebody_a_member_of_staff(alice: User) -> None:
    assert "is support now" in send(office(Role.ADMIN), alice, "role", role="support").content.decode()
    assert roles.role_of(User.objects.get(id=alice.id)) is Role.SUPPORT
    assert send(office(Role.OPERATOR), alice, "role", role="none", once="c" * 32).status_code == 403
    assert [act.act for act in staff_log.acts_on(alice)] == ["set_role"]


def test_users_are_not_edited_by_hand(alice: User) -> None:
    client = office(Role.ADMIN)
    client.post(f"/admin/accounts/user/{alice.id}/change/", {"email": "eve@example.org", "is_superuser": "on"})
    assert User.objects.filter(email="alice@example.org", is_superuser=False).exists()
    assert client.get("/admin/accounts/user/add/").status_code == 403
    assert client.post(f"/admin/accounts/user/{alice.id}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("act", ["change", "grant", "refund", "sign-out", "role"])
def test_the_back_office_is_for_staff(alice: User, act: str) -> None:
    response = signed_in(alice).get(f"/admin/accounts/user/{alice.id}/{act}/", follow=True)
    assert response.status_code == 403
    assert "For staff only" in response.content.decode()


def test_the_queues_own_tables_are_not_offered() -> None:
    client = office(Role.ADMIN)
    for address in ("django_q/schedule/", "django_q/ormq/", "django_q/failure/", "auth/group/"):
        assert client.get(f"/admin/{address}").status_code == 404
