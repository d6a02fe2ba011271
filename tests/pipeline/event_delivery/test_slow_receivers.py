"""A receiver that answers slowly, goes away or changes amid a delivery holds up nobody else."""

from __future__ import annotations

import asyncio
import time
from http.server import BaseHTTPRequestHandler

import httpx
import pytest
from django.db import connections
from pytest_django import Settings

from pipeline.event_delivery import addresses, cursors, deliverer, sender
from pipeline.events import history
from pipeline.models import Task, WebhookAddress, WebhookCursor, WebhookDelivery
from pixora.accounts.models import User
from pixora.foundation import public_requests
from pixora.foundation.async_database import Database
from pixora.foundation.errors import Invalid
from tests.pipeline.event_delivery.receiver import Receiver, receiving
from tests.pipeline.event_delivery.test_deliveries import alice, deliver, film, private, tell  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db(transaction=True)
SLOW_S = 1.2


async def deliver_on_one_pool() -> int:
    async with Database() as database:
        return await deliverer.deliver_due(database)


def test_a_slow_receiver_holds_up_nobody_else(alice: User) -> None:  # noqa: F811
    """The quick one has all of many films' events before the slow one has taken its few."""
    bob = User.objects.create_user("bob@example.org")
    quick_had: list[int] = []
    with receiving() as slow, receiving() as quick:

        def slowly(*_: object) -> int:
            time.sleep(SLOW_S)
            quick_had.append(len(quick.heard))
            return 204

        slow.answers = slowly
        addresses.create(alice, url=slow.url, types=["*"])
        addresses.create(bob, url=quick.url, types=["*"])
        tell(film(alice), 1, 2, 3)
        for _ in range(30):
            tell(film(bob), 1)
        assert asyncio.run(deliver_on_one_pool()) == 33
    assert quick_had[-1] == len(quick.heard) == 30


def test_a_slow_address_has_a_few_turns_at_once_and_leaves_room(alice: User) -> None:  # noqa: F811
    addresses.create(alice, url="http://127.0.0.1:9/", types=["*"])
    addresses.create(bob := User.objects.create_user("bob@example.org"), url="http://127.0.0.1:9/", types=["*"])
    for _ in range(cursors.AT_ONE_ADDRESS * 2):
        tell(film(alice), 1)
    tell(film(bob), 1)
    assert len(cursors.claim(100)) == cursors.AT_ONE_ADDRESS + 1
    assert cursors.claim(100) == []


def test_who_takes_it_and_never_ends_the_answer_has_taken_it(
    alice: User,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender, "TEXT_WITHIN_S", 0.2)

    def dripping(handler: BaseHTTPRequestHandler, _: int) -> int:
        handler.send_response(200)
        handler.send_header("Content-Length", "9000")
        handler.end_headers()
        for _ in range(12):
            handler.wfile.write(b"<")
            time.sleep(0.05)
        return 0

    with receiving() as receiver:
        receiver.answers = dripping
        addresses.create(alice, url=receiver.url, types=["*"])
        tell(film(alice), 1)
        assert deliver() == 1
    told = WebhookDelivery.objects.get()
    assert (told.status, WebhookCursor.objects.get().seq) == (200, 1)
    assert set(told.answer) <= {"<"}


@pytest.mark.parametrize("goes", ["address", "film", "user"])
def test_what_goes_amid_a_delivery_harms_nothing(alice: User, goes: str, caplog: pytest.LogCaptureFixture) -> None:  # noqa: F811
    bob = User.objects.create_user("bob@example.org")
    task = film(alice)
    tell(task, 1, 2)

    def going(*_: object) -> int:
        found = {"address": WebhookAddress.objects.filter(user=alice), "film": Task.objects.filter(id=task.id),
                 "user": User.objects.filter(id=alice.id)}  # fmt: skip
        found[goes].delete()
        connections.close_all()
        return 204

    with receiving() as receiver, receiving() as other:
        receiver.answers = going
        addresses.create(bob, url=other.url, types=["*"])
        made = addresses.create(alice, url=receiver.url, types=["*"])
        WebhookCursor.objects.filter(address=made).delete()
        tell(film(bob), 3)
        deliver()
        assert len(other.heard) == 1
        assert len(receiver.asked) == 1
    assert "delivering failed" not in caplog.text


