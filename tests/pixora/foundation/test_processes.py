from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pixora.embedded.paths import CHECKOUT
from pixora.foundation import child_lifetime, processes
from pixora.foundation.errors import ProcessFailed, ProcessTimeout

PARENT = """
import asyncio
from pixora.foundation import processes
from pixora.foundation import child_lifetime
child_lifetime.SETPRIV = {setpriv!r}
child = ["sh", "-c", "echo $$; exec sleep 60"]
asyncio.run(processes.run(child, deadline_s=60, on_line=lambda line: print(line, flush=True)))
"""


@pytest.fixture(params=[child_lifetime.SETPRIV, None], ids=["setpriv", "without"])
def setpriv(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """Both ways; CI has the program."""
    monkeypatch.setattr(child_lifetime, "SETPRIV", request.param)
    return request.param  # type: ignore[no-any-return]


def test_a_child_dies_with_its_parent(setpriv: str | None) -> None:
    program = PARENT.format(setpriv=setpriv)
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = Path("/proc") / parent.stdout.readline().strip()
        assert (child / "comm").read_text().strip() in ("sleep", "sh")  # its arguments are empty while it becomes one
        parent.kill()
    until = time.monotonic() + 10
    while child.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not child.exists()


def test_a_child_yields_to_us_and_leads_its_own_group_in_our_session(setpriv: str | None) -> None:
    """A session of its own would have a share of the processors of its own."""
    said: list[str] = []
    ask = """
import os, sys
sys.stdin.read()
print(os.getpriority(os.PRIO_PROCESS, 0), os.getpgrp() == os.getpid(), os.getsid(0))
"""
    command = [sys.executable, "-c", ask]
    asyncio.run(processes.run(command, deadline_s=30, on_line=said.append, nice=3))
    assert said == [f"{os.getpriority(os.PRIO_PROCESS, 0) + 3} True {os.getsid(0)}"]


def test_its_threads_yield_as_well(setpriv: str | None) -> None:
    """The test runs a program that had threads before it was told to."""
    said: list[str] = []
    program = """
import os, sys, threading
seen = threading.Event()
def look():
    seen.wait()
    print(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
early = threading.Thread(target=look)
early.start()
sys.stdin.read()
seen.set()
early.join()
"""
    asyncio.run(processes.run([sys.executable, "-c", program], deadline_s=30, on_line=said.append, nice=3))
    assert said == [str(os.getpriority(os.PRIO_PROCESS, 0) + 3)]


def test_what_starts_after_its_parent_has_ended_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test starts what `setpriv` becomes, so that this is tested where there is none as well."""
    monkeypatch.setattr(child_lifetime, "SETPRIV", "setpriv")
    command = child_lifetime.tied_to_us(["echo", "alive"])
    command = command[command.index("--") + 1 :]
    done = [subprocess.run(each, stdout=subprocess.PIPE) for each in (command, _of_another_parent(command))]
    assert [(each.returncode, each.stdout) for each in done] == [(0, b"alive\n"), (127, b"")]


def _of_another_parent(command: list[str]) -> list[str]:
    return ["1" if word == str(os.getpid()) else word for word in command]


def test_what_a_child_says_last_is_kept(setpriv: str | None) -> None:
    command = ["sh", "-c", "cat; echo wrong >&2; exit 3"]
    with pytest.raises(ProcessFailed, match="sh ended with status 3") as failed:
        asyncio.run(processes.run(command, deadline_s=30, stdin=b"read\n"))
    assert failed.value.tail == "wrong"


def test_a_child_past_its_deadline_is_killed(setpriv: str | None) -> None:
    with pytest.raises(ProcessTimeout, match="sleep did not finish"):
        asyncio.run(processes.run(["sleep", "60"], deadline_s=0.3))


def test_a_program_that_is_not_there_fails(setpriv: str | None) -> None:
    with pytest.raises((ProcessFailed, FileNotFoundError)):
        asyncio.run(processes.run(["/nowhere/ffmpeg"], deadline_s=30))


def test_a_child_that_is_asked_answers_in_json(tmp_path: Path) -> None:
    (tmp_path / "mute.wav").write_bytes(b"RIFF")
    asked = [{"path": tmp_path / "mute.wav", "text": "One."}]
    assert asyncio.run(processes.ask("pipeline.cut.sound.word_times", asked, deadline_s=60)) == [[]]


def test_a_child_says_why_it_cannot_answer(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"no picture")
    told = {"prompt": "", "instructions": "", "seed": 1, "size": [64, 36], "duration_s": 1, "fps": 10}
    asked = {**told, "image": tmp_path / "no.png", "out": tmp_path / "out.mp4"}
    with pytest.raises(ProcessFailed) as failed:
        asyncio.run(processes.ask("pipeline.providers.local.camera", asked, deadline_s=60))
    assert failed.value.reason == "unreadable_picture"
