"""A guest's token over the WebSocket: no frame is heard by it; what guests say is told to the film's followers."""

from __future__ import annotations

import typing
from typing import Any

import httpx
import pytest

from chat import protocol
from pipeline.models import Can, Run, Task
from pipeline.sharing import links
from pipeline.sharing.links import Wish
from pixora.accounts.models import User
from tests.chat.server import Server
from tests.chat.test_keys_over_the_socket import body
from tests.pipeline.sharing.films import finished_film

FRAMES = typing.get_args(protocol.ClientFrame)


@pytest.fixture
def film(alice: User, home: Any) -> Task:
    return finished_film(alice)


def test_no_frame_is_heard_from_a_guest(server: Server, film: Task) -> None:
    _, token = links.create(film, Wish(Can.APPROVE))
    assert len(FRAMES) > 9
    for frame in FRAMES:
        with server.visitor() as client:
            told = {**body(frame, film.id), **({"token": token} if "token" in frame.model_fields else {})}
            client.send(typing.get_args(frame.model_fields["type"].annotation)[0], **told)
            assert client.reply()["data"]["code"] == "not_authenticated", frame
    with server.visitor(token) as client:
        assert client.close_code() == protocol.NOT_AUTHENTICATED
    assert not Run.objects.exists()


def test_the_owner_is_told_at_once_what_guests_say(server: Server, film: Task, token: str) -> None:
    _, link = links.create(film, Wish(Can.APPROVE))
    room = f"http://{server.host}/api/v1/shares/{link}"
    with server.visitor(token) as client:
        client.send("subscribe", task_id=film.id)
        client.wait_for("subscribed")
        left = httpx.post(f"{room}/notes", json={"scene": 2, "at_ms": 500, "text": "Too dark", "name": "Ben"}).json()
        note = client.wait_for("note_added")["data"]["note"]
        assert (note["text"], note["name"], note["at"], note["id"]) == ("Too dark", "Ben", 5.5, left["id"])
        httpx.post(f"{room}/approvals", json={"scene": "film", "yes": True, "name": "Ben"})
        assert client.wait_for("approval")["data"]["yes"] is True
        httpx.post(f"{room}/notes/{left['id']}/resolve", json={"author_key": left["author_key"]})
        assert client.wait_for("note_resolved")["data"] == {"note_id": left["id"], "resolved": True, "by": "Ben"}
