"""Only tests that wait for other processes are run once more where they failed."""

from __future__ import annotations

from tests import test_agent_bench
from tests.chat import test_frames
from tests.conftest import uses_processes
from tests.e2e import test_media_door
from tests.pixora import test_language_model


def test_modules_that_start_processes_or_talk_to_them() -> None:
    assert all(map(uses_processes, (test_frames, test_language_model, test_media_door)))


def test_a_module_that_does_neither() -> None:
    assert not uses_processes(test_agent_bench)
