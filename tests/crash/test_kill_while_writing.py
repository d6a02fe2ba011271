"""Whatever is killed while wishes wait for a script: each is carried out once, or its answer says what was done."""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.crash.site import Site, kill_group, wait_until
from tests.emulators.server import Emulators
from tests.ports import free_port

pytestmark = pytest.mark.crash

WRITING_S = 15.0
"""Longer than it takes to say something, in a process of its own."""
RESTS_WITHIN_S = 120
ROUNDS = 6
THINGS = ("sandcastle", "lighthouse", "bakery", "volcano", "ferry", "windmill")


@dataclass
class Chat:
    """A film whose script takes seconds to write, and the two processes that keep its conversation going."""

    site: Site
    task: str
    port: int
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]

    def say(self, *sentences: str) -> None:
        program = f"from tests.crash.orders import say; say({self.task!r}, *{list(sentences)!r})"
        self.site.manage("shell", "--no-imports", "-c", program)

    def start_web(self) -> None:
        """Somebody looks whether it is there, as whoever runs it does; nobody opens a socket."""
        self.web = self.site.start_web(self.port)
        wait_until(self.is_up, 60, "the web server is up")

    def is_up(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", verify=False).is_success
        except httpx.TransportError:
            return False

    def kill(self, *which: str) -> None:
        """And start what comes after it."""
        for name in which:
            kill_group(self.web if name == "web" else self.worker)
        if "worker" in which:
            self.worker = self.site.start_cluster()
        if "web" in which:
            self.start_web()

    def turns(self) -> list[str]:
        found = self.site.query("SELECT turn FROM messages WHERE task_id = %s AND role = 'user'", self.task)
        return [turn for (turn,) in found]

    def is_writing(self) -> bool:
        sql = "SELECT count(*) FROM steps WHERE component = 'script' AND status = 'running'"
        return self.site.is_true(sql)

    def rests(self) -> bool:
        """Nothing is under way, and nobody waits for anything."""
        open_runs = "SELECT count(*) = 0 FROM runs WHERE status IN ('queued', 'running')"
        waiting = "SELECT count(*) = 0 FROM messages WHERE turn IN ('waiting', 'answering', 'put_off')"
        return self.site.is_true(open_runs) and self.site.is_true(waiting) and self.site.is_true(open_runs)

    def answers(self) -> list[str]:
        found = self.site.query(
            "SELECT content FROM messages WHERE task_id = %s AND role = 'agent' ORDER BY created_at", self.task
        )
        return [content for (content,) in found]

    def titles(self) -> str:
        sql = "SELECT content -> 'clips' FROM scripts WHERE task_id = %s ORDER BY version DESC LIMIT 1"
        ((clips,),) = self.site.query(sql, self.task)
        return " ".join(clip["scene"]["title"].lower() for clip in clips)


@pytest.fixture
def chat(emulators: Emulators) -> Iterator[Chat]:
    variables = {name: emulators.environment[name] for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL")}
    variables |= {"PIXORA_PROVIDER_AGENT": "local", "OPENAI_REQUESTS_PER_MINUTE": "6000"}
    with tempfile.TemporaryDirectory(prefix="pixora talk ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder), variables=variables)
        site.home.chmod(0o755)
        with site.services():
            try:
                program = "from tests.crash.orders import write; write('A film about the sea', 30)"
                task = site.manage("shell", "--no-imports", "-c", program).strip()
                emulators.turn("openai", latencies={"responses": WRITING_S})
                port = free_port()
                begun = Chat(site, task, port, site.start_web(port), site.start_cluster())
                wait_until(begun.is_up, 60, "the web server is up")
                yield begun
            finally:
                site.stop()


@pytest.mark.parametrize("which", [["worker"], ["web"], ["web", "worker"]], ids="+".join)
def test_a_wish_that_waits_for_the_script_outlives_a_kill(chat: Chat, which: list[str]) -> None:
    chat.say("make it funnier")
    wait_until(chat.is_writing, 60, "the script is being written")
    chat.say("add a scene about a sandcastle after scene 2")
    wait_until(lambda: chat.turns() == ["put_off", "put_off"], 30, "both wishes wait")
    assert chat.is_writing(), "the script came too soon for this test"
    chat.kill(*which)
    wait_until(chat.rests, RESTS_WITHIN_S, "all wishes are answered")
    said = chat.answers()
    assert chat.titles().count("sandcastle") == 1
    assert [len([one for one in said if words in one]) for words in ("Done: the new script", "I added")] == [1, 1]
    assert len(said) == 4, said
    assert chat.site.query("SELECT max(version) FROM scripts") == [(3,)], "the first, the funnier one, and the scene"
    assert chat.site.query("SELECT 1 FROM attempts WHERE status = 'open'") == []


def test_kills_at_any_moment_lose_no_wish_and_do_none_twice(chat: Chat, emulators: Emulators) -> None:
    dice = random.Random(5)
    emulators.turn("openai", latencies={"responses": 3.0})
    for thing in THINGS[:ROUNDS]:
        chat.say("make it funnier", f"add a scene about a {thing} at the end", "yes")
        time.sleep(dice.uniform(0.0, 6.0))
        chat.kill(*dice.choice([["worker"], ["web"], ["web", "worker"]]))
    wait_until(chat.rests, 2 * RESTS_WITHIN_S, "all wishes are answered")
    told = " ".join(chat.answers()).lower()
    lost = [thing for thing in THINGS[:ROUNDS] if thing not in told]
    assert len(lost) <= told.count("interrupted"), (lost, chat.answers())
    assert [thing for thing in THINGS if told.count(f"i added “a {thing}”") > 1] == []
    numbers = [number for (number,) in chat.site.query("SELECT version FROM scripts ORDER BY version")]
    assert numbers == list(range(1, len(numbers) + 1))
