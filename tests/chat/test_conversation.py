"""The brief's conversation, word for word, over a real socket: §5.1 and §7."""

from __future__ import annotations

import asyncio
import threading

import pytest

from pipeline.models import Task
from pixora.accounts import ledger
from pixora.accounts.models import User
from tests.chat.contract import Frame
from tests.chat.server import Server
from tests.pipeline.doubles import Studio

PRICE = 3 * 4 + 3 * 2 + 5 + 15 * 2


@pytest.mark.crash
def test_from_the_first_prompt_to_an_edited_film(
    server: Server, alice: User, token: str, studio: Studio, worker: None
) -> None:
    may_write = threading.Event()

    async def hold(label: str) -> None:
        if label == "script":
            await asyncio.to_thread(may_write.wait, 120)

    studio.hold = hold
    with server.visitor(token) as client:
        ready = client.wait_for("ready")
        assert (ready["protocol"], ready["credits"]) == ("pixora.v1", {"balance": 2_000, "held": 0})
        assert ready["providers"]["agent"] == "local"

        # 1. the initial prompt
        client.send(
            "message",
            content="Create a 30-second video about space exploration",
            metadata={"aspect_ratio": "16:9", "style": "cinematic", "character_consistency": True, "resolution": "72p"},
            client_message_id="first",
        )
        receipt = client.wait_for("message_accepted")
        task_id = receipt["task_id"]
        assert receipt["data"]["client_message_id"] == "first"
        said = client.wait_for("agent_message")
        assert "space exploration" in said["content"]
        assert said["task_id"] == task_id
        assert Task.objects.get(id=task_id).settings["duration"] == 30
        may_write.set()

        # 2. the script
        shown = client.wait_for("script_generated")
        assert shown["content"] == "I've broken down your video into 3 scenes."
        assert len(shown["data"]["script"]["clips"]) == 3
        assert (shown["data"]["version"], shown["data"]["quote"]["credits"]) == (1, PRICE)

        # 3. approval, then generation with its progress
        client.send("message", content="Looks good, generate the video", task_id=task_id)
        started = client.wait_for("run_started", lambda frame: frame["data"]["credits"] == PRICE)
        assert started["data"]["quote_id"] == shown["data"]["quote"]["quote_id"]
        client.send("message", content="how is it going?", task_id=task_id)
        progress = client.wait_for(
            "progress_update", lambda frame: frame["data"]["run_id"] == started["data"]["run_id"]
        )
        assert progress["data"].keys() >= {"progress", "stage", "message", "timestamp"}

        # 4. the film
        done = client.wait_for("video_complete")
        assert done["content"] == "Your video is ready!"
        assert done["data"]["video_url"].startswith("http")
        assert done["data"]["captions_url"]
        run_id = started["data"]["run_id"]
        updates = [frame["data"] for frame in client.told if frame["type"] == "progress_update"]
        told = [update["progress"] for update in updates if update["run_id"] == run_id]
        assert told == sorted(told)
        assert ledger.account(alice).balance == 2_000 - PRICE

        # 5. an edit: one piece is made anew
        client.send("message", content="redo the picture of scene 2, at night", task_id=task_id)
        offered = client.wait_for("agent_message", lambda frame: frame["actions"])
        assert "4 credits" in offered["content"]
        client.send("message", content="yes please", task_id=task_id)
        new = client.wait_for("component_updated", lambda frame: is_take(frame, "scene/2", 2))
        assert new["data"]["signed_url"].startswith(new["data"]["url"])
        stale = client.wait_for("component_updated", lambda frame: frame["data"]["stale"])
        assert (stale["data"]["component"], stale["data"]["status"]) == ("video/2", "ready")

        numbers = [frame["seq"] for frame in client.told if "seq" in frame]
        assert numbers == list(range(1, len(numbers) + 1))


def is_take(frame: Frame, component: str, take: int) -> bool:
    return bool(frame["data"]["component"] == component and frame["data"]["take"] == take)
