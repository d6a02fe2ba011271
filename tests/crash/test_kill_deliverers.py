"""Whoever delivers events is killed at random moments, and so is the receiver: each event arrives, in its order."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.crash.site import Site, wait_until
from tests.pipeline.event_delivery.receiver import Receiver, receiving

KILLS, DELIVERERS, FILMS, EVENTS = 50, 2, 3, 400
IN_ALL_S = 240.0


@dataclass
class Outside:
    """The receiver, which goes away and comes back at the same port.

    All that ever came are kept: one that goes still answers the request that it had begun to take.
    """

    secret: str = ""
    stack: ExitStack = field(default_factory=ExitStack)
    receivers: list[Receiver] = field(default_factory=list)
    port: int = 0

    def come(self) -> None:
        self.receivers.append(self.stack.enter_context(receiving(self.port)))
        self.receiver.secret = self.secret
        self.port = int(self.receiver.url.rpartition(":")[2].partition("/")[0])

    def go(self) -> None:
        self.stack.close()

    @property
    def receiver(self) -> Receiver:
        return self.receivers[-1]

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [each for receiver in self.receivers for each in receiver.heard]


@pytest.fixture
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="pixora-delivery-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        site = Site(Path(folder) / "site", lease_s=1.0, variables={"PIXORA_PRIVATE_ADDRESSES": "1"})
        site.home.mkdir(mode=0o755)
        with site.services():
            yield site
            site.stop()


@pytest.mark.crash
def test_each_event_arrives_in_order_whoever_is_killed(site: Site) -> None:
    outside = Outside()
    outside.come()
    outside.secret, *films = site.manage(*shell(f"listen({outside.receiver.url!r}, {FILMS})")).split()
    outside.receiver.secret = outside.secret
    pids = [site.home / f"deliverer-{number}" for number in range(DELIVERERS)]
    for pid in pids:
        site._start("manage.py", *shell(f"deliver({str(pid)!r})"))
    wait_until(lambda: all(pid.exists() for pid in pids), 120, "the deliverers to start")
    telling = site._start("manage.py", *shell(f"tell({films!r}, {EVENTS})"))
    wait_until(lambda: outside.heard, 120, "the first event")
    while_it_lasts(outside, pids)
    assert outside.heard
    telling.wait(IN_ALL_S)
    wait_until(lambda: is_all_there(site), IN_ALL_S, "all events to be delivered")
    for film in films:
        check_order([each for each in outside.heard if each["task_id"] == film])


def while_it_lasts(outside: Outside, pids: list[Path]) -> None:
    chance = random.Random(18)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.5))
        if chance.random() < 0.2:
            outside.go()
            time.sleep(chance.uniform(0.02, 0.4))
            outside.come()
        else:
            with suppress(ProcessLookupError, ValueError):
                os.kill(int(chance.choice(pids).read_text()), signal.SIGKILL)


def check_order(heard: list[dict[str, Any]]) -> None:
    """Check that what came again has the same id, and no later event came before it was taken once."""
    assert list(dict.fromkeys(each["seq"] for each in heard)) == list(range(1, EVENTS + 1))
    assert len({each["id"] for each in heard}) == EVENTS


def is_all_there(site: Site) -> bool:
    """Nobody waits here for the pauses after a failure."""
    site.query("UPDATE webhook_cursors SET due_at = now() WHERE tries > 0 RETURNING 1")
    return site.is_true("SELECT count(*) = %s FROM webhook_cursors WHERE seq = %s", FILMS, EVENTS)


def shell(call: str) -> tuple[str, ...]:
    return ("shell", "--no-imports", "-c", f"from tests.crash.orders import *; {call}")
