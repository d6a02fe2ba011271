"""Events at addresses outside: each arrives, signed, in order for its film, whatever the receiver does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from pipeline.event_delivery import addresses, cursors, sender
from pipeline.event_delivery.deliverer import deliver_due
from pipeline.events import history
from pipeline.models import Task, WebhookAddress, WebhookCursor, WebhookDelivery
from pixora.accounts.models import User
from pixora.foundation import public_requests
from tests.pipeline.event_delivery.receiver import Receiver, receiving
from tests.pixora.accounts.doors import bearer
from tests.pixora.accounts.test_me_api import refusal, send

pytestmark = pytest.mark.django_db(transaction=True)
WEBHOOKS = "/api/v1/webhooks"


@pytest.fixture(autouse=True)
def private(settings: Settings, services: None) -> None:
    settings.PIXORA_PRIVATE_ADDRESSES = True


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def address(alice: User, receiver: Receiver) -> WebhookAddress:
    made = addresses.create(alice, url=receiver.url, types=["*"])
    receiver.secret = made.secret
    return made


def film(user: User) -> Task:
    return Task.objects.create(user=user, prompt="A film", settings={}, request_key="x")


def tell(task: Task, *numbers: int) -> None:
    for number in numbers:
        history.publish(task.id, "run_started", {"run_id": f"run_{number}", "quote_id": None, "credits": number})


async def in_a_thread(query: Callable[..., Any], *args: Any, **named: Any) -> Any:
    """Ask in a thread of its own, which leaves no connection behind."""

    def asked() -> Any:
        try:
            return query(*args, **named)
        finally:
            connections.close_all()

    return await asyncio.to_thread(asked)


def deliver() -> int:
    return asyncio.run(deliver_due(in_a_thread))


def now_due() -> None:
    WebhookCursor.objects.update(due_at=Now())


def test_events_arrive_signed_and_in_order_from_the_moment_on(alice: User, receiver: Receiver) -> None:
    task = film(alice)
    tell(task, 1)
    made = addresses.create(alice, url=receiver.url, types=["run_started"])
    receiver.secret = made.secret
    tell(task, 2, 3)
    history.publish(task.id, "run_cancelled", {})
    tell(task, 4)
    assert deliver() == 3
    assert [each["data"]["credits"] for each in receiver.heard] == [2, 3, 4]
    assert [each["id"] for each in receiver.heard] == [f"{task.id}:{seq}" for seq in (2, 3, 5)]
    assert {"type", "task_id", "seq", "timestamp", "occurred_at"} <= set(receiver.heard[0])
    assert deliver() == 0


def test_an_address_that_is_deleted_meanwhile_holds_up_nobody_elses_events(alice: User, receiver: Receiver) -> None:
    """The claim has seen the address and waits for the deletion to end, and then there is none."""
    bob = User.objects.create_user("bob@example.org")
    gone = addresses.create(bob, url=receiver.url, types=["*"])
    receiver.secret = addresses.create(alice, url=receiver.url, types=["*"]).secret
    tell(film(bob), 1)
    tell(film(alice), 2)
    with ThreadPoolExecutor(1) as elsewhere:
        with transaction.atomic():
            WebhookAddress.objects.filter(id=gone.id).delete()
            delivered = elsewhere.submit(deliver)
            with suppress(TimeoutError):
                delivered.result(1)
        assert delivered.result(30) == 1
    assert [each["data"]["credits"] for each in receiver.heard] == [2]


def test_an_event_that_is_not_taken_is_sent_again_before_any_later_one(
    alice: User, receiver: Receiver, address: WebhookAddress
) -> None:
    receiver.answers = lambda _, count: 500 if count <= 2 else 200
    one, other = film(alice), film(alice)
    tell(one, 1, 2)
    tell(other, 3)
    deliver()
    assert len(receiver.asked) == 2
    assert deliver() == 0
    now_due()
    deliver()
    of_one = [asked for asked in receiver.asked if asked.startswith(one.id)]
    assert of_one == [f"{one.id}:1", f"{one.id}:1", f"{one.id}:2"]
    assert len(receiver.heard) == 3


@pytest.mark.parametrize("status", [302, 404, 0])
def test_what_is_no_yes_is_none(alice: User, receiver: Receiver, address: WebhookAddress, status: int) -> None:
    """A redirect is not followed; a connection that breaks is told as such."""
    receiver.answers = lambda *_: status
    tell(film(alice), 1)
    deliver()
    told = WebhookDelivery.objects.get()
    assert (told.status, bool(told.problem)) == (status or None, not status)
    assert WebhookCursor.objects.get().tries == 1


def test_an_address_that_is_gone_is_removed(alice: User, receiver: Receiver, address: WebhookAddress) -> None:
    receiver.answers = lambda *_: 410
    tell(film(alice), 1)
    deliver()
    assert not WebhookAddress.objects.exists()


def test_after_three_days_an_address_is_paused_until_its_owner_goes_on(
    alice: User, receiver: Receiver, address: WebhookAddress
) -> None:
    receiver.answers = lambda *_: 500
    tell(film(alice), 1)
    deliver()
    WebhookCursor.objects.update(due_at=Now(), failing_since=timezone.now() - timedelta(days=4))
    deliver()
    address.refresh_from_db()
    assert address.paused_at
    now_due()
    assert deliver() == 0
    receiver.answers = lambda *_: 200
    addresses.change(address, {"paused": False})
    assert deliver() == 1


def test_a_film_goes_on_where_who_was_at_it_has_died(alice: User, receiver: Receiver, address: WebhookAddress) -> None:
    tell(film(alice), 1, 2)
    [dead] = cursors.claim(5)
    assert deliver() == 0
    now_due()
    deliver()
    assert [each["data"]["credits"] for each in receiver.heard] == [1, 2]
    assert not cursors.advance(dead, 1)
    assert not cursors.renew(dead)


def test_of_many_at_once_one_has_a_films_turn(alice: User, address: WebhookAddress) -> None:
    for _ in range(5):
        tell(film(alice), 1)

    def claim(_: int) -> list[int]:
        try:
            return [each.id for each in cursors.claim(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        claimed = [key for found in threads.map(claim, range(6)) for key in found]
    assert len(claimed) == len(set(claimed)) <= 5


def test_an_answer_without_an_end_is_read_to_its_beginning(
    alice: User, receiver: Receiver, address: WebhookAddress
) -> None:
    def endless(handler: BaseHTTPRequestHandler, _: int) -> int:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10 << 30))
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"<b>x</b>\x00" * 1_000)
        except OSError:
            return 0

    receiver.answers = endless
    tell(film(alice), 1)
    deliver()
    told = WebhookDelivery.objects.get()
    assert (told.status, len(told.answer)) == (200, sender.KEPT_CHARS)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "[::ffff:10.0.0.1]"]
)
def test_nothing_is_sent_into_this_network(alice: User, settings: Settings, host: str) -> None:
    settings.PIXORA_PRIVATE_ADDRESSES = False
    addresses.create(alice, url=f"https://{host}/x", types=["*"])
    tell(film(alice), 1)
    deliver()
    assert "public" in WebhookDelivery.objects.get().problem


def test_the_address_that_is_asked_is_the_one_that_was_judged(
    alice: User, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with another address after the check leads nowhere else."""
    made = addresses.create(alice, url=receiver.url.replace("127.0.0.1", "hooks.example"), types=["*"])
    receiver.secret = made.secret

    async def judged(host: str) -> str:
        assert host == "hooks.example"
        return "127.0.0.1"

    monkeypatch.setattr(public_requests, "public_address", judged)
    tell(film(alice), 1)
    deliver()
    assert len(receiver.heard) == 1


