"""Tests of what every adapter of a vendor owes, whoever it is: it says when it sends, and never passes on what it is
told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings

from pipeline.providers.base import (
    Capability,
    ImageRequest,
    MotionRequest,
    MusicRequest,
    ScriptRequest,
    VoiceRequest,
)
from pipeline.providers.vendors import adapter_of, who_can
from pixora.foundation.errors import PixoraError, ProviderError
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import point_at
from tests.pipeline.providers.vendors import Asker, still, use

POISON = "sk-proj-P0ISON0123456789abcdefABCDEF"
LEDGER = {"compatible": "compatible", "openai": "openai", "fal": "fal", "musicgen": "replicate"}
ASK = ScriptRequest("The sea", 5, "16:9", "noir", "en", "Rachel", character_consistency=False, seed=1)
REQUESTS: dict[Capability, Callable[[Path], Any]] = {
    Capability.SCRIPT: lambda folder: ASK,
    Capability.IMAGE: lambda folder: ImageRequest("scene", "The sea", "the sea", "noir", (128, 72), seed=1),
    Capability.VOICE: lambda folder: VoiceRequest("The sea.", "en", "Rachel", seed=1),
    Capability.MUSIC: lambda folder: MusicRequest("calm piano", 12, seed=1),
    Capability.MOTION: lambda folder: MotionRequest(still(folder), "a pan", 5, (128, 72), fps=30, seed=1),
}
REMOTE = [
    pytest.param(capability, vendor, id=f"{vendor}-{capability}")
    for capability in Capability
    for vendor in who_can(capability)
    if capability is not Capability.MODERATION
]


@dataclass
class Maker:
    capability: Capability
    vendor: str
    asker: Asker
    emulators: Emulators

    @property
    def ledger(self) -> str:
        return LEDGER[self.vendor]

    def make(self, **more: Any) -> None:
        adapter = import_string(adapter_of(self.capability, self.vendor))()
        self.asker.make(adapter, REQUESTS[self.capability](self.asker.folder), **more)

    def refused(self, **more: Any) -> PixoraError:
        with pytest.raises(PixoraError) as caught:
            self.make(**more)
        return caught.value


@pytest.fixture
def maker(settings: Settings, emulators: Emulators, tmp_path: Path, capability: Capability, vendor: str) -> Maker:
    use(settings, emulators)
    point_at(settings, emulators)
    return Maker(capability, vendor, Asker(tmp_path), emulators)


@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
def test_a_vendor_is_asked_for_work_only_after_saying_so(maker: Maker) -> None:
    billed: list[int] = []

    async def sending() -> None:
        billed.append(len(await asyncio.to_thread(maker.emulators.bills, maker.ledger)))

    maker.make(sending=sending)
    assert billed == [0]
    assert len(maker.emulators.bills(maker.ledger)) == 1


@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
def test_what_may_not_be_sent_is_not_sent(maker: Maker) -> None:
    async def stop() -> None:
        raise ProviderError("Another worker has it now.")

    assert maker.refused(sending=stop).message == "Another worker has it now."
    assert maker.emulators.bills(maker.ledger) == []


@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 422, 429, 500, 503])
def test_nothing_that_a_vendor_writes_reaches_a_message_or_the_log(
    maker: Maker, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    maker.emulators.fail(maker.ledger, "poisoned", status=status, words=POISON, times=None)
    with caplog.at_level(logging.DEBUG):
        error = maker.refused()
    assert POISON not in f"{error.message} {error.code} {error.details} {caplog.text}"
    assert error.retryable or status not in (429, 500, 503)
    assert not error.retryable or status not in (401, 402, 403)
    assert isinstance(error, ProviderError)
    assert not error.unknown
    assert maker.emulators.bills(maker.ledger) == []


@pytest.mark.parametrize(("capability", "vendor"), REMOTE)
def test_nothing_that_is_said_of_a_failed_job_reaches_a_message_or_the_log(
    maker: Maker, caplog: pytest.LogCaptureFixture
) -> None:
    maker.emulators.turn(
        maker.ledger,
        faults=[
            {"kind": "poisoned", "operation": operation, "words": POISON, "status": 422, "times": None}
            for operation in ("job", "speech")
        ],
        replies=[{"refusal": POISON}],
    )
    with caplog.at_level(logging.DEBUG):
        if maker.capability is not Capability.IMAGE:
            assert POISON not in f"{maker.refused().message} {caplog.text}"
