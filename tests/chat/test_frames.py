"""Frames that are wrong, too large or too many change nothing, and the socket stays open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from websockets.exceptions import ConnectionClosed

from chat.models import Message
from chat.protocol import MAX_FRAME_BYTES
from pipeline.api.parameters import CHANGES
from pipeline.models import Event, Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from pixora.foundation.errors import MOST_PROBLEMS
from tests.chat.server import Server, Visitor
from tests.pipeline.scripts import TINY, script

BAD = {
    "not JSON": "hello",
    "empty": "",
    "no object": '["ping"]',
    "null": "null",
    "no type": '{"content": "hi"}',
    "an unknown type": '{"type": "explode"}',
    "a type of the wrong type": '{"type": 7}',
    "nested a thousand deep": '{"type":"ping","x":' + "[" * 1000 + "]" * 1000 + "}",
    "no content": '{"type": "message"}',
    "content of the wrong type": '{"type": "message", "content": 7}',
    "blank content": '{"type": "message", "content": " \\u0000 "}',
    "too much content": json.dumps({"type": "message", "content": "a" * 8001}),
    "an unknown wish": '{"type": "message", "content": "hi", "metadata": {"aspct_ratio": "1:1"}}',
    "a wrong ratio": '{"type": "message", "content": "A film", "metadata": {"aspect_ratio": "2:1"}}',
    "a wrong duration": '{"type": "message", "content": "A film", "metadata": {"duration": 7}}',
    "a negative number": '{"type": "subscribe", "task_id": "task_x", "after": -1}',
    "a huge number": '{"type": "subscribe", "task_id": "task_x", "after": 1e400}',
    "half a surrogate": '{"type": "message", "content": "\\ud800"}',
    "no such task": '{"type": "subscribe", "task_id": "task_none"}',
    "no such task for a message": '{"type": "message", "content": "hi", "task_id": "task_none"}',
}


@pytest.fixture
def client(server: Server, token: str) -> Iterator[Visitor]:
    with server.visitor(token) as opened:
        opened.wait_for("ready")
        yield opened


@pytest.fixture
def task(alice: User) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=made, version=1, content=script(3).model_dump(mode="json"))
    return made


@pytest.mark.parametrize("frame", BAD.values(), ids=[name.replace(" ", "-") for name in BAD])
def test_a_bad_frame_gets_an_error_and_changes_nothing(client: Visitor, frame: str) -> None:
    client.socket.send(frame)
    refused = client.reply()
    assert refused["type"] == "error"
    assert refused["data"]["code"] in ("invalid", "not_found")
    assert refused["data"]["message"]
    client.send("ping")
    assert client.reply()["type"] == "pong"
    assert not Task.objects.exists()
    assert not Message.objects.exists()


def test_the_field_that_is_wrong_is_named(client: Visitor) -> None:
    client.send("message", content="A film", metadata={"duration": "long"}, client_message_id="mine")
    refused = client.reply()["data"]
    assert refused["message"].startswith("metadata.duration: ")
    assert refused["client_message_id"] == "mine"


def test_of_a_hundred_thousand_problems_the_first_are_told(client: Visitor, task: Task) -> None:
    """They are told in a frame that can be sent: one that is too long would end the socket."""
    client.send("update_script", task_id=task.id, version=1, script={str(number): 1 for number in range(40_000)})
    told = client.wait_for("error")["data"]
    assert told["code"] == "invalid"
    assert len(told["details"]["problems"]) == MOST_PROBLEMS
    assert told["message"].endswith(" more: mend these first")
    client.send("ping")
    assert client.wait_for("pong")


def test_a_binary_frame_is_refused(client: Visitor) -> None:
    client.socket.send(b'{"type": "ping"}')
    assert "binary" in client.reply()["data"]["message"]


def test_a_huge_frame_is_refused(client: Visitor) -> None:
    client.send("ping", filler="a" * MAX_FRAME_BYTES)
    assert client.reply()["data"]["code"] == "too_large"


def test_a_burst_of_sixty_is_served_and_more_is_refused(client: Visitor) -> None:
    for _ in range(120):
        client.send("ping")
    answers = [client.reply() for _ in range(120)]
    served = [answer["type"] for answer in answers].count("pong")
    assert 60 <= served < 110
    assert {answer["data"]["code"] for answer in answers if answer["type"] == "error"} == {"rate_limited"}


def test_flooding_ends_the_socket(client: Visitor) -> None:
    try:
        for _ in range(2_000):
            client.send("ping")
    except ConnectionClosed:
        pass
    assert client.close_code() == 4429


def test_other_peoples_films_are_not_found(client: Visitor, task: Task) -> None:
    bob = User.objects.create_user("bob@example.org")
    Task.objects.filter(id=task.id).update(user=bob)
    before = Event.objects.count()
    for type_, fields in ASKED.items():
        client.send(type_, task_id=task.id, **fields)
        refused = client.reply()
        assert (refused["type"], refused["data"]["code"]) == ("error", "not_found"), type_
        assert refused["task_id"] == task.id
    assert Event.objects.count() == before


ASKED: dict[str, dict[str, Any]] = {
    "subscribe": {},
    "message": {"content": "hi"},
    "approve_script": {"version": 1, "quote_id": "quote_x"},
    "update_script": {"version": 1, "script": {}},
    "update_scene": {"version": 1, "scene_index": 1, "changes": {"title": "x"}},
    "update_settings": {"changes": {"style": "noir"}},
    "regenerate": {"component": "scene/1"},
    "select_take": {"component": "scene/1", "take": 1},
    "cancel": {},
}


def test_what_changes_a_film_is_counted_with_what_is_asked_over_rest(client: Visitor, task: Task, alice: User) -> None:
    cache.clear()
    for _ in range(CHANGES.times):
        CHANGES.count(f"user {alice.pk}")
    for type_ in ASKED.keys() - {"subscribe", "message"}:
        client.send(type_, task_id=task.id, **ASKED[type_])
        assert client.wait_for("error")["data"]["code"] == "rate_limited", type_
    client.send("subscribe", task_id=task.id)
    client.wait_for("subscribed")
    cache.clear()


def test_edits_by_hand_are_told_to_everybody_who_follows(
    client: Visitor, server: Server, task: Task, token: str
) -> None:
    with server.visitor(token) as other:
        other.send("subscribe", task_id=task.id)
        other.wait_for("subscribed")
        client.send("update_scene", task_id=task.id, version=1, scene_index=2, changes={"title": "Launch"})
        told = other.wait_for("script_updated")
        assert told["data"]["version"] == 2
        assert told["data"]["script"]["clips"][1]["scene"]["title"] == "Launch"
        assert told["data"]["quote"]["items"]
        client.send("update_scene", task_id=task.id, version=1, scene_index=2, changes={"title": "Again"})
        refused = client.reply()
        assert refused["data"]["code"] == "version_conflict"
        assert refused["data"]["details"]["version"] == 2
        client.send("update_settings", task_id=task.id, changes={"style": "noir"})
        assert other.wait_for("task_updated")["data"]["settings"]["style"] == "noir"
        content = task.scripts.get(version=3).content
        client.send("update_script", task_id=task.id, version=3, script={**content, "voice": "Lily"})
        told = other.wait_for("script_updated", lambda frame: frame["data"]["version"] == 4)
        assert (told["data"]["script"]["style"], told["data"]["script"]["voice"]) == ("noir", "Lily")


def test_a_script_is_approved_at_its_price_and_only_at_the_current_version(client: Visitor, task: Task) -> None:
    client.send("subscribe", task_id=task.id)
    client.wait_for("subscribed")
    client.send("regenerate", task_id=task.id, component="scene/1", instructions="at night")
    quote = client.wait_for("quote")["data"]
    assert [item["component"] for item in quote["items"]] == ["scene/1"]
    client.send("approve_script", task_id=task.id, version=7, quote_id=quote["quote_id"])
    assert client.wait_for("error")["data"]["code"] == "version_conflict"
    client.send("regenerate", task_id=task.id, component="scene/2", quote_id=quote["quote_id"])
    assert client.wait_for("error")["data"]["code"] == "not_found"
    client.send("regenerate", task_id=task.id, component="scene/1", quote_id=quote["quote_id"])
    assert client.wait_for("run_started")["data"]["credits"] == quote["credits"]
    told = client.wait_for("credits_updated")["data"]
    assert (told["balance"], told["held"]) == (2_000 - quote["credits"], quote["credits"])
    client.send("cancel", task_id=task.id)
    client.wait_for("run_cancelled")
