"""fal's queue: sent once, taken up again, looked at until done, fetched until whole; errors in our words."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from pytest_django import Settings

from pipeline.providers.base import MotionRequest, MusicRequest, VoiceRequest
from pipeline.providers.fal import jobs, stream
from pipeline.providers.fal.errors import is_about_the_job
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.fal.timing import words_in
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.musicgen import MusicGen
from pixora.foundation.errors import ProviderError
from tests.emulators.knobs import Fault, Kind
from tests.emulators.server import Emulators
from tests.pipeline.providers.vendors import Asker, still, use

T = TypeVar("T")

VOICE = VoiceRequest("One. Two.", "en", "Rachel", seed=1)
MUSIC = MusicRequest("calm piano", length_s=12, seed=2)


@pytest.fixture
def asker(settings: Settings, emulators: Emulators, tmp_path: Path) -> Asker:
    use(settings, emulators)
    return Asker(tmp_path)


def refused(asker: Asker, adapter: Any = None, request: Any = VOICE, **more: Any) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        asker.make(adapter or FalVoice(), request, **more)
    return caught.value


def motion(asker: Asker, **changes: Any) -> MotionRequest:
    usual = {"prompt": "a pan", "duration_s": 5, "size": (128, 72), "fps": 30, "seed": 1}
    return MotionRequest(**{"image": still(asker.folder), **usual, **changes})


def test_the_ticket_is_remembered_before_the_job_is_waited_for(asker: Asker, emulators: Emulators) -> None:
    asker.make(FalVoice(), VOICE)
    (ticket,) = asker.tickets
    (bill,) = emulators.bills("fal")
    assert ticket["request_id"] == bill["what"]["request_id"]
    assert ticket["status_url"].endswith(f"/fal-ai/elevenlabs/requests/{ticket['request_id']}/status")


@pytest.mark.parametrize("kind", ["dropped", "truncated", "garbage"])
@pytest.mark.parametrize(
    ("adapter", "request_", "vendor", "operation"),
    [(FalVoice(), VOICE, "fal", "submit"), (MusicGen(), MUSIC, "replicate", "create")],
    ids=["fal", "replicate"],
)
def test_a_submission_whose_answer_is_lost_is_sent_once_and_its_outcome_is_unknown(
    adapter: Any, request_: Any, vendor: str, operation: str, kind: str, asker: Asker, emulators: Emulators
) -> None:
    emulators.fail(vendor, kind, operation=operation, times=None)
    error = refused(asker, adapter, request_)
    assert (error.unknown, error.retryable, error.code) == (True, True, "outcome_unknown")
    assert len(emulators.bills(vendor)) == 1
    assert asker.tickets == []


@pytest.mark.parametrize(("kind", "status"), [("rate_limited", 429), ("server_error", 500), ("server_error", 503)])
def test_a_submission_that_is_not_accepted_is_left_to_whoever_asked(
    kind: str, status: int, asker: Asker, emulators: Emulators
) -> None:
    emulators.fail("fal", kind, operation="submit", status=status, retry_after_s=7)
    error = refused(asker)
    assert (error.unknown, error.retryable) == (False, True)
    assert error.retry_after_s == (7 if kind == "rate_limited" else 0)
    assert emulators.bills("fal") == []


@pytest.mark.parametrize("status", [502, 504])
def test_what_a_gateway_says_of_a_submission_leaves_it_unknown(status: int, asker: Asker, emulators: Emulators) -> None:
    emulators.fail("fal", "server_error", operation="submit", status=status)
    assert refused(asker).unknown


def test_a_server_that_cannot_be_reached_was_asked_nothing(
    settings: Settings, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fal_client.client.MAX_ATTEMPTS", 2)
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "fal": "http://127.0.0.1:9"}
    error = refused(asker)
    assert (error.unknown, error.retryable) == (False, True)


@pytest.mark.parametrize("kind", ["dropped", "truncated", "garbage", "server_error", "rate_limited"])
@pytest.mark.parametrize("operation", ["status", "result", "download"])
def test_looking_and_fetching_are_tried_again_and_nothing_is_sent_again(
    operation: str, kind: Kind, asker: Asker, emulators: Emulators
) -> None:
    """The stream is away meanwhile, so that it is looked at all."""
    faults = [Fault(kind=kind, operation=operation, times=2), Fault(kind=kind, operation="stream", times=None)]
    emulators.turn("fal", faults=faults)
    asker.make(FalVoice(), VOICE)
    assert len(emulators.bills("fal")) == 1


def test_fal_says_by_itself_that_a_job_is_done(
    asker: Asker, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def looked_at(_job: object) -> None:
        pytest.fail("it was looked at")

    monkeypatch.setattr(jobs, "_status", looked_at)
    monkeypatch.setattr(jobs, "LONGEST_LOOK_S", 60.0)
    emulators.turn("fal", latencies={"voice": 0.3})
    began = time.monotonic()
    asker.make(FalVoice(), VOICE, nap=asyncio.sleep)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("kind", ["dropped", "truncated", "server_error", "rate_limited"])
def test_a_stream_that_breaks_is_replaced_by_looks_at_once(
    kind: Kind, asker: Asker, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_LOOK_S", 60.0)
    emulators.turn("fal", latencies={"voice": 0.3}, faults=[Fault(kind=kind, operation="stream", times=None)])
    began = time.monotonic()
    asker.make(FalVoice(), VOICE, nap=asyncio.sleep)
    assert time.monotonic() - began < 10


def test_a_stream_that_falls_silent_does_not_hide_that_a_job_is_done(
    asker: Asker, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST_LOOK_S", 0.2)
    emulators.turn("fal", latencies={"voice": 0.3, "stream": 60.0})
    asker.make(FalVoice(), VOICE, nap=asyncio.sleep)
    assert len(emulators.bills("fal")) == 1


@pytest.mark.parametrize("error", [ssl.SSLError("bad record mac"), OSError("broken"), RecursionError()])
def test_whatever_goes_wrong_in_a_stream_the_job_goes_on(
    error: Exception, asker: Asker, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def broken(*_: object, **__: object) -> AsyncIterator[None]:
        raise error
        yield

    monkeypatch.setattr(stream, "aconnect_sse", broken)
    asker.make(FalVoice(), VOICE)
    assert len(emulators.bills("fal")) == 1


def test_what_goes_wrong_while_waiting_is_not_lost(asker: Asker) -> None:
    async def away(_seconds: float) -> None:
        raise ConnectionError("the database is away")

    with pytest.raises(ConnectionError):
        asker.make(FalVoice(), VOICE, nap=away)


def test_a_result_that_is_not_there_yet_is_no_error_of_the_job() -> None:
    assert not is_about_the_job(httpx.Response(400, json={"detail": "Request is still in progress"}))
    assert is_about_the_job(httpx.Response(400, json={"detail": [{"type": "value_error"}]}))
    assert is_about_the_job(httpx.Response(422, json={"detail": "Unprocessable"}))


def test_a_ticket_is_taken_up_and_nothing_is_sent_again(asker: Asker, emulators: Emulators) -> None:
    asker.make(FalVoice(), VOICE)
    asker.make(FalVoice(), VOICE, ticket=asker.tickets[0])
    asker.make(FalVoice(), VOICE, ticket={"request_id": asker.tickets[0]["request_id"]})
    assert (len(emulators.bills("fal")), len(asker.tickets)) == (1, 1)


def test_replicates_ticket_is_taken_up_as_well(asker: Asker, emulators: Emulators) -> None:
    asker.make(MusicGen(), MUSIC)
    asker.make(MusicGen(), MUSIC, ticket=asker.tickets[0])
    assert len(emulators.bills("replicate")) == 1


def test_a_ticket_that_fal_does_not_know_says_nothing_about_the_job(asker: Asker) -> None:
    assert refused(asker, ticket={"request_id": "gone"}).unknown


def test_who_is_stopped_while_a_job_is_submitted_still_learns_its_ticket(asker: Asker, emulators: Emulators) -> None:
    emulators.turn("fal", latencies={"submit": 0.4})

    async def stopped() -> None:
        task = asyncio.create_task(FalVoice().make(VOICE, asker.call(".mp3")))
        while not emulators_are_asked(emulators):  # noqa: ASYNC110 - another process is watched
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()

    asyncio.run(stopped())
    assert len(asker.tickets) == 1


def emulators_are_asked(emulators: Emulators) -> bool:
    return bool(emulators.bills("fal"))


def run(work: Awaitable[T]) -> T:
    async def wait() -> T:
        return await work

    return asyncio.run(wait())


@pytest.mark.parametrize(
    ("adapter", "request_", "vendor"),
    [(FalVoice(), VOICE, "fal"), (MusicGen(), MUSIC, "replicate")],
    ids=["fal", "replicate"],
)
def test_a_job_can_be_cancelled_until_it_is_done(
    adapter: Any, request_: Any, vendor: str, asker: Asker, emulators: Emulators
) -> None:
    emulators.turn(vendor, latencies={"voice": 30.0, "music": 30.0})

    async def begun() -> None:
        task = asyncio.create_task(adapter.make(request_, asker.call(adapter.suffix)))
        while not asker.tickets:  # noqa: ASYNC110 - the adapter has no event for it
            await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(begun())
    assert run(adapter.cancel(asker.tickets[0]))
    assert emulators.bills(vendor) == []
    error = refused(asker, adapter, request_, ticket=asker.tickets[0])
    assert (error.unknown, error.retryable) == (False, True)


def test_a_job_that_is_done_cannot_be_cancelled(asker: Asker) -> None:
    asker.make(FalVoice(), VOICE)
    assert not run(FalVoice().cancel(asker.tickets[0]))


@pytest.mark.parametrize(
    ("refuses", "code"), [("prompt", "refused_prompt"), ("picture", "refused_picture")], ids=["prompt", "picture"]
)
def test_a_refusal_says_whether_the_words_or_the_picture_were_refused(
    refuses: str, code: str, asker: Asker, emulators: Emulators
) -> None:
    emulators.turn("fal", options={"refuses": refuses}, faults=[{"kind": "refused", "operation": "job"}])
    error = refused(asker, FalMotion(), motion(asker))
    assert (error.code, error.retryable) == (code, False)


def test_a_job_that_fails_for_no_fault_of_ours_is_worth_another_try(asker: Asker, emulators: Emulators) -> None:
    emulators.fail("fal", "server_error", operation="job")
    error = refused(asker)
    assert (error.unknown, error.retryable) == (False, True)


def test_a_request_that_does_not_fit_is_not_sent_again(
    settings: Settings, asker: Asker, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    """fal wants "5", not 5."""
    entry = FalMotion().entry
    monkeypatch.setattr(FalMotion, "entry", entry.model_copy(update={"durations": {5: 5}}))
    error = refused(asker, FalMotion(), motion(asker))
    assert (error.retryable, error.unknown) == (False, False)
    assert "did not accept" in error.message


def test_a_key_that_is_not_accepted_is_no_matter_of_trying_again(settings: Settings, asker: Asker) -> None:
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "fal": "wrong", "musicgen": "wrong"}
    for adapter, request in ((FalVoice(), VOICE), (FalMotion(), motion(asker)), (MusicGen(), MUSIC)):
        error = refused(asker, adapter, request)
        assert (error.retryable, error.unknown) == (False, False), adapter


def test_nothing_that_fal_writes_reaches_a_message_or_the_log(
    asker: Asker, emulators: Emulators, caplog: pytest.LogCaptureFixture
) -> None:
    emulators.fail("fal", "refused", operation="job")
    with caplog.at_level(logging.DEBUG):
        error = refused(asker)
    theirs = "flagged by a content checker"
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("pipeline"))
    assert theirs not in error.message + ours
    assert "content_policy_violation" in ours


@pytest.mark.parametrize(
    ("size", "endpoint", "ratio"),
    [
        ((128, 72), "fal-ai/kling-video/v1.6/pro/image-to-video", "16:9"),
        ((72, 128), "fal-ai/kling-video/v1.6/pro/image-to-video", "9:16"),
        ((96, 72), "fal-ai/kling-video/v1.6/standard/image-to-video", None),
        ((72, 96), "fal-ai/kling-video/v1.6/standard/image-to-video", None),
    ],
)
def test_ratios_that_pro_does_not_list_are_the_standard_models(
    size: tuple[int, int], endpoint: str, ratio: str | None, asker: Asker, emulators: Emulators, settings: Settings
) -> None:
    settings.PIXORA_MODELS = {"fal": {"motion": "kling-1.6-pro"}}
    asker.make(FalMotion(), motion(asker, size=size))
    (bill,) = emulators.bills("fal")
    assert bill["model"] == endpoint


def test_a_still_that_is_too_small_or_too_heavy_is_made_fit(asker: Asker) -> None:
    small = still(asker.folder, (154, 86))
    asker.make(FalMotion(), motion(asker, image=small))


@pytest.mark.parametrize("operation", ["token", "upload"])
@pytest.mark.parametrize("kind", ["dropped", "garbage", "server_error"])
def test_a_still_that_cannot_be_handed_over_one_way_goes_the_other(
    operation: str, kind: str, asker: Asker, emulators: Emulators
) -> None:
    emulators.fail("fal", kind, operation=operation)
    asker.make(FalMotion(), motion(asker))
    assert len(emulators.bills("fal")) == 1


def test_a_still_that_cannot_be_handed_over_at_all_is_worth_another_try(asker: Asker, emulators: Emulators) -> None:
    faults = [{"kind": "server_error", "operation": name, "times": None} for name in ("token", "initiate")]
    emulators.turn("fal", faults=faults)
    error = refused(asker, FalMotion(), motion(asker))
    assert (error.retryable, error.unknown) == (True, False)
    assert emulators.bills("fal") == []


def test_words_are_understood_or_left_alone() -> None:
    letters = list("One two.")
    piece = {
        "characters": letters,
        "character_start_times_seconds": [number / 10 for number in range(8)],
        "character_end_times_seconds": [(number + 1) / 10 for number in range(8)],
    }
    assert words_in("One two.", [piece], spaces=True) == [("One", 0, 300), ("two.", 400, 800)]
    assert words_in("Another text.", [piece], spaces=True) == []
    assert words_in("One two.", [{"word": "One"}], spaces=True) == []
    assert words_in("One two.", [{**piece, "characters": 5}], spaces=True) == []
    backwards = {**piece, "character_start_times_seconds": [1.0, 0.5, *[0.9] * 6]}
    assert words_in("One two.", [backwards], spaces=True) == []
