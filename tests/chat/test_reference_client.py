"""The brief's conversation (§5.1 and §7) by a client that knows the contract alone: all the way, edits included."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from pipeline.models import Task
from pixora.accounts import ledger
from pixora.accounts.models import User
from tests.chat.contract import Frame
from tests.chat.reference import Film, client
from tests.chat.server import Server

FIRST: dict[str, Any] = {
    "content": "Create a 30-second video about space exploration",
    "metadata": {"aspect_ratio": "16:9", "style": "cinematic", "duration": 30, "character_consistency": True},
}


@pytest.mark.crash
def test_the_briefs_conversation_from_the_first_prompt_to_a_restored_take(
    server: Server, alice: User, token: str, worker: None
) -> None:
    with client(server.socket, token) as ours:
        # 1. Initial prompt: the agent acknowledges and begins.
        ours.send("message", **{**FIRST, "metadata": {**FIRST["metadata"], "resolution": "72p"}})
        task_id = ours.until("message_accepted")["task_id"]
        said = ours.until("agent_message")
        assert_is(said, {"type": "agent_message", "content": said["content"], "task_id": task_id})

        # 2. Script presentation.
        shown = ours.until("script_generated")
        assert_is(shown, {"type": "script_generated", "content": shown["content"]})
        assert {"user_prompt", "music", "character_profiles", "clips", "expected_duration"} <= ours.films[
            task_id
        ].script.keys()

        # 3. Generation: approved by a sentence, told as it goes, and one may talk meanwhile.
        ours.send("message", content="Looks good, generate the video", task_id=task_id)
        run = ours.until("run_started", lambda frame: frame["data"]["credits"])["data"]["run_id"]
        ours.send("message", content="how is it going?", task_id=task_id)
        told = ours.until("progress_update", lambda frame: frame["data"]["run_id"] == run)
        assert told["data"].keys() >= {"progress", "stage", "message", "timestamp"}

        # 4. The film.
        done = ours.until("video_complete")
        assert_is(done, {"type": "video_complete", "content": "Your video is ready!"})
        assert done["data"]["video_url"].partition("?")[0].endswith("/fullvideo.mp4")
        assert ours.progress[run] == sorted(ours.progress[run])

        # 5. Editing: one picture anew, what depends on it with it, and then the old picture again.
        ours.send("regenerate", task_id=task_id, component="scene/2", instructions="at night")
        quote = ours.until("quote")["data"]
        ours.send("regenerate", task_id=task_id, component="scene/2", quote_id=quote["quote_id"])
        ours.until("component_updated", lambda frame: is_piece(frame, "video/2", stale=True))
        ours.until("task_updated", lambda frame: frame["data"]["status"] == "complete")
        ours.send("message", content="bring the film up to date", task_id=task_id)
        button = ours.until("agent_message", lambda frame: frame["actions"])["actions"][0]["send"]
        assert button["type"] == "approve_script"
        ours.send_frame(button)
        ours.until("video_complete")
        ours.send("select_take", task_id=task_id, component="scene/2", take=1)
        ours.until("component_updated", lambda frame: is_piece(frame, "scene/2", stale=False, take=1))
        ours.until("video_complete")
        film = ours.films[task_id]
        assert film.gaps == []

    assert Task.objects.get(id=task_id).status == film.status == "complete"
    assert film.balance == (ledger.account(alice).balance, 0)
    with client(server.socket, token) as another:
        replayed = another.follow(task_id)
        assert settled(replayed) == settled(film)


def assert_is(frame: Frame, owners: Frame) -> None:
    """It has the owner's keys with these values; more may be there."""
    assert {name: frame.get(name) for name in owners} == owners


def is_piece(frame: Frame, component: str, *, stale: bool, take: int | None = None) -> bool:
    data = frame["data"]
    return data["component"] == component and data["stale"] is stale and take in (None, data["take"])


def settled(film: Film) -> Frame:
    """Keep what is the same however it was told: addresses are signed anew each time."""
    told = asdict(film)
    signed = dict.fromkeys(("video_url", "captions_url", "signed_url"), "")
    told["videos"] = [{**video, **signed} for video in told["videos"]]
    return told