def move(address: WebhookAddress, new: Receiver) -> None:
    """Move the address from a thread of its own."""
    addresses.change(address, {"url": new.url})
    connections.close_all()


def test_an_address_that_changes_amid_a_delivery_is_followed(alice: User) -> None:  # noqa: F811
    """What comes next goes to the new one with the new secret, and a late 410 of the old one removes nothing."""
    task = film(alice)
    with receiving() as old, receiving() as new:
        made = addresses.create(alice, url=old.url, types=["*"])

        def changing(_: object, count: int) -> int:
            if count == 1:
                move(made, new)
            return 204 if count == 1 else 410

        old.answers = changing
        tell(task, 1, 2, 3)
        deliver()
        assert (len(old.asked), len(new.heard)) == (1, 2)


def test_a_late_no_of_an_old_url_removes_nothing(alice: User) -> None:  # noqa: F811
    with receiving() as old, receiving() as new:
        made = addresses.create(alice, url=old.url, types=["*"])

        def moving(*_: object) -> int:
            move(made, new)
            return 410

        old.answers = moving
        tell(film(alice), 1)
        deliver()
    assert WebhookAddress.objects.get().url == new.url


def test_a_closed_account_is_told_nothing(alice: User) -> None:  # noqa: F811
    with receiving() as receiver:
        addresses.create(alice, url=receiver.url, types=["*"])
        tell(film(alice), 1)
        User.objects.update(is_active=False)
        assert deliver() == 0


def test_a_turn_that_fails_leaves_the_others_alone(
    alice: User,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad, good = film(alice), film(alice)
    as_message = history.as_message
    with receiving() as receiver:
        addresses.create(alice, url=receiver.url, types=["*"])
        tell(good, 1)
        tell(bad, 1)
        monkeypatch.setattr(history, "as_message", lambda event: {good.id: as_message}[event.task_id](event))
        deliver()
        assert [each["task_id"] for each in receiver.heard] == [good.id]


def test_a_page_of_events_that_nobody_wants_is_passed_over_at_once(
    alice: User,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cursors, "PAGE", 5)
    task = film(alice)
    with receiving() as receiver:
        addresses.create(alice, url=receiver.url, types=["run_cancelled"])
        tell(task, *range(12))
        history.publish(task.id, "run_cancelled", {})
        assert deliver() == 1
    assert WebhookCursor.objects.get().seq == 13


@pytest.mark.parametrize(
    "url",
    ["https://xn--a.com", "https://xn--/", "https://e.org/" + "é" * 1_900, "https://e.org:0/", "https://e.org:99999/",
     "https://e.org\\@127.0.0.1/", "https://e.org/\r\nX-Y: z", "https://[::1", "https://１２７.0.0.1/"],
)  # fmt: skip
def test_addresses_that_cannot_be_are_refused(settings: Settings, url: str) -> None:
    settings.PIXORA_PRIVATE_ADDRESSES = False
    with pytest.raises(Invalid, match="url:"):
        addresses.checked_url(url)


def test_a_name_is_looked_up_as_it_is_written_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """`straße.de` is not `strasse.de`, which Python's own IDNA would ask for."""
    asked: list[str] = []

    async def judged(host: str) -> str:
        asked.append(host)
        return "192.0.2.1"

    monkeypatch.setattr(public_requests, "public_address", judged)
    request = asyncio.run(
        public_requests.request(public_requests.client(sender.TIMES), "POST", httpx.URL("https://straße.de/"))
    )
    assert request.headers["Host"] == "xn--strae-oqa.de"
    assert asked == ["xn--strae-oqa.de"]
