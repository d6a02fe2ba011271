"""Programs' keys over the WebSocket: each frame needs its scope, and a key that is revoked loses its sockets."""

from __future__ import annotations

import typing
from typing import Any

from chat import protocol
from chat.models import Message
from pipeline.events import history
from pipeline.models import Run
from pipeline.services import quotes
from pixora.accounts import keys, ledger
from pixora.accounts.keys import Wish
from pixora.accounts.models import Credit, CreditReason, User
from pixora.accounts.scopes import Scope
from tests.chat.server import Server
from tests.chat.test_said_to_a_film import task  # noqa: F401 (a fixture)

FRAMES = [frame for frame in typing.get_args(protocol.ClientFrame) if frame.needs]


def made(user: User, *scopes: Scope) -> str:
    return keys.create(user, Wish("Nightly films", scopes))[1]


def body(frame: type[protocol.Frame], task_id: str) -> dict[str, Any]:
    """One of this type with anything in its fields."""
    words = {"task_id": task_id, "content": "no music", "component": "scene/1"}
    samples: dict[str, Any] = {**words, "script": {}, "changes": {}}
    numbers = {"version": 1, "scene_index": 1, "take": 1, "quote_id": "quote_x"}
    return {name: value for name, value in {**samples, **numbers}.items() if name in frame.model_fields}


def test_every_frame_needs_its_scope(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    for frame in FRAMES:
        others = [scope for scope in Scope if scope != frame.needs]
        with server.visitor(made(alice, *others)) as client:
            assert client.hear()["type"] == "ready"
            client.send(typing.get_args(frame.model_fields["type"].annotation)[0], **body(frame, task.id))
            told = client.reply()["data"]
            assert (told["code"], told["details"]) == ("missing_scope", {"scope": frame.needs})
    assert not Message.objects.exists()
    assert {frame.needs for frame in FRAMES} == {Scope.FILMS_READ, Scope.FILMS_WRITE, Scope.FILMS_SPEND}


def test_the_balance_is_told_to_keys_that_may_see_it(server: Server, alice: User) -> None:
    with server.visitor(made(alice, Scope.FILMS_READ)) as client:
        assert client.hear()["credits"] == {}
    with server.visitor(made(alice, Scope.CREDITS_READ)) as client:
        assert client.hear()["credits"]


def test_an_event_tells_the_account_to_keys_that_may_see_it(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    """It does so in the replay and as it comes; its number stays, so nobody misses one."""
    history.credits_updated(task.id, alice)
    for scopes, sees in (((Scope.FILMS_READ,), False), ((Scope.FILMS_READ, Scope.CREDITS_READ), True)):
        with server.visitor(made(alice, *scopes)) as client:
            client.send("subscribe", task_id=task.id)
            assert ("data" in client.wait_for("credits_updated")) is sees
            client.wait_for("subscribed")
            history.credits_updated(task.id, alice)
            told = client.wait_for("credits_updated")
            assert told["seq"] == task.events.latest("seq").seq
            assert ("data" in told) is sees


def test_a_yes_in_the_chat_spends_as_the_key_that_said_it(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    found = quotes.quote(task=task)
    Message.objects.create(
        user=alice, task=task, role="agent", content="Shall I?",
        metadata={"price": {"quote_id": found.id, "credits": found.credits}},
    )  # fmt: skip
    with server.visitor(made(alice, Scope.FILMS_WRITE, Scope.FILMS_READ)) as client:
        client.send("message", content="yes, make it", task_id=task.id)
        assert "scope films:spend" in client.wait_for("agent_message")["content"]
    assert not Run.objects.filter(task=task).exists()
    with server.visitor(made(alice, *Scope)) as client:
        client.send("message", content="yes, make it", task_id=task.id)
        client.wait_for("agent_message")
    assert Credit.objects.get(reason="hold").api_key == alice.api_keys.latest("created_at")


def test_a_key_that_is_revoked_loses_its_sockets(server: Server, alice: User) -> None:
    key, secret = keys.create(alice, Wish("Nightly films", [Scope.FILMS_READ]))
    with server.visitor(secret) as client:
        assert client.hear()["type"] == "ready"
        keys.revoke(key)
        assert client.close_code() == 4401


def test_who_shows_a_key_that_sees_less_sees_less(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    """Films that were followed are followed no more, and the balance is told no more."""
    with server.visitor(made(alice, *Scope)) as client:
        client.send("subscribe", task_id=task.id)
        client.wait_for("subscribed")
        client.send("authenticate", token=made(alice, Scope.FILMS_WRITE))
        assert client.wait_for("ready")["credits"] == {}
        history.publish(task.id, "run_cancelled", {})
        ledger.give(user=alice, amount=5, reason=CreditReason.GRANT, key="grant:later")
        assert client.hears_nothing()
        client.send("subscribe", task_id=task.id)
        assert client.reply()["data"]["code"] == "missing_scope"
        client.send("authenticate", token=made(alice, Scope.CREDITS_READ))
        assert client.wait_for("ready")["credits"]
        ledger.give(user=alice, amount=5, reason=CreditReason.GRANT, key="grant:again")
        assert client.wait_for("credits_updated")


def test_a_key_that_may_not_see_films_hears_the_receipt_alone(server: Server, alice: User, task: Any) -> None:  # noqa: F811
    with server.visitor(made(alice, Scope.FILMS_WRITE)) as client:
        assert client.hear()["type"] == "ready"
        client.send("message", content="no music", task_id=task.id)
        assert client.hear()["type"] == "message_accepted"
        history.publish(task.id, "run_cancelled", {})
        assert client.hears_nothing()
