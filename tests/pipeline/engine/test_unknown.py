"""Never paid twice: what cannot be known is `unknown`; jobs are taken up by their tickets, and end with their run."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from media_assets.models import Asset
from pipeline.engine import landing, leases, run_state
from pipeline.engine.landing import Landing
from pipeline.engine.retry import CALL, QUEUE
from pipeline.engine.shift import Shift
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Call, Capability, Made, VoiceRequest, answer_lost
from pipeline.providers.registry import serving
from pipeline.services import films
from pipeline.webhooks.services import look_at
from pixora.foundation.errors import LeaseLost, ProviderError
from tests.pipeline.attempts import open_attempt, remember, send
from tests.pipeline.doubles import Studio, doubles, write_tone
from tests.pipeline.engine.conftest import Drive

VOICE = Component("audio/1", Kind.VOICE, {})


@dataclass
class Speaker:
    """A remote one: `queued` or not, with faults to show in the order given."""

    name: str = "fal"
    model: str = "voice-1"
    local: bool = False
    suffix: str = ".wav"
    submitted: int = 0
    took_up: list[Mapping[str, Any]] = field(default_factory=list)
    faults: list[ProviderError] = field(default_factory=list)
    length_s: float = 0.0
    called: list[Call] = field(default_factory=list)

    async def make(self, request: VoiceRequest, call: Call) -> Made:
        self.called.append(call)
        if call.ticket:
            self.took_up.append(call.ticket)
        else:
            await self.submit(call)
        await call.nap(self.length_s)
        write_tone(call.out, 1.0, 440.0)
        return Made(call.out)

    async def submit(self, call: Call) -> None:
        await call.sending()
        self.submitted += 1
        if self.faults:
            raise self.faults.pop(0)


@dataclass
class QueuedSpeaker(Speaker):
    tells: bool = True
    cancelled: list[Mapping[str, Any]] = field(default_factory=list)
    is_done: bool = False

    async def submit(self, call: Call) -> None:
        await super().submit(call)
        await call.remember({"request_id": f"job-{self.submitted}"})

    async def cancel(self, ticket: Mapping[str, Any]) -> bool:
        self.cancelled.append(ticket)
        return not self.is_done


@pytest.fixture
def speaker(home: Path) -> Iterator[Speaker]:
    yield from _serving(Speaker())


@pytest.fixture
def queued(home: Path, settings: Settings) -> Iterator[QueuedSpeaker]:
    settings.PIXORA_WEBHOOK_WAIT_S = 0.5
    for speaker in _serving(QueuedSpeaker()):
        assert isinstance(speaker, QueuedSpeaker)
        yield speaker


def _serving(speaker: Speaker) -> Iterator[Speaker]:
    with serving({**doubles(Studio()), Capability.VOICE: speaker}):
        yield speaker


@pytest.fixture
def scripted(task: Task, home: Path, drive: Drive) -> Task:
    with serving(doubles(Studio())):
        drive(films.write_script(task=task))
    return task


@pytest.fixture
def run(scripted: Task) -> Run:
    return films.start_run(task=scripted, approved=["audio/1"])


def statuses(run: Run) -> list[str]:
    tries = Attempt.objects.filter(step__run=run, step__component="audio/1").order_by("number")
    return list(tries.values_list("status", flat=True))


def left_open(
    run: Run,
    *,
    awaits_webhook: bool,
    ticket: Mapping[str, Any] | None = None,
    component: Component = VOICE,
    sent: bool = True,
) -> str:
    """An attempt left open by a worker that died in the middle of the call, or before anything was sent."""
    dead = leases.claim_run(worker="dead", lease_s=0.0, only=run.id)
    assert dead
    attempt = open_attempt(
        dead, component, provider="fal", model="m", seed=1, take=1, local=False, awaits_webhook=awaits_webhook
    )
    if sent:
        send(dead, attempt.id)
    if ticket:
        remember(dead, attempt.id, ticket)
    return attempt.id


def webhook(attempt_id: str, request_id: str = "job-9") -> None:
    look_at(provider="fal", attempt_id=attempt_id, request_id=request_id)
    connection.close()


def test_a_call_that_nobody_heard_the_end_of_is_unknown_and_tried_once_more(
    run: Run, speaker: Speaker, drive: Drive
) -> None:
    left_open(run, awaits_webhook=False)
    assert drive(run).status == RunStatus.SUCCEEDED
    assert statuses(run) == [AttemptStatus.UNKNOWN, AttemptStatus.SUCCEEDED]
    assert speaker.submitted == 1


def test_what_was_paid_for_is_landed_also_when_its_worker_is_told_to_stop_meanwhile(
    run: Run, speaker: Speaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift, really = Shift(only=run.id), landing.land
    loops: list[asyncio.AbstractEventLoop] = []

    def told_to_stop(run: Run, landings: Sequence[Landing]) -> Any:
        if any(each.component.kind is Kind.VOICE for each in landings):
            loops[0].call_soon_threadsafe(lambda: shift.stop(grace_s=0.0))
            time.sleep(0.3)
        return really(run, landings)

    async def work() -> None:
        loops.append(asyncio.get_running_loop())
        await shift.work()

    monkeypatch.setattr(landing, "land", told_to_stop)
    asyncio.run(work())
    assert (speaker.submitted, statuses(run)) == (1, [AttemptStatus.SUCCEEDED])
    assert Asset.objects.get(task=run.task, component="audio/1").selected


def test_an_answer_that_was_lost_is_unknown_and_tried_once_more(run: Run, speaker: Speaker, drive: Drive) -> None:
    speaker.faults = [answer_lost()]
    assert drive(run).status == RunStatus.SUCCEEDED
    assert statuses(run) == [AttemptStatus.UNKNOWN, AttemptStatus.SUCCEEDED]


def test_answers_that_keep_getting_lost_are_enough_until_somebody_asks(
    run: Run, speaker: Speaker, drive: Drive
) -> None:
    speaker.faults = [answer_lost() for _ in range(9)]
    assert drive(run).status == RunStatus.FAILED
    assert statuses(run) == [AttemptStatus.UNKNOWN] * (CALL.unknowns + 1)
    assert run.steps.get(component="audio/1").error_code == "outcome_unknown"


def test_a_job_that_cannot_be_found_again_is_sent_once_more_and_no_oftener(
    run: Run, queued: QueuedSpeaker, drive: Drive
) -> None:
    queued.faults = [answer_lost() for _ in range(9)]
    assert drive(run).status == RunStatus.FAILED
    assert (QUEUE.unknowns, queued.submitted) == (1, 2)
    assert statuses(run) == [AttemptStatus.UNKNOWN] * 2


@pytest.mark.parametrize("awaits_webhook", [False, True])
def test_what_had_not_been_sent_when_its_worker_died_is_lost_and_nothing_is_waited_for(
    run: Run, queued: QueuedSpeaker, drive: Drive, settings: Settings, awaits_webhook: bool
) -> None:
    settings.PIXORA_WEBHOOK_WAIT_S = 60
    left_open(run, awaits_webhook=awaits_webhook, sent=False)
    assert drive(run).status == RunStatus.SUCCEEDED
    assert statuses(run) == [AttemptStatus.LOST, AttemptStatus.SUCCEEDED]


def test_nothing_is_sent_for_an_attempt_that_is_closed(run: Run, speaker: Speaker) -> None:
    attempt_id = left_open(run, awaits_webhook=False, sent=False)
    mine = leases.claim_run(worker="mine", lease_s=9, only=run.id)
    assert mine
    run_state.load(mine)
    with pytest.raises(LeaseLost):
        send(mine, attempt_id)
    with pytest.raises(LeaseLost):
        send(replace(mine, lease=mine.lease - 1), attempt_id)


def test_a_step_whose_worker_keeps_dying_in_the_call_asks_nobody_again(
    run: Run, speaker: Speaker, drive: Drive
) -> None:
    left_open(run, awaits_webhook=False)
    for _ in range(CALL.unknowns):
        again = leases.claim_run(worker="dead too", lease_s=0.0, only=run.id)
        assert again
        run_state.load(again)
        attempt = open_attempt(again, VOICE, provider="fal", model="m", seed=1, take=1, local=False)
        send(again, attempt.id)
    assert drive(run).status == RunStatus.FAILED
    assert speaker.submitted == 0


def test_a_job_found_open_is_claimed_by_its_webhook_and_not_sent_again(
    run: Run, queued: QueuedSpeaker, settings: Settings
) -> None:
    settings.PIXORA_WEBHOOK_WAIT_S = 20
    attempt_id = left_open(run, awaits_webhook=True)

    async def driven() -> None:
        shift = asyncio.create_task(Shift(only=run.id).work())
        await asyncio.sleep(1.5)
        await asyncio.to_thread(webhook, attempt_id)
        await asyncio.wait_for(shift, 15)

    asyncio.run(driven())
    assert statuses(run) == [AttemptStatus.SUCCEEDED]
    assert (queued.submitted, queued.took_up) == (0, [{"request_id": "job-9"}])


def test_a_job_whose_answer_was_lost_is_claimed_by_its_webhook(
    run: Run, queued: QueuedSpeaker, settings: Settings
) -> None:
    settings.PIXORA_WEBHOOK_WAIT_S = 20
    queued.faults = [answer_lost()]

    async def driven() -> None:
        shift = asyncio.create_task(Shift(only=run.id).work())
        while not queued.called:  # noqa: ASYNC110 - the double has no event for it
            await asyncio.sleep(0.05)
        await asyncio.to_thread(webhook, queued.called[0].attempt_id)
        await asyncio.wait_for(shift, 15)

    asyncio.run(driven())
    assert statuses(run) == [AttemptStatus.SUCCEEDED]
    assert (queued.submitted, queued.took_up) == (1, [{"request_id": "job-9"}])
    assert queued.called[0].attempt_id in queued.called[0].webhook_url


def test_a_job_whose_webhook_never_comes_is_unknown_and_tried_once_more(
    run: Run, queued: QueuedSpeaker, drive: Drive
) -> None:
    attempt_id = left_open(run, awaits_webhook=True)
    assert drive(run).status == RunStatus.SUCCEEDED
    assert statuses(run) == [AttemptStatus.UNKNOWN, AttemptStatus.SUCCEEDED]
    webhook(attempt_id)
    late = Attempt.objects.get(id=attempt_id)
    assert (late.status, late.request_id) == (AttemptStatus.UNKNOWN, "job-9"), "staff see what was bought twice"


def test_a_job_with_a_ticket_is_taken_up_after_a_crash(run: Run, queued: QueuedSpeaker, drive: Drive) -> None:
    left_open(run, awaits_webhook=True, ticket={"request_id": "job-3"})
    assert drive(run).status == RunStatus.SUCCEEDED
    assert statuses(run) == [AttemptStatus.SUCCEEDED]
    assert (queued.submitted, queued.took_up) == (0, [{"request_id": "job-3"}])


def test_a_job_to_take_up_is_not_kept_out_by_those_who_wait_for_its_place(
    scripted: Task, queued: QueuedSpeaker, settings: Settings
) -> None:
    settings.PIXORA_AT_ONCE, settings.PIXORA_IN_LINE = {"fal": 1}, {"fal": 0}
    run = films.start_run(task=scripted, approved=["audio/1", "audio/2"])
    left_open(run, awaits_webhook=True, ticket={"request_id": "job-3"}, component=replace(VOICE, key="audio/2"))

    async def driven() -> None:
        await asyncio.wait_for(Shift(only=run.id).work(), 30)

    asyncio.run(driven())
    run.refresh_from_db()
    assert run.status == RunStatus.SUCCEEDED
    assert (queued.submitted, queued.took_up) == (1, [{"request_id": "job-3"}])


def test_news_of_a_job_wakes_whoever_naps_until_the_next_look(run: Run, queued: QueuedSpeaker) -> None:
    queued.length_s = 60.0

    async def driven() -> None:
        shift = asyncio.create_task(Shift(only=run.id).work())
        while not queued.submitted:  # noqa: ASYNC110 - the double has no event for it
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        await asyncio.to_thread(webhook, queued.called[0].attempt_id, "job-1")
        await asyncio.wait_for(shift, 15)

    asyncio.run(driven())
    assert statuses(run) == [AttemptStatus.SUCCEEDED]


@pytest.mark.parametrize(("is_done", "status"), [(False, AttemptStatus.LOST), (True, AttemptStatus.UNKNOWN)])
def test_cancelling_a_run_cancels_its_jobs(run: Run, queued: QueuedSpeaker, is_done: bool, status: str) -> None:
    queued.length_s, queued.is_done = 60.0, is_done

    async def driven() -> None:
        shift = asyncio.create_task(Shift(only=run.id).work())
        while not queued.submitted:  # noqa: ASYNC110 - the double has no event for it
            await asyncio.sleep(0.05)
        await asyncio.to_thread(_cancel, run.task)
        await asyncio.wait_for(shift, 15)

    asyncio.run(driven())
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED
    opened = Attempt.objects.get(step__run=run, step__component="audio/1")
    assert queued.cancelled == [{"request_id": "job-1", "model": opened.model}]
    assert statuses(run) == [status]


def test_cancelling_a_run_that_nobody_drives_cancels_its_jobs(run: Run, queued: QueuedSpeaker, drive: Drive) -> None:
    left_open(run, awaits_webhook=True, ticket={"request_id": "job-3"})
    films.cancel(task=run.task)
    assert drive(run).status == RunStatus.CANCELLED
    assert queued.cancelled == [{"request_id": "job-3", "model": "m"}]


def test_a_call_that_is_cancelled_on_its_way_is_unknown(run: Run, speaker: Speaker) -> None:
    speaker.length_s = 60.0

    async def driven() -> None:
        shift = asyncio.create_task(Shift(only=run.id).work())
        while not speaker.submitted:  # noqa: ASYNC110 - the double has no event for it
            await asyncio.sleep(0.05)
        await asyncio.to_thread(_cancel, run.task)
        await asyncio.wait_for(shift, 15)

    asyncio.run(driven())
    assert statuses(run) == [AttemptStatus.UNKNOWN]


def test_a_shift_that_is_over_leaves_jobs_to_their_tickets(run: Run, queued: QueuedSpeaker, drive: Drive) -> None:
    queued.length_s = 3.0

    async def over() -> None:
        await asyncio.wait_for(Shift(only=run.id, length_s=1.0).work(), 15)

    asyncio.run(over())
    assert statuses(run) == [AttemptStatus.OPEN]
    queued.length_s = 0.0
    assert drive(run).status == RunStatus.SUCCEEDED
    assert (queued.submitted, len(queued.took_up)) == (1, 1)


def _cancel(task: Task) -> None:
    films.cancel(task=task)
    connection.close()