def test_while_a_secret_is_rotated_both_count(alice: User, receiver: Receiver, address: WebhookAddress) -> None:
    """The receiver still checks with the old one."""
    addresses.rotate(address, overlap=timedelta(minutes=5))
    tell(film(alice), 1)
    deliver()
    address.refresh_from_db()
    receiver.secret = address.secret
    tell(film(alice), 2)
    deliver()
    assert len(receiver.heard) == 2


def test_the_way_over_rest(alice: User, receiver: Receiver) -> None:
    door = bearer(alice)

    def ask(method: str, path: str, body: Any = None) -> Any:
        return send(Client(), method, f"{WEBHOOKS}{path}", body, headers=door)

    made = ask("POST", "", {"url": receiver.url, "types": ["video_complete"]}).json()
    receiver.secret = made["secret"]
    assert "secret" not in ask("GET", "").json()["results"][0]
    assert ask("POST", f"/{made['id']}/test").status_code == 202
    deliver()
    [tried] = ask("GET", f"/{made['id']}/deliveries").json()["results"]
    assert (tried["type"], tried["status"], tried["taken"]) == ("test", 204, True)
    assert ask("POST", f"/{made['id']}/deliveries/{tried['id']}/retry").status_code == 202
    deliver()
    assert [each["type"] for each in receiver.heard] == ["test", "test"]
    assert ask("PATCH", f"/{made['id']}", {"paused": True}).json()["paused"]
    bob = bearer(User.objects.create_user("bob@example.org"))
    for method, path in (("GET", ""), ("PATCH", ""), ("POST", "/test"), ("GET", "/deliveries"), ("DELETE", "")):
        assert send(Client(), method, f"{WEBHOOKS}/{made['id']}{path}", {}, headers=bob).status_code == 404
    assert ask("DELETE", f"/{made['id']}").status_code == 204


@pytest.mark.parametrize(
    ("wish", "field"),
    [({"url": "ftp://example.org"}, "url"), ({"url": "https://u:p@example.org"}, "url"), ({"url": "x"}, "url"),
     ({"url": "http://example.org"}, "url"), ({"types": []}, "types"), ({"types": ["all"]}, "types[0]"),
     ({"secret": "mine"}, "secret")],
)  # fmt: skip
def test_an_address_that_may_not_be_is_refused_by_its_field(
    alice: User, settings: Settings, wish: dict[str, Any], field: str
) -> None:
    settings.PIXORA_PRIVATE_ADDRESSES = False
    body = {"url": "https://example.org", "types": ["*"], **wish}
    assert refusal(send(Client(), "POST", WEBHOOKS, body, headers=bearer(alice))) == (422, "invalid", field)
    assert not WebhookAddress.objects.exists()
