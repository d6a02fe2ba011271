"""Wishes that arrive through the real doors while a slow writer is at work."""

from __future__ import annotations

import asyncio
import threading

import pytest

from pipeline.models import Task
from pipeline.services import script_versions
from tests.chat.server import Server
from tests.crash.site import wait_until
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import script


@pytest.mark.crash
def test_what_is_said_while_the_script_is_rewritten(server: Server, token: str, studio: Studio, worker: None) -> None:
    may_finish = threading.Event()
    may_finish.set()

    async def hold(label: str) -> None:
        if label == "script":
            await asyncio.to_thread(may_finish.wait, 120)
            studio.script = script(4) if studio.calls["script"] > 2 else studio.script

    studio.hold = hold
    with server.visitor(token) as client:
        client.send("message", content="A film about a thing", metadata={"duration": 15, "resolution": "72p"})
        told = client.wait_for("script_generated")
        task_id, quote = told["task_id"], told["data"]["quote"]

        def say(content: str) -> str:
            client.send("message", content=content, task_id=task_id)
            answered = client.wait_for("agent_message")
            assert [one for one in answered["actions"] if one["send"]["type"] == "approve_script"] == []
            return str(answered["content"])

        may_finish.clear()
        assert "rewriting" in say("make it funnier")
        wait_until(lambda: studio.calls["script"] == 2, 60, "the writer to begin")
        assert "price comes with" in say("same thing but vertical for TikTok")
        assert "I set 20 seconds as soon as it is there" in say("make it 20 seconds")
        assert "as soon as it is there" in say("add a scene about a sandcastle after scene 2")
        assert "still being written" in say("looks good, generate the video")
        changes = {"title": "Another"}
        client.send("update_scene", task_id=task_id, version=2, scene_index=1, changes=changes)
        assert client.wait_for("error")["data"]["code"] == "run_active"
        client.send("approve_script", task_id=task_id, version=2, quote_id=quote["quote_id"])
        assert client.wait_for("error")["data"]["code"] == "run_active"
        client.send("update_settings", task_id=task_id, changes={"voice": "George"})

        may_finish.set()
        landed = client.wait_for("script_updated", lambda frame: frame["data"]["version"] > 3)
        assert landed["data"]["script"]["aspect_ratio"] == "9:16"
        assert landed["data"]["script"]["voice"] == "George"
        assert "Shall I?" in client.wait_for("agent_message", lambda frame: frame["actions"])["content"]
        done = client.wait_for("agent_message", lambda frame: frame["content"].startswith("Done"))
        assert "20 seconds" in done["content"]
        added = client.wait_for("agent_message", lambda frame: "I added" in frame["content"])
        assert added["content"].startswith("The script is there now.")

    task = Task.objects.get(id=task_id)
    newest = task.scripts.latest("version")
    assert script_versions.agreeing(task.settings, newest.content) == task.settings
    assert (task.settings["aspect_ratio"], task.settings["duration"]) == ("9:16", 25)
    assert newest.instructions == "make it funnier"
    assert not task.runs.exclude(approved=[]).exists(), "nothing was started"
