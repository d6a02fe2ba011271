"""A user's own pictures, clips and sounds in place of what generators make."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_assets import uploads
from media_assets.models import Asset, Upload
from media_assets.probe import probe
from media_assets.storage import local_path
from pipeline.events import history
from pipeline.film.settings import TaskSettings
from pipeline.models import Event, Run, RunStatus, StepStatus, Task
from pipeline.planning import take_warnings
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action
from pipeline.services import films, own_material, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict, Invalid, NotFound
from tests.pipeline import user_files
from tests.pipeline.cut import media
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script


@pytest.fixture
def film(scripted: Task, drive: Drive) -> Task:
    drive(films.start_run(task=scripted))
    return scripted


@pytest.fixture
def own_picture(alice: User, tmp_path: Path) -> Upload:
    return user_files.upload(alice, user_files.picture(tmp_path / "me.jpg"))


@pytest.fixture
def own_clip(alice: User, tmp_path: Path) -> Upload:
    return user_files.upload(alice, user_files.clip(tmp_path / "me.mp4"))


@pytest.fixture
def own_sound(alice: User, tmp_path: Path) -> Upload:
    return user_files.upload(alice, media.tone(tmp_path / "me.wav", 6.0))


def selected(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def said(task: Task) -> str:
    """Return what the newest cut says."""
    told = [event.payload for event in history.page(task.id) if event.type == "video_complete"]
    return str(told[-1]["content"])


def made_by(run: Run) -> set[str]:
    return set(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True))


def test_a_picture_becomes_the_chosen_still_for_nothing(
    film: Task, own_picture: Upload, drive: Drive, studio: Studio
) -> None:
    asked, account = studio.calls.total(), ledger.account(film.user)

    run = drive(own_material.add_own(task=film, component="scene/1", upload=own_picture))

    still, decision = selected(film, "scene/1"), plan_of(film, approved=()).decisions["scene/1"]
    assert (run.status, made_by(run)) == (RunStatus.SUCCEEDED, {"scene/1", "storyboard"})
    assert (still.take, still.fingerprint, still.chosen_for) == (2, "", decision.fingerprint)
    assert (still.metadata["own"], still.own_file) == (True, "me.jpg")
    assert decision.action is Action.KEEP
    with Image.open(local_path(still.storage_path)) as shown:
        assert (shown.format, shown.size) == ("PNG", (154, 86))
        assert np.abs(np.asarray(shown, int) - user_files.COLOUR).max() <= 2
    assert studio.calls.total() == asked
    assert ledger.account(film.user) == account
    assert plan_of(film, approved=()).decisions["video/1"].action is Action.LEAVE
    assert [item["component"] for item in quotes.quote(task=film).items] == ["video/1"]
    assert said(film) == "You have your own picture in scene 1 now. The film stays as it is until you update it."


def test_a_clip_is_brought_into_shape_and_the_film_is_cut_anew(film: Task, own_clip: Upload, drive: Drive) -> None:
    before = selected(film, "fullvideo")

    run = drive(own_material.add_own(task=film, component="video/2", upload=own_clip))

    path = local_path(selected(film, "video/2").storage_path)
    found = probe(path, expect="video")
    assert made_by(run) >= {"video/2", "segment/2", "transition/2", "transition/3", "fullvideo"}
    assert (found.width, found.height, found.rotation, found.has_audio) == (128, 72, 0, False)
    assert (found.frames, found.pix_fmt) == (50, "yuv420p")
    assert b"48.1" not in path.read_bytes()
    shown = media.decode(local_path(selected(film, "fullvideo").storage_path)).means[225]
    assert shown == pytest.approx(media.decode(path).means[20], abs=6)
    assert film.videos.count() == 2
    assert said(film) == "Cut again with your own clip in scene 2."

    undone = takes.select_take(task=film, component="video/2", take=1)
    assert undone
    assert made_by(drive(undone)) == set()
    assert selected(film, "fullvideo").id == before.id
    assert said(film) == "Cut again with the earlier clip in scene 2."


def test_a_voice_decides_how_long_its_scene_is(film: Task, own_sound: Upload, drive: Drive) -> None:
    run = drive(own_material.add_own(task=film, component="audio/1", upload=own_sound))

    voice = selected(film, "audio/1")
    assert made_by(run) >= {"audio/1", "segment/1", "soundtrack", "captions", "fullvideo"}
    assert voice.storage_path.endswith("scene1/audio_t2.mp3")
    assert voice.metadata["duration_ms"] == pytest.approx(6_000, abs=2)
    assert voice.metadata["channels"] == 1
    assert film.videos.latest("created_at").duration == pytest.approx(15 - 5 + 6 + 18 / 30, abs=0.05)


def test_music_of_ones_own_is_mixed_in(film: Task, own_sound: Upload, drive: Drive) -> None:
    run = drive(own_material.add_own(task=film, component="music/1_2_3", upload=own_sound))
    assert made_by(run) == {"music/1_2_3", "soundtrack", "fullvideo"}
    assert selected(film, "music/1_2_3").metadata["channels"] == 2


def test_it_stands_in_for_no_other_scene(scripted: Task, own_picture: Upload, drive: Drive) -> None:
    """Two scenes that ask for the same picture share what was made for it, not what its owner chose for one."""
    drive(own_material.add_own(task=scripted, component="scene/1", upload=own_picture))
    scripts.revise_scene(task=scripted, version=1, scene_index=2, changes={"image_prompt": "Picture 1"})
    assert plan_of(scripted).decisions["scene/2"].action is Action.MAKE


def test_a_choice_waits_for_the_run_that_is_at_work(scripted: Task, own_clip: Upload, drive: Drive) -> None:
    at_work = films.start_run(task=scripted, approved=["scene/2"])
    waiting = own_material.add_own(task=scripted, component="video/2", upload=own_clip)

    assert made_by(drive(at_work)) == {"scene/2"}
    assert "video/2" in made_by(drive(waiting))


def test_nothing_is_chosen_before_it_is_known_what_it_is_chosen_for(
    scripted: Task, own_clip: Upload, own_picture: Upload, drive: Drive
) -> None:
    with pytest.raises(Conflict, match="video/2 is made from scene/2: make or upload that first") as refused:
        own_material.add_own(task=scripted, component="video/2", upload=own_clip)
    assert refused.value.code == "not_ready"
    assert scripted.runs.count() == 1

    drive(own_material.add_own(task=scripted, component="scene/2", upload=own_picture))
    run = drive(own_material.add_own(task=scripted, component="video/2", upload=own_clip))

    assert made_by(run) >= {"video/2"}
    scripted.refresh_from_db()
    assert scripted.status == "scripted"


def test_what_never_became_possible_is_told(scripted: Task, own_clip: Upload, drive: Drive) -> None:
    """It waited for a run that then failed to make the still."""
    at_work = films.start_run(task=scripted, approved=())
    run = own_material.add_own(task=scripted, component="video/2", upload=own_clip)
    drive(at_work)
    assert drive(run).status == RunStatus.FAILED
    assert run.error_message.startswith("One piece could not be made: the clip of scene 2.")


def test_an_upload_that_has_gone_is_told_and_nothing_else_is_made(
    scripted: Task, own_picture: Upload, drive: Drive, studio: Studio
) -> None:
    run = own_material.add_own(task=scripted, component="scene/1", upload=own_picture)
    uploads.remove_unused(timedelta(seconds=-1))

    assert drive(run).status == RunStatus.FAILED
    assert run.steps.get(component="scene/1").error_code == "not_found"
    assert set(studio.calls) == {"script"}


@pytest.mark.parametrize(
    ("component", "sentence"),
    [
        ("video/1", "upload_id: that is a picture, not a clip. MP4, MOV or WebM, please."),
        ("audio/1", "upload_id: that is a picture, not a sound. MP3, WAV, M4A, FLAC or Ogg, please."),
        (
            "captions",
            "component: captions is computed by Pixora; upload one of character, scene, audio, line, music, video.",
        ),
    ],
)
def test_an_upload_of_another_kind_is_refused(
    scripted: Task, own_picture: Upload, component: str, sentence: str
) -> None:
    runs = scripted.runs.count()
    with pytest.raises(Invalid) as refused:
        own_material.add_own(task=scripted, component=component, upload=own_picture)
    assert (refused.value.message, scripted.runs.count()) == (sentence, runs)


@pytest.mark.parametrize("component", ["scene/9", "nonsense", "scene"])
def test_a_component_the_film_does_not_have_is_not_found(scripted: Task, own_picture: Upload, component: str) -> None:
    with pytest.raises(NotFound):
        own_material.add_own(task=scripted, component=component, upload=own_picture)


def test_a_whole_song_is_no_narration(alice: User, scripted: Task, tmp_path: Path) -> None:
    song = user_files.upload(alice, media.tone(tmp_path / "song.wav", 61.0))
    with pytest.raises(Invalid, match="a narration may last 60 s"):
        own_material.add_own(task=scripted, component="audio/1", upload=song)


@pytest.fixture
def two_heroes(studio: Studio, scripted: Task, drive: Drive) -> Task:
    profiles = [{"name": name, "image_prompt": f"{name} smiles"} for name in ("Ann", "Bob")]
    studio.script = script([scene(1, characters=["Ann"]), scene(2, characters=["Bob"])], character_profiles=profiles)
    drive(films.write_script(task=scripted))
    drive(films.start_run(task=scripted, approved=["character/ann", "character/bob"]))
    return scripted


def stale(task: Task) -> set[str]:
    left = plan_of(task, approved=()).having(Action.LEAVE)
    return {decision.component.key for decision in left if decision.component.key.startswith("character")}


@pytest.mark.parametrize(
    ("character", "expected"), [("", {"character/ann", "character/bob"}), ("Bob", {"character/bob"})]
)
def test_another_reference_makes_those_it_shows_stale(
    two_heroes: Task, own_picture: Upload, character: str, expected: set[str]
) -> None:
    task = own_material.change_reference(task=two_heroes, upload=own_picture, character=character)

    reference = Asset.objects.get(task=task, component="reference/picture", selected=True)
    assert stale(task) == expected
    assert TaskSettings.model_validate(task.settings).reference == reference.content_hash
    assert Event.objects.filter(task=task).latest("seq").payload["settings"] == task.settings
    assert local_path(reference.storage_path).is_file()


def test_the_reference_before_stays_as_a_take(two_heroes: Task, own_picture: Upload) -> None:
    for _ in range(2):
        own_material.change_reference(task=two_heroes, upload=own_picture)
    kept = Asset.objects.filter(task=two_heroes, component="reference/picture")
    assert [(asset.take, asset.selected) for asset in kept] == [(1, False), (2, True)]


def test_a_reference_is_a_picture_of_somebody_in_the_script(
    two_heroes: Task, own_picture: Upload, own_sound: Upload
) -> None:
    two_heroes.refresh_from_db()
    before = dict(two_heroes.settings)
    refusals: list[tuple[type[Exception], Callable[[], Task]]] = [
        (NotFound, lambda: own_material.change_reference(task=two_heroes, upload=own_picture, character="Zoe")),
        (Invalid, lambda: own_material.change_reference(task=two_heroes, upload=own_sound)),
    ]
    for kind, act in refusals:
        with pytest.raises(kind):
            act()
    two_heroes.refresh_from_db()
    assert two_heroes.settings == before


def test_what_is_lost_of_a_clip_is_told_and_the_other_choice_keeps_it(
    film: Task, own_clip: Upload, drive: Drive
) -> None:
    """A square clip in a wide film loses almost half; its sound is heard where that is asked."""
    drive(own_material.add_own(task=film, component="video/2", upload=own_clip))
    told = " ".join(selected(film, "video/2").metadata["warnings"])
    assert "Only 56% of the picture" in told
    assert "own sound is not in the film" in told
    quiet = hertz_440(film)

    run = drive(own_material.add_own(task=film, component="video/2", upload=own_clip, fit="blur", keep_sound=True))

    clip = selected(film, "video/2")
    assert made_by(run) >= {"video/2", "segment/2", "soundtrack", "fullvideo"}
    assert "warnings" not in clip.metadata
    assert clip.metadata["has_sound"] is True
    assert hertz_440(film) > quiet + 20
    film.refresh_from_db()
    assert film.settings["clip_sounds"] == [2]

    again = takes.select_take(task=film, component="video/2", take=2)
    assert again
    drive(again)
    assert hertz_440(film) < quiet + 3


def hertz_440(film: Task) -> float:
    """Measure how loud the middle of the second scene is at the pitch of the clip's own sound."""
    sound = media.listen(local_path(selected(film, "fullvideo").storage_path))[:, 0]
    slot = selected(film, "fullvideo").metadata["timeline"]["slots"][1]
    begin = (slot["start"] + slot["frames"] - 50) * media.RATE // 30
    part = sound[begin : begin + media.RATE]
    wave = np.exp(-2j * np.pi * 440 * np.arange(len(part)) / media.RATE)
    return float(20 * np.log10(abs((part * wave).mean()) + 1e-9))


