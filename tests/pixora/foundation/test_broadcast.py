from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.db import connection, transaction

from pipeline.events import history
from pipeline.models import Task
from pixora.accounts.models import User
from pixora.foundation import broadcast

TASK = "task_heard"


async def hear(say: Callable[[], Awaitable[None]], task_id: str = TASK) -> list[dict[str, Any]]:
    """Return what is broadcast while `say` runs and half a second after it."""
    layer = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(broadcast.group_of(task_id), channel)
    heard: list[dict[str, Any]] = []

    async def listen() -> None:
        while True:
            heard.append(await layer.receive(channel))

    listener = asyncio.create_task(listen())
    await say()
    await asyncio.sleep(0.6)
    listener.cancel()
    await asyncio.gather(listener, return_exceptions=True)
    return heard


def test_ticks_that_come_too_fast_are_joined(services: None) -> None:
    async def say() -> None:
        for number in range(50):
            broadcast.tick(TASK, {"type": "progress_update", "data": {"progress": number}})
            broadcast.tick(TASK, {"type": "agent_message_delta", "message_id": "m", "delta": f"{number} "})
            await asyncio.sleep(0.01)

    heard = [message["text"] for message in asyncio.run(hear(say))]
    progress = [text for text in heard if "progress_update" in text]
    assert 2 <= len(progress) <= 5
    assert '"progress": 49' in progress[-1]
    deltas = [text for text in heard if "delta" in text]
    assert len(deltas) <= 5
    told = "".join(text.split('"delta": "')[1].split('"')[0] for text in deltas)
    assert told == "".join(f"{number} " for number in range(50))


def test_what_waits_is_not_told_after_the_whole_message(services: None) -> None:
    async def say() -> None:
        for word in ("one ", "two "):
            broadcast.tick(TASK, {"type": "agent_message_delta", "message_id": "m", "delta": word})
        broadcast.tell(TASK, {"type": "agent_message", "content": "one two", "seq": 1})

    heard = [message["text"] for message in asyncio.run(hear(say))]
    assert len(heard) == 2
    assert '"one "' in heard[0]
    assert '"one two"' in heard[1]


def test_what_waits_when_the_process_ends_is_still_said(services: None) -> None:
    speaker = broadcast.Speaker()

    async def say() -> None:
        for number in range(20):
            speaker.call(broadcast.Speaker.tell, TASK, {"type": "never", "seq": number})
        await asyncio.to_thread(speaker.end)

    assert [message["seq"] for message in asyncio.run(hear(say))] == list(range(20))
    assert not speaker._thread.is_alive()


@pytest.fixture
def task(transactional_db: None) -> Task:
    user = User.objects.create_user("alice@example.org")
    return Task.objects.create(user=user, prompt="A film", request_key="x")


def test_an_event_is_broadcast_whole_once_it_is_committed(task: Task) -> None:
    def write() -> None:
        with transaction.atomic():
            history.publish(task.id, "never", {})
            transaction.set_rollback(True)
        with transaction.atomic():
            history.publish(task.id, "credits_updated", {"balance": 3, "held": 0})
        connection.close()

    async def say() -> None:
        await asyncio.to_thread(write)

    [heard] = asyncio.run(hear(say, task.id))
    assert heard["seq"] == 1
    assert '"data": {"balance": 3, "held": 0}' in heard["text"]
