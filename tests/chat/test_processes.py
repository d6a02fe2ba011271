"""Several processes and one Redis: whatever dies, no client misses an event or gets one twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis

from chat.models import Message, Role
from pipeline.models import Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from tests.chat import server as servers
from tests.chat.reference import client
from tests.chat.server import Server
from tests.crash.site import wait_until
from tests.emulators.server import Emulators
from tests.pipeline.scripts import TINY, script


@pytest.fixture
def task(alice: User) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=made, version=1, content=script(3).model_dump(mode="json"))
    return made


@pytest.fixture
def other(django_db_setup: None) -> Iterator[Server]:
    started = servers.start()
    yield started
    started.stop()


@pytest.mark.crash
def test_redis_dies_during_a_run_and_both_servers_tell_all_of_it(
    server: Server, other: Server, task: Task, token: str, worker: None, redis: Redis
) -> None:
    with client(server.socket, token) as here, client(other.socket, token) as there:
        followed = [here.follow(task.id), there.follow(task.id)]
        here.send("message", content="how much will it cost?", task_id=task.id)
        here.until("agent_message")
        here.send("message", content="yes", task_id=task.id)
        here.until("component_updated", lambda frame: frame["data"]["status"] == "ready")
        os.kill(redis.info("server")["process_id"], signal.SIGKILL)
        here.until("video_complete"), there.until("video_complete")
        assert [film.gaps for film in followed] == [[], []]
        assert followed[0].pieces == followed[1].pieces
        assert followed[0].last_seq == followed[1].last_seq == Task.objects.get(id=task.id).last_seq
        for each in (here, there):
            each.send("ping")
            each.until("pong")


@pytest.fixture
def speaking(server: Server, emulators: Emulators, alice: User) -> Iterator[list[Server]]:
    """Two servers whose agent is OpenAI's model, which takes its time.

    The tests' own server, whose agent is the local one, would go on with their replies: it rests meanwhile, and is
    awake again before the database (which `alice` stands for) is emptied.
    """
    keys = {name: value for name, value in emulators.environment.items() if name.startswith("OPENAI")}
    started = [servers.start(**keys), servers.start(**keys)]
    try:
        with resting(server):
            yield started
    finally:
        for each in started:
            each.stop()


@pytest.mark.crash
@pytest.mark.parametrize(
    ("replies", "hears", "said"),
    [
        ([{"text": "Never heard."}, {"text": "Hello!"}], "message_accepted", "Hello!"),
        (
            [
                {"tools": [{"name": "edit_scene", "arguments": {"scene": 2, "title": "Launch"}}]},
                {"text": "Never heard."},
            ],
            "script_updated",
            "Done so far: a scene was edited",
        ),
    ],
    ids=["resumed", "told"],
)
def test_a_reply_whose_server_is_killed_is_resumed_or_says_so(
    speaking: list[Server],
    emulators: Emulators,
    task: Task,
    token: str,
    replies: list[dict[str, object]],
    hears: str,
    said: str,
) -> None:
    """What was done before is not done again."""
    dying, living = speaking
    emulators.turn("openai", latency_s=4.0, replies=replies)
    with client(living.socket, token) as watching:
        film = watching.follow(task.id)
        with client(dying.socket, token) as speaker:
            speaker.follow(task.id)
            with resting(living):
                speaker.send("message", content="call scene 2 Launch", task_id=task.id)
                speaker.until(hears)
                wait_until_asked(emulators, 1 if hears == "message_accepted" else 2)
                dying.process.kill()
        answer = watching.until("agent_message")
        assert said in answer["content"]
        assert film.gaps == []
    assert Message.objects.filter(task=task, role=Role.AGENT).count() == 1
    assert task.scripts.count() == (1 if hears == "message_accepted" else 2)


@contextmanager
def resting(server: Server) -> Iterator[None]:
    """It takes up no turn meanwhile, though it looks for some every few seconds."""
    server.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        server.process.send_signal(signal.SIGCONT)


def wait_until_asked(emulators: Emulators, times: int) -> None:
    """The language model, so often; whatever else its vendor bills does not count."""
    wait_until(lambda: _asked(emulators) >= times, 20, "the model is asked")


def _asked(emulators: Emulators) -> int:
    return sum(bill["operation"] == "responses" for bill in emulators.bills("openai"))
