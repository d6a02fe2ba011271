"""The draft that stands in for clips that are not there yet."""

from __future__ import annotations

import asyncio

import av
import numpy as np
from django.db import connection

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.engine.shift import Shift
from pipeline.models import RunStatus, Task
from pipeline.providers.base import Capability
from pipeline.providers.registry import serving
from pipeline.services import films
from tests.pipeline.cut import media
from tests.pipeline.doubles import Animator, Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive

STILLS_AND_SOUND = [*(f"{kind}/{n}" for kind in ("scene", "audio") for n in (1, 2, 3)), "music/1_2_3"]


def asset(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def components(task: Task) -> set[str]:
    return set(Asset.objects.filter(task=task).values_list("component", flat=True))


def marked(task: Task, frame: np.ndarray) -> bool:
    """True where the frame's upper right corner has a mark that its upper left has not."""
    luma = frame[:72].astype(int)
    return bool(np.ptp(luma[:10, -40:]) > 60 and np.ptp(luma[:10, :40]) < 40)


def test_stills_and_voices_are_enough_for_a_draft_of_the_whole_film(scripted: Task, drive: Drive) -> None:
    run = drive(films.start_run(task=scripted, approved=STILLS_AND_SOUND))
    assert run.status == RunStatus.SUCCEEDED
    draft = asset(scripted, "animatic")
    assert draft.metadata["duration_ms"] == 15_000
    assert draft.metadata["draft"]
    assert not scripted.videos.exists(), "a draft is no film"
    picture = media.decode(local_path(draft.storage_path))
    assert len(picture.frames) == 450
    assert all(marked(scripted, picture.frames[at]) for at in (20, 75, 225, 375, 440))
    with av.open(str(local_path(draft.storage_path))) as container:
        assert "(draft)" in container.metadata["title"]
        assert container.streams.audio


def test_a_draft_uses_the_films_own_pieces_where_there_are_clips(scripted: Task, drive: Drive, studio: Studio) -> None:
    studio.always["Motion 2"] = lasting_fault()
    run = drive(films.start_run(task=scripted))
    assert run.status == RunStatus.FAILED
    drafts = {key for key in components(scripted) if key.startswith("draft")}
    assert drafts == {"draft/2", "draft_segment/2", "draft_transition/2", "draft_transition/3"}
    picture = media.decode(local_path(asset(scripted, "animatic").storage_path))
    assert [marked(scripted, picture.frames[at]) for at in (75, 225, 375)] == [False, True, False]


def test_local_clips_are_not_drafted_first(scripted: Task, drive: Drive) -> None:
    drive(films.start_run(task=scripted))
    assert not {key for key in components(scripted) if key.startswith(("draft", "animatic"))}


def test_a_draft_is_there_before_slow_clips_and_made_once(scripted: Task, drive: Drive, studio: Studio) -> None:
    there: list[bool] = []

    async def look(label: str) -> None:
        while label.startswith("motion") and not there:
            if await asyncio.to_thread(_exists, "animatic"):
                there.append(True)
            await asyncio.sleep(0.05)

    studio.hold = look
    with serving({Capability.MOTION: Animator(studio, ".mp4", local=False, name="fal")}):
        run = drive(films.start_run(task=scripted))
    assert there
    assert run.status == RunStatus.SUCCEEDED
    assert scripted.videos.count() == 1
    assert Asset.objects.filter(task=scripted, component="animatic").count() == 1


def test_without_a_voice_there_is_no_draft_yet(scripted: Task, drive: Drive) -> None:
    approved = [key for key in STILLS_AND_SOUND if key != "audio/2"]
    assert drive(films.start_run(task=scripted, approved=approved)).status == RunStatus.SUCCEEDED
    assert "animatic" not in components(scripted)


def test_who_goes_on_after_a_crash_drafts_anew_what_has_its_clip_by_now(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    """The piece between a clip and a still is another one then, in the same run."""
    run = films.start_run(task=scripted)
    first = Shift(only=run.id)

    async def stop_when_a_clip_has_come_after_the_draft(label: str) -> None:
        if not label.startswith("motion"):
            return
        await _until("animatic")
        if label != "motion Motion 1":
            await _until("video/1")
            first.stop(grace_s=0.0)
            await asyncio.sleep(60)

    async def take_longer_than_drafts(label: str) -> None:
        await asyncio.sleep(3.0 if label.startswith("motion") else 0.0)

    studio.hold = stop_when_a_clip_has_come_after_the_draft
    with serving({Capability.MOTION: Animator(studio, ".mp4", local=False, name="fal")}):
        asyncio.run(first.work())
        studio.hold = take_longer_than_drafts
        assert drive(run).status == RunStatus.SUCCEEDED
    for component in ("animatic", "draft_transition/2"):
        assert Asset.objects.filter(task=scripted, component=component).count() == 2
    assert not run.steps.filter(status="failed").exists()


async def _until(component: str) -> None:
    """A take of it is there."""
    while not await asyncio.to_thread(_exists, component):  # noqa: ASYNC110 - the row says it, and rows ring no bell
        await asyncio.sleep(0.05)


def _exists(component: str) -> bool:
    found = Asset.objects.filter(component=component).exists()
    connection.close()
    return found
