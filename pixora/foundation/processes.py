"""The one way a child process is started: its own process group, a deadline, dead when its parent dies.

Nothing that computes runs in the event loop. A child gets its request on stdin and tells its progress on
stdout, line by line; it is killed with its whole group when it overruns its deadline or its task is cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pixora.foundation import child_lifetime
from pixora.foundation.errors import ProcessFailed, ProcessTimeout

CHECKOUT = Path(__file__).resolve().parents[2]
TAIL_LINES = 40
LINE_BYTES = 1 << 20
NICE = 10
"""What computes yields to who waits: the event loop with its vendors' jobs, the web server, the database."""


@dataclass(frozen=True)
class Finished:
    stdout: str
    stderr: str


async def run(
    argv: Sequence[str | Path],
    *,
    deadline_s: float,
    stdin: bytes = b"",
    on_line: Callable[[str], None] | None = None,
    env: Mapping[str, str] | None = None,
    nice: int = NICE,
) -> Finished:
    """Run `argv` to its end; `on_line` sees each line of stdout. The last 40 lines of both streams are returned.

    Raises ProcessFailed on a non-zero exit and ProcessTimeout past the deadline. When the awaiting task is
    cancelled the child's whole group is killed before CancelledError goes on.
    """
    child = await _started(argv, env, nice)
    name = Path(os.fspath(argv[0])).name
    stdout: deque[str] = deque(maxlen=TAIL_LINES)
    stderr: deque[str] = deque(maxlen=TAIL_LINES)
    try:
        async with asyncio.timeout(deadline_s):
            await asyncio.gather(
                _feed(child, stdin), _read(child.stdout, stdout, on_line), _read(child.stderr, stderr, None)
            )
            await child.wait()
    except TimeoutError:
        raise ProcessTimeout(f"{name} did not finish within {deadline_s:.0f} s", tail="\n".join(stderr)) from None
    finally:
        await _bury(child)
    if child.returncode:
        raise ProcessFailed(f"{name} ended with status {child.returncode}", tail="\n".join(stderr))
    return Finished("\n".join(stdout), "\n".join(stderr))


async def ask(
    module: str, question: object, *, deadline_s: float, report: Callable[[float], None] = lambda _fraction: None
) -> Any:
    """Have a module of this project answer in a child process (`child_answer.serve`); both are JSON, paths are said as
    texts. Raises as `run` does; a ProcessFailed has the `reason` that the child said."""
    heard: dict[str, str] = {}

    def hear(line: str) -> None:
        word, _, rest = line.partition(" ")
        heard[word] = rest
        if word == "progress":
            report(float(rest))

    stdin, env = json.dumps(question, default=str).encode(), lean_environment()
    try:
        await run(python_module(module), deadline_s=deadline_s, stdin=stdin, on_line=hear, env=env)
    except ProcessFailed as error:
        error.reason = heard.get("failed", "")
        raise
    return json.loads(heard["answer"])


async def _started(argv: Sequence[str | Path], env: Mapping[str, str] | None, nice: int) -> asyncio.subprocess.Process:
    """Start a child that dies with us, and that yields to others by `nice`."""
    child = await asyncio.create_subprocess_exec(
        *child_lifetime.tied_to_us([os.fspath(argument) for argument in argv]),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **env} if env else None,
        process_group=0,  # and no session of its own: the kernel would weigh that against ours, whatever its `nice`
        preexec_fn=None if child_lifetime.SETPRIV else _die_with_parent(os.getpid()),
        limit=LINE_BYTES,
    )
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PGRP, child.pid, os.getpriority(os.PRIO_PROCESS, 0) + nice)
    return child


def python_module(module: str) -> list[str]:
    """The argv that runs a module of this project with this interpreter (the caller's folder on its path)."""
    return [sys.executable, "-m", module]


def lean_environment() -> dict[str, str]:
    """Return the variables that let a module of this project be found from any folder and its small sums start no
    threads."""
    paths = [os.fspath(CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _die_with_parent(parent_pid: int) -> Callable[[], None]:
    def arrange() -> None:
        child_lifetime.die_with_parent()
        if os.getppid() != parent_pid:
            os._exit(127)

    return arrange


async def _feed(child: asyncio.subprocess.Process, data: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        child.stdin.write(data)
        await child.stdin.drain()
    child.stdin.close()


async def _read(stream: asyncio.StreamReader | None, tail: deque[str], on_line: Callable[[str], None] | None) -> None:
    assert stream is not None
    async for raw in stream:
        line = raw.decode("utf-8", "replace").rstrip()
        tail.append(line)
        if on_line:
            on_line(line)


async def _bury(child: asyncio.subprocess.Process) -> None:
    """Kill what is left of the child's group, grandchildren too, and reap the child."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    await asyncio.shield(child.wait())
