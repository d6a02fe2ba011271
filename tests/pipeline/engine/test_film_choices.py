"""Films with the choices that are not the default ones."""

from __future__ import annotations

import av
import numpy as np
import pytest

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.film.settings import TaskSettings
from pipeline.models import RunStatus, Task
from pipeline.providers.base import Call, Capability, Made, VoiceRequest
from pipeline.providers.registry import serving
from pipeline.services import films
from pixora.accounts.models import User
from tests.pipeline.cut import media
from tests.pipeline.doubles import Speaker, Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY, script


@pytest.fixture
def make(alice: User, studio: Studio, drive: Drive):
    studio.script = script(2)

    def make(**choices: object) -> Task:
        settings: TaskSettings = TINY.model_copy(update=choices)
        task = films.order_film(user=alice, prompt="A film about a thing", settings=settings, writes=False)
        assert drive(films.write_script(task=task)).status == RunStatus.SUCCEEDED
        assert drive(films.start_run(task=task)).status == RunStatus.SUCCEEDED
        return task

    return make


def asset(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def streams(task: Task) -> list[str]:
    with av.open(str(local_path(asset(task, "fullvideo").storage_path))) as container:
        return [stream.type for stream in container.streams]


def test_a_film_without_voice_or_music_is_silent_and_still_has_captions(make, studio: Studio) -> None:
    task = make(voice_over=False, music=False)
    assert not [label for label in studio.calls if label.startswith(("voice", "music"))]
    film = local_path(asset(task, "fullvideo").storage_path)
    assert np.abs(media.listen(film)).max() < 1e-4
    assert asset(task, "captions").metadata["cues"] >= 2
    assert streams(task) == ["video", "audio", "subtitle"]


def test_captions_can_be_left_out(make) -> None:
    task = make(captions="off")
    assert streams(task) == ["video", "audio"]
    assert not Asset.objects.filter(component="captions").exists()


def test_captions_can_be_drawn_into_the_picture(make) -> None:
    """They are drawn while somebody speaks, and nowhere else."""
    task = make(captions="boxed", voice_over=False, music=False)
    assert streams(task) == ["video", "audio"]
    picture = media.decode(local_path(asset(task, "fullvideo").storage_path))
    feet = [frame[58:70, 40:88].astype(int) for frame in picture.frames]
    varied = [int(np.ptp(foot)) > 60 for foot in feet]
    assert varied[30]
    assert varied[180]
    assert not varied[140]
    assert not varied[299]
    assert asset(task, "captions").metadata["files"]


@pytest.mark.crash
def test_quieter_music_is_quieter_between_the_words(make) -> None:
    """The last second but one, when nobody speaks; the film as a whole is as loud as ever."""
    loud, quiet = (asset(make(music_level_db=level, seed=n), "soundtrack") for n, level in enumerate((0.0, -18.0)))
    first, second = (media.listen(local_path(each.storage_path))[-144_000:-96_000] for each in (loud, quiet))
    assert media.level_db(second) < media.level_db(first) - 6


class Terse(Speaker):
    """Speaks, and does not tell when which word is said."""

    async def make(self, request: VoiceRequest, call: Call) -> Made:
        return Made((await super().make(request, call)).path)


def test_a_voice_that_tells_no_times_is_listened_to(make, studio: Studio) -> None:
    with serving({Capability.VOICE: Terse(studio, ".wav")}):
        task = make()
    written = local_path(asset(task, "captions").storage_path).read_text()
    assert written.startswith("WEBVTT\n\n00:00:00.2")
    assert written.count("-->") == 2
