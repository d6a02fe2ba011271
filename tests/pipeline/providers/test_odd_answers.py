"""Whatever shape a vendor's answer has, it ends in a take or in a sentence that says what happened; never in a crash.

The emulators' good answers are changed field by field (`tests/emulators/mutations.py`). `MUTATIONS=2000` asks for so
many makings of each adapter; each makes one to ten answers.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings

from chat import prompts
from chat.agent import tool_specs
from chat.llm.base import Conversation, Said
from chat.llm.compatible.model import CompatibleModel
from chat.llm.openai import OpenAIModel
from pipeline.providers.base import Capability
from pipeline.providers.fal import jobs
from pipeline.providers.openai.moderation import OpenAIModeration
from pipeline.providers.vendors import adapter_of
from pixora.foundation.errors import PixoraError
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import forget, point_at
from tests.pipeline.providers.test_contract_remote import LEDGER, REMOTE, REQUESTS
from tests.pipeline.providers.vendors import Asker, still, use

FEW, MANY = 8, int(os.environ.get("MUTATIONS", "40"))
MADE = "Made."
ENOUGH_S = 1.0
"""After so long a job that still is not said to be done is given up."""

Make = Callable[[], Awaitable[Any]]


@pytest.fixture
def impatient(settings: Settings, emulators: Emulators, monkeypatch: pytest.MonkeyPatch) -> Emulators:
    """Vendors that answer oddly, and adapters that do not wait for minutes until they believe it."""
    use(settings, emulators)
    point_at(settings, emulators)
    monkeypatch.setattr(jobs, "PATIENCE", 0.0)
    monkeypatch.setattr("pipeline.providers.musicgen.PATIENCE", 0.0)
    monkeypatch.setattr("pipeline.providers.polling.FETCHES", 3)
    return emulators


def outcome(make: Make) -> str:
    """`MADE`, or the sentence of the error. Anything else that is raised is a fault of ours."""
    said = asyncio.run(_within(make))
    assert said.endswith((".", "!", "…", '"')), said
    assert "Pixora itself" not in said
    return said


async def _within(make: Make) -> str:
    async with asyncio.timeout(60):
        try:
            await make()
        except PixoraError as error:
            return error.message
    return MADE


def outcomes(emulators: Emulators, vendor: str, times: int, make: Make) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in range(times):
        emulators.reset()
        forget()
        emulators.turn(vendor, faults=[{"kind": "mutated", "share": 0.5, "times": None}], seed=seed)
        found[outcome(make)] += 1
    return found


def making(folder: Path, capability: Capability, vendor: str) -> Make:
    adapter = import_string(adapter_of(capability.value, vendor))()
    call = Asker(folder).call(adapter.suffix, deadline_s=ENOUGH_S)
    request = REQUESTS[capability](folder)
    return lambda: adapter.make(request, replace(call, nap=lambda _seconds: asyncio.sleep(0.002)))


@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
def test_a_few_odd_answers(impatient: Emulators, tmp_path: Path, capability: Capability, vendor: str) -> None:
    assert outcomes(impatient, LEDGER[vendor], FEW, making(tmp_path, capability, vendor)).total() == FEW


@pytest.mark.crash
@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
def test_many_odd_answers(impatient: Emulators, tmp_path: Path, capability: Capability, vendor: str) -> None:
    found = outcomes(impatient, LEDGER[vendor], MANY, making(tmp_path, capability, vendor))
    assert found[MADE] > MANY / 20


@pytest.mark.parametrize(("model", "vendor"), [(OpenAIModel, "openai"), (CompatibleModel, "compatible")])
@pytest.mark.parametrize("times", [FEW * 4, pytest.param(MANY * 10, marks=pytest.mark.crash)])
def test_odd_answers_of_the_agents_model(impatient: Emulators, times: int, model: Any, vendor: str) -> None:
    asked = Conversation(prompts.instructions(), {"film": {"title": "The sea"}}, (Said("user", "what does it cost?"),))

    async def listen() -> None:
        parts = [part async for part in model().reply(asked, tool_specs.SPECS)]
        assert parts

    assert outcomes(impatient, vendor, times, listen)[MADE] > times / 20


@pytest.mark.parametrize("times", [FEW * 4, pytest.param(MANY * 10, marks=pytest.mark.crash)])
def test_odd_answers_of_the_moderator(impatient: Emulators, tmp_path: Path, times: int) -> None:
    path = still(tmp_path)

    async def judge() -> None:
        await OpenAIModeration().judge_texts(["the sea", "the shore"])
        await OpenAIModeration().judge_picture(path)

    assert outcomes(impatient, "openai", times, judge)[MADE] > times / 20
