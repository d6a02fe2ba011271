"""Whoever comes at the same time is looked up at the same time, and each is told what is theirs."""

from __future__ import annotations

import asyncio

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from chat.socket.greeting import Greeter, Greeting, greetings
from pixora.accounts import ledger, sessions, tokens
from pixora.accounts.models import CreditReason, User
from pixora.foundation.async_database import Database
from pixora.foundation.errors import NotAuthenticated


def come(name: str, credits: int) -> str:
    """A user's token."""
    user = User.objects.create_user(f"{name}@example.org")
    ledger.give(user=user, amount=credits, reason=CreditReason.GRANT, key=f"grant:{name}")
    return tokens.issue(sessions.open_session(user)).token


@pytest.fixture(autouse=True)
def _nobody_is_given_credits(settings: Settings) -> None:
    settings.PIXORA_NEW_USER_CREDITS = 0


def told(greeting: Greeting | NotAuthenticated) -> tuple[str, int]:
    assert isinstance(greeting, Greeting)
    return greeting.words["user"]["email"], greeting.words["credits"]["balance"]


@pytest.mark.django_db
def test_many_are_looked_up_in_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    brought = [come("alice", 7), "nonsense", come("bob", 9)]
    ended = come("carol", 1)
    sessions.close_session(tokens.authenticate(ended))
    with django_assert_num_queries(2):
        alice, nobody, bob, carol = greetings([*brought, ended])
    assert (told(alice), told(bob)) == (("alice@example.org", 7), ("bob@example.org", 9))
    assert isinstance(nobody, NotAuthenticated)
    assert isinstance(carol, NotAuthenticated)


@pytest.mark.django_db(transaction=True)
def test_each_hears_its_own_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    brought = [come(f"user{number}", number) for number in range(1, 6)]
    asked: list[int] = []

    def counting(some: list[str]) -> list[Greeting | NotAuthenticated]:
        asked.append(len(some))
        return greetings(some)

    async def at_once() -> list[Greeting | BaseException]:
        async with Database() as database:
            greeter = Greeter(database)
            return await asyncio.gather(*map(greeter.greet, [*brought, "nonsense"]), return_exceptions=True)

    monkeypatch.setattr("chat.socket.greeting.greetings", counting)
    *welcome, refused = asyncio.run(at_once())
    assert [told(each) for each in welcome] == [(f"user{n}@example.org", n) for n in range(1, 6)]  # type: ignore[arg-type]
    assert isinstance(refused, NotAuthenticated)
    assert asked == [6]
