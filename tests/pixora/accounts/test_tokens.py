from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from pixora.accounts import ledger, services, sessions, sign_in_links, statement, tokens
from pixora.accounts.models import Session, User
from pixora.accounts.services import user_for
from pixora.accounts.supabase import Identity
from pixora.foundation.errors import Forbidden, NotAuthenticated


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def session(alice: User) -> Session:
    return sessions.open_session(alice)


def test_a_token_brings_back_its_session_and_user(session: Session, alice: User) -> None:
    found = tokens.authenticate(tokens.issue(session).token)
    assert (found, found.user) == (session, alice)


def test_a_token_can_travel_as_a_sub_protocol(session: Session) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._-]{40,400}", tokens.issue(session).token)


def test_asking_who_it_is_takes_one_query(session: Session, django_assert_num_queries: Any) -> None:
    token = tokens.issue(session).token
    with django_assert_num_queries(1):
        assert tokens.authenticate(token).user.email


def test_a_revoked_session_is_over_at_once(session: Session) -> None:
    token = tokens.issue(session).token
    sessions.close_session(session)
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(token)


def test_a_closed_account_is_locked_out_at_once(session: Session, alice: User) -> None:
    token = tokens.issue(session).token
    User.objects.update(is_active=False)
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(token)
    alice.refresh_from_db()
    with pytest.raises(Forbidden):
        sessions.open_session(alice)


def test_a_deleted_session_is_no_session(session: Session) -> None:
    token = tokens.issue(session).token
    Session.objects.all().delete()
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(token)


def test_a_token_ends_after_its_hour(session: Session) -> None:
    issued = tokens.issue(session)
    assert abs(issued.expires_at - timezone.now() - timedelta(hours=1)) < timedelta(seconds=5)
    assert tokens.admit([issued.token]) == [tokens.Admitted(session, issued.expires_at)]
    with pytest.raises(tokens.Ended):
        tokens.authenticate(tokens.issue(session, life=timedelta(seconds=-1)).token)


def test_no_token_outlives_its_session(session: Session) -> None:
    session.expires_at = timezone.now() + timedelta(minutes=5)
    assert tokens.issue(session).expires_at <= session.expires_at


def test_a_session_ends_twelve_hours_after_the_sign_in(session: Session) -> None:
    token = tokens.issue(session).token
    assert abs(session.expires_at - timezone.now() - timedelta(hours=12)) < timedelta(seconds=5)
    Session.objects.update(expires_at=timezone.now())
    with pytest.raises(tokens.Ended):
        tokens.authenticate(token)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "é", "a b", "\x00", "\ud800", "x" * 5000, "a.b.c\n"])
def test_what_is_no_token_is_nobody(text: str, db: None) -> None:
    with pytest.raises(NotAuthenticated):
        tokens.authenticate(text)


def test_a_token_is_signed_by_this_installation(session: Session, settings: Any) -> None:
    claims = {"sid": str(session.id), "aud": tokens.AUDIENCE, "exp": 2**31}
    forged = [jwt.encode(claims, "a secret of somebody else, long enough", "HS256"), jwt.encode(claims, "", "none")]
    ours = tokens.issue(session).token
    settings.SECRET_KEY = "changed" * 10
    for token in (*forged, ours):
        with pytest.raises(NotAuthenticated):
            tokens.authenticate(token)


def test_a_first_session_brings_credits_once(alice: User, settings: Any) -> None:
    for _ in range(3):
        sessions.open_session(alice)
    assert ledger.account(alice).balance == settings.PIXORA_NEW_USER_CREDITS


def test_new_users_may_get_nothing(alice: User, settings: Any) -> None:
    settings.PIXORA_NEW_USER_CREDITS = 0
    sessions.open_session(alice)
    assert not alice.credits.exists()


def test_the_local_users_credits_are_renewed_when_they_run_low(db: None, settings: Any) -> None:
    user = services.local_owner()
    sessions.open_session(user)
    ledger.hold(user=user, run_id="run_1", task_id=None, amount=400)  # type: ignore[arg-type]
    services.renew_local_credits(user)
    assert ledger.account(user).balance == 600
    ledger.hold(user=user, run_id="run_2", task_id=None, amount=200)  # type: ignore[arg-type]
    for _ in range(2):
        services.renew_local_credits(user)
        assert ledger.account(user).balance == 1000
    sums = statement.totals(user)
    assert (sums.welcome, sums.refilled, sums.support) == (1000, 600, 0)
    [refill] = [line for line in user.credits.all() if line.amount == 600]
    assert statement.sentence(refill) == "Your account was filled up by 600 credits."


def test_nobody_elses_credits_are_renewed(alice: User) -> None:
    services.renew_local_credits(alice)
    assert ledger.account(alice).balance == 0


def test_a_link_lets_one_in_once(alice: User, services: None) -> None:
    link = sign_in_links.new_link(alice, site="http://localhost:8000")
    address, _, token = link.rpartition("/")
    assert address == "http://localhost:8000/login"
    assert sign_in_links.redeem(token) == alice
    assert sign_in_links.redeem(token) is None


def test_a_link_is_gone_after_a_quarter_of_an_hour(alice: User, services: None, monkeypatch: Any) -> None:
    assert sign_in_links.LIFE_S == 900
    monkeypatch.setattr(sign_in_links, "LIFE_S", 0)
    assert sign_in_links.redeem(sign_in_links.new_link(alice, site="").rpartition("/")[2]) is None


@pytest.mark.django_db(transaction=True)
def test_a_user_who_comes_first_many_times_at_once_is_one(services: None, settings: Any) -> None:
    identity = Identity(uuid.uuid4(), "new@example.org")

    def come(_: int) -> User:
        try:
            return sessions.open_session(user_for(identity)).user
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert {user.email for user in threads.map(come, range(16))} == {"new@example.org"}
    assert ledger.account(User.objects.get()).balance == settings.PIXORA_NEW_USER_CREDITS


@pytest.mark.parametrize("email", ["", "x" * 255])
def test_an_address_that_cannot_be_kept_is_none(db: None, email: str) -> None:
    user = user_for(Identity(uuid.uuid4(), email))
    assert user.email == f"{user.id}@users.invalid"
    assert not user.has_usable_password()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_link_at_once_one_is_let_in(services: None) -> None:
    alice = User.objects.create_user("alice@example.org")
    token = sign_in_links.new_link(alice, site="").rpartition("/")[2]

    def redeem(_: int) -> User | None:
        try:
            return sign_in_links.redeem(token)
        finally:
            connection.close()
            cache.close()

    with ThreadPoolExecutor(8) as threads:
        assert [user for user in threads.map(redeem, range(16)) if user] == [alice]