def test_a_silent_voice_and_a_black_clip_are_told_wherever_they_are_shown(
    film: Task, alice: User, tmp_path: Path, drive: Drive
) -> None:
    silent = user_files.upload(alice, media.write_wav(tmp_path / "a.wav", np.zeros(2 * media.RATE, np.float32)))
    black = user_files.upload(alice, media.clip(tmp_path / "b.mp4", media.colour("black"), frames=60))
    drive(own_material.add_own(task=film, component="audio/1", upload=silent))
    drive(own_material.add_own(task=film, component="video/1", upload=black))

    assert selected(film, "audio/1").metadata["warnings"] == [take_warnings.SILENT]
    assert selected(film, "video/1").metadata["warnings"] == [take_warnings.BLACK]
    (told,) = selected(film, "fullvideo").metadata["warnings"]
    assert told.startswith("Scene 1: The clip ends ")


def test_choices_that_mean_nothing_are_refused(film: Task, own_picture: Upload, own_sound: Upload) -> None:
    with pytest.raises(Invalid, match="keep_sound: only a clip"):
        own_material.add_own(task=film, component="scene/1", upload=own_picture, keep_sound=True)
    with pytest.raises(Invalid, match="fit: only a picture or a clip"):
        own_material.add_own(task=film, component="audio/1", upload=own_sound, fit="blur")
