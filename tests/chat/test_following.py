"""Replay, following, and what is lost on the way: nothing."""

from __future__ import annotations

import os
import signal
import time

import pytest
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

from chat.models import Message
from pipeline.events import history
from pipeline.models import Task
from pipeline.services import films
from pixora.accounts.models import User
from tests.chat import server as servers
from tests.chat.server import Server, Visitor
from tests.pipeline.scripts import TINY


@pytest.fixture
def task(alice: User) -> Task:
    return films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)


def write(task: Task, count: int) -> None:
    for number in range(count):
        history.publish(task.id, "credits_updated", {"balance": number, "held": 0})


def numbers(client: Visitor) -> list[int]:
    return [frame["seq"] for frame in client.told if "seq" in frame]


def follow(client: Visitor, task: Task, after: int = 0) -> int:
    client.send("subscribe", task_id=task.id, after=after)
    last: int = client.wait_for("subscribed")["data"]["last_seq"]
    return last


def hear_until(client: Visitor, seq: int) -> None:
    while not numbers(client) or numbers(client)[-1] < seq:
        client.hear()


def test_what_happened_is_replayed_and_what_happens_follows(server: Server, task: Task, token: str) -> None:
    write(task, 4)
    with server.visitor(token) as client:
        assert follow(client, task) == 5
        write(task, 3)
        hear_until(client, 8)
        assert numbers(client) == list(range(1, 9))


def test_a_client_goes_on_where_it_was(server: Server, task: Task, token: str) -> None:
    with server.visitor(token) as client:
        follow(client, task)
        write(task, 2)
        hear_until(client, 3)
    write(task, 5)
    with server.visitor(token) as again:
        follow(again, task, after=3)
        write(task, 1)
        hear_until(again, 9)
        assert numbers(again) == [4, 5, 6, 7, 8, 9]


def test_subscribing_while_much_happens_misses_and_repeats_nothing(server: Server, task: Task, token: str) -> None:
    with server.visitor(token) as client:
        write(task, 1200)
        client.send("subscribe", task_id=task.id)
        write(task, 100)
        hear_until(client, 1301)
        assert numbers(client) == list(range(1, 1302))


def test_subscribing_again_starts_again_from_there(server: Server, task: Task, token: str) -> None:
    write(task, 3)
    with server.visitor(token) as client:
        follow(client, task)
        assert follow(client, task, after=2) == 4
        assert numbers(client) == [1, 2, 3, 4, 3, 4]


def test_a_number_that_was_not_given_out_yet_hides_nothing(server: Server, task: Task, token: str) -> None:
    write(task, 3)
    with server.visitor(token) as client:
        assert follow(client, task, after=2**53) == 4
        write(task, 2)
        hear_until(client, 6)
        assert numbers(client) == [5, 6]


def test_a_lost_broadcast_is_read_from_the_table(server: Server, task: Task, token: str, redis: Redis) -> None:
    """Everything in Redis is lost, memberships of groups too."""
    with server.visitor(token) as client:
        follow(client, task)
        redis.flushall()
        write(task, 3)
        hear_until(client, 4)
        write(task, 1)
        hear_until(client, 5)
        assert numbers(client) == [1, 2, 3, 4, 5]


def test_redis_restarted_in_the_middle_loses_nothing(server: Server, task: Task, token: str, redis: Redis) -> None:
    with server.visitor(token) as client:
        follow(client, task)
        os.kill(redis.info("server")["process_id"], signal.SIGKILL)
        write(task, 3)
        hear_until(client, 4)
        _wait_for(redis)
        write(task, 2)
        hear_until(client, 6)
        assert numbers(client) == [1, 2, 3, 4, 5, 6]
        client.send("ping")
        client.wait_for("pong")


def test_two_processes_tell_the_same(server: Server, task: Task, token: str) -> None:
    other = servers.start()
    try:
        with server.visitor(token) as one, other.visitor(token) as two:
            follow(one, task), follow(two, task)
            one.send("message", content="what can you do?", task_id=task.id)
            said = two.wait_for("agent_message")
            assert "film" in said["content"]
            one.wait_for("agent_message")
            assert numbers(one) == numbers(two) == [1, 2, 3]
    finally:
        other.stop()


def test_a_line_that_is_sent_twice_is_one_line(server: Server, alice: User, token: str) -> None:
    with server.visitor(token) as client, server.visitor(token) as second:
        client.send("message", content="hi", client_message_id="one")
        first = client.wait_for("message_accepted")
        client.wait_for("agent_message")
        second.send("message", content="hi", client_message_id="one")
        again = second.wait_for("message_accepted")
        assert again == first
        assert second.wait_for("agent_message")
        client.send("message", content="hi", client_message_id="one", task_id=first["task_id"])
        assert client.wait_for("message_accepted") == first
    assert Message.objects.filter(role="user").count() == 1
    assert Task.objects.count() == 1


def test_the_socket_that_opens_a_film_follows_it(server: Server, alice: User, token: str) -> None:
    with server.visitor(token) as client:
        client.send("message", content="hello")
        client.wait_for("agent_message")
        task = Task.objects.get()
        with transaction.atomic():
            history.task_updated(task.id)
        client.wait_for("task_updated")


def test_the_oldest_socket_of_a_user_makes_room(alice: User, token: str, django_db_setup: None) -> None:
    narrow = servers.start(PIXORA_SOCKETS_PER_USER="2")
    try:
        with narrow.visitor(token) as first:
            first.wait_for("ready")
            with narrow.visitor(token) as second, narrow.visitor(token) as third:
                second.wait_for("ready"), third.wait_for("ready")
                assert first.close_code() == 4409
                second.send("ping")
                second.wait_for("pong")
    finally:
        narrow.stop()


def _wait_for(redis: Redis) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            redis.ping()
        except RedisError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Redis does not come back")
