"""The takeaway: what is in it, and that the timeline in it is the film's."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync

from media_assets.models import Asset
from media_assets.probe import probe
from media_assets.storage import local_path
from pipeline.models import RunStatus, Task
from pipeline.services import films, scripts
from pipeline.takeaway.archive import Archive
from pipeline.takeaway.contents import contents_of
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict
from tests.media_assets.test_views import ask
from tests.pipeline.cut import media
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script
from tests.pipeline.takeaway import otio_file
from tests.pixora.accounts.doors import bearer


@pytest.fixture
def film(studio: Studio, task: Task, drive: Drive) -> Task:
    """Two pieces of music, three kinds of boundary, a scene without words."""
    studio.script = script(
        [scene(1), scene(2, transition="none", script=""), scene(3, transition="wipe_left"), scene(4)],
        music=[{"prompt": "calm", "scene_indexes": [1, 2]}, {"prompt": "wild", "scene_indexes": [3, 4]}],
    )
    drive(films.write_script(task=task))
    drive(films.start_run(task=task))
    return task


def unpack(archive: Archive, folder: Path) -> list[str]:
    async def read() -> bytes:
        return b"".join([part async for part in archive])

    content = async_to_sync(read)()
    archive.close()
    assert len(content) == archive.size
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        assert {info.compress_type for info in opened.infolist()} == {zipfile.ZIP_STORED}
        opened.extractall(folder)
        return opened.namelist()


def test_it_holds_the_film_and_everything_it_was_made_of(film: Task, alice: User, tmp_path: Path) -> None:
    names = unpack(Archive(film), tmp_path / "zip")

    scenes = {name for n in (1, 2, 3, 4) for name in (f"clips/scene_0{n}.mp4", f"stills/scene_0{n}.png")}
    assert set(names) == scenes | {
        *("film.mp4", "film_without_music.mp4", "stems/voice.wav", "stems/music.wav", "captions.vtt", "captions.srt"),
        *("narration/scene_01.wav", "narration/scene_03.wav", "narration/scene_04.wav"),
        *("music/part_01.wav", "music/part_02.wav", "script.json", "timeline.otio", "poster.jpg", "storyboard.jpg"),
    }
    assert len(names) == len(set(names))
    shown = Asset.objects.get(task=film, component="fullvideo", selected=True)
    assert (tmp_path / "zip/film.mp4").read_bytes() == local_path(shown.storage_path).read_bytes()
    assert json.loads((tmp_path / "zip/script.json").read_text()) == film.scripts.get().content
    sound_is_the_sum_of_its_stems(tmp_path / "zip")
    owner_alone_gets_it(film, alice)
    timeline_is_the_films(film, tmp_path / "zip", names)


def sound_is_the_sum_of_its_stems(folder: Path) -> None:
    places = ("film.mp4", "stems/voice.wav", "stems/music.wav", "film_without_music.mp4")
    whole, voice, music, quiet = (media.listen(folder / place) for place in places)
    assert len({len(sound) for sound in (whole, voice, music, quiet)}) == 1
    assert media.level_db(voice + music - whole) < media.level_db(whole) - 20
    assert media.level_db(quiet - voice) < media.level_db(voice) - 20


def timeline_is_the_films(film: Task, folder: Path, names: list[str]) -> None:
    timeline = otio_file.opened(folder / "timeline.otio")
    assert timeline.duration().value == probe(folder / "film.mp4").frames == contents_of(film).timeline.frames
    for clip in timeline.find_clips():
        assert clip.media_reference.target_url in names
        available_s = clip.media_reference.available_range.duration.to_seconds()
        found = probe(folder / clip.media_reference.target_url)
        assert available_s * 1000 == pytest.approx(found.duration_ms, abs=34)


def owner_alone_gets_it(film: Task, alice: User) -> None:
    url = f"/api/v1/tasks/{film.id}/takeaway"
    answer = ask(url, **bearer(alice))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/zip")
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="A Film.zip"'
    assert zipfile.is_zipfile(io.BytesIO(answer.body))
    other = ask(url, **bearer(User.objects.create_user("bob@example.org")))
    assert (other.status, ask(url).status) == (404, 401)


def test_a_stale_film_is_taken_with_its_script_and_without_what_was_switched_off(
    film: Task, drive: Drive, tmp_path: Path
) -> None:
    scripts.update_settings(task=film, changes={"music": False, "captions": "off"})
    drive(film.runs.get(status=RunStatus.QUEUED))
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"image_prompt": "Another picture"})
    film.refresh_from_db()

    names = set(unpack(Archive(film), tmp_path))

    assert names.isdisjoint({"film_without_music.mp4", "stems/music.wav", "music/part_01.wav", "captions.vtt"})
    assert "stems/voice.wav" in names
    shown = json.loads((tmp_path / "script.json").read_text())
    assert shown["clips"][1]["scene"]["image_prompt"] == "Picture 2"


def test_there_is_nothing_to_take_before_there_is_a_film(scripted: Task) -> None:
    with pytest.raises(Conflict) as refused:
        Archive(scripted)
    assert refused.value.code == "not_ready"
