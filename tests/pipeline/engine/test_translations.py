"""Films in a second language: what is bought for them, and what an edit of the film they come from touches."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest
from av.stream import Disposition

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.deletion import film_deletion
from pipeline.film.script import parse_script
from pipeline.models import RUN_ENDED, Run, RunStatus, Task, TaskStatus
from pipeline.planning.film_plan import plan_of
from pipeline.providers.base import Capability, Provider
from pipeline.providers.local.script import LocalScript
from pipeline.providers.registry import serving
from pipeline.services import all_languages, films, quotes, script_versions, scripts, translations, versions
from pipeline.services.translations import ToTranslate
from pipeline.takeaway.archive import Archive
from pixora.accounts import ledger
from pixora.foundation.errors import Conflict, Invalid
from tests.pipeline.doubles import Studio, doubles
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_takeaway import unpack
from tests.pipeline.scripts import scene, script
from tests.pipeline.takeaway import otio_file

SAID = [{"speaker": "Mia", "text": "Is anybody there?"}]
BOUGHT_ONCE = ("scene ", "character ", "motion ", "music ")


@pytest.fixture
def film(studio: Studio, task: Task, drive: Drive) -> Task:
    """Three scenes with pictures, music, a line and a scene without words."""
    studio.script = script([scene(1), scene(2, lines=SAID), scene(3, script="")])
    drive(films.write_script(task=task))
    drive(films.start_run(task=task))
    task.refresh_from_db()
    return task


def translated(film: Task, drive: Drive, language: str = "es") -> Task:
    version = translations.make_language(task=film, language=language)
    drive(version.runs.get())
    version.refresh_from_db()
    return version


def made(studio: Studio) -> int:
    return sum(count for label, count in studio.calls.items() if label.startswith(BOUGHT_ONCE))


def texts(task: Task) -> list[str]:
    current = script_versions.newest(task)
    assert current
    return [one.script for one in parse_script(current.content).scenes]


def timeline(task: Task) -> Any:
    return Asset.objects.get(task=task, component="fullvideo", selected=True).metadata["timeline"]


def finished(task: Task, drive: Drive) -> Run:
    return drive(films.start_run(task=task))


def test_a_second_language_buys_its_voices_and_lines_and_nothing_else(film: Task, studio: Studio, drive: Drive) -> None:
    before = made(studio)
    version = translated(film, drive)
    assert (version.origin_id, version.origin_kind, version.settings["language"]) == (film.id, "language", "es")
    assert texts(version) == ["es This is what scene 1 says.", "es This is what scene 2 says.", ""]
    assert version.title == f"es: {film.title}"
    told = quotes.quote(task=version)
    assert {item["component"] for item in told.items} == {"audio/1", "audio/2", "line/2/1"}
    assert finished(version, drive).status == RunStatus.SUCCEEDED
    assert made(studio) == before
    assert [slot["frames"] for slot in timeline(version)["slots"]] == [
        slot["frames"] for slot in timeline(film)["slots"]
    ]
    pieces = version.runs.order_by("created_at").last()
    assert pieces
    assert not pieces.steps.filter(kind__in=["segment", "transition"], status="succeeded").exists()
    assert {request.language for request in studio.spoken[-3:]} == {"es"}


def test_an_edit_of_the_source_touches_exactly_its_translation(film: Task, studio: Studio, drive: Drive) -> None:
    version = translated(film, drive)
    finished(version, drive)
    assert translations.to_translate(version) == translations.NOTHING
    edit(film, 2, script="Something else is said here.")
    edit(film, 1, image_prompt="Another picture")
    assert translations.to_translate(version) == ToTranslate((2,))
    with pytest.raises(Invalid):
        translations.translate_again(task=film)
    run = translations.translate_again(task=version)
    assert isinstance(run, Run)
    studio.calls.clear()
    drive(run)
    assert [label for label in studio.calls if label.startswith("translate")] == ["translate Scene 2"]
    assert texts(version)[:2] == ["es This is what scene 1 says.", "es Something else is said here."]
    assert translations.to_translate(version) == translations.NOTHING
    due = {key for key in plan_of(version, approved=None).due if key.startswith(("audio", "line", "scene", "video"))}
    assert due == {"audio/2"}
    with pytest.raises(Invalid, match="already"):
        translations.translate_again(task=version)


def test_a_title_alone_is_translated_again_and_no_voice_is_bought(film: Task, studio: Studio, drive: Drive) -> None:
    version = translated(film, drive)
    finished(version, drive)
    before = texts(version)
    edit(film, 2, title="The harbour at night")
    assert translations.to_translate(version) == ToTranslate((2,), titles=(2,))
    run = translations.translate_again(task=version)
    assert isinstance(run, Run)
    studio.calls.clear()
    drive(run)
    assert [label for label in studio.calls if label.startswith("translate")] == ["translate The harbour at night"]
    current = script_versions.newest(version)
    assert current
    assert parse_script(current.content).scenes[1].title == "es The harbour at night"
    assert (texts(version), translations.to_translate(version)) == (before, translations.NOTHING)
    assert not quotes.quote(task=version).items


def test_a_title_of_ones_own_translation_may_come_alone(film: Task, drive: Drive) -> None:
    version = translated(film, drive)
    finished(version, drive)
    before = texts(version)
    edit(film, 2, title="The harbour at night")
    translations.translate_again(task=version, given=translations.Given("Scene;Title;Text\n2;El puerto de noche;"))
    current = script_versions.newest(version)
    assert current
    assert parse_script(current.content).scenes[1].title == "El puerto de noche"
    assert (texts(version), translations.to_translate(version)) == (before, translations.NOTHING)
    assert not quotes.quote(task=version).items


def test_one_file_has_a_track_for_each_language_as_long_as_the_picture(
    film: Task, drive: Drive, tmp_path: Path
) -> None:
    with pytest.raises(Conflict, match="only one language"):
        all_languages.file_of(film)
    version = translated(film, drive)
    finished(version, drive)
    with pytest.raises(Conflict, match="being made") as told:
        all_languages.file_of(film)
    assert drive(Run.objects.get(id=told.value.details["run_id"])).status == RunStatus.SUCCEEDED
    found = all_languages.file_of(film)
    assert found.gathered.left_out == ()
    frames = sum(slot["frames"] for slot in timeline(film)["slots"])
    with av.open(str(local_path(found.asset.storage_path))) as opened:
        sounds, texts = opened.streams.audio, opened.streams.subtitles
        assert [stream.language for stream in (*sounds, *texts)] == ["eng", "spa"] * 2
        assert [stream.metadata["handler_name"] for stream in sounds] == ["English", "español"]
        assert [bool(stream.disposition & Disposition.default) for stream in sounds] == [True, False]
        shown = sum(1 for _ in opened.decode(video=0))
        lengths = {Fraction(stream.duration or 0) * (stream.time_base or 0) for stream in sounds}
    assert (shown, lengths) == (frames, {Fraction(frames, 30)})
    assert found.asset.metadata["credentials"]["signed"]
    assert all_languages.file_of(film).asset.id == found.asset.id
    takeaway_has_both(film, tmp_path)


def takeaway_has_both(film: Task, folder: Path) -> None:
    names = unpack(Archive(film), folder / "zip")
    own = {"film.mp4", "captions.srt", "captions.vtt", "stems/voice.wav", "narration/scene_01.wav"}
    assert set(names) >= {"film_all_languages.mp4", *own, *(f"languages/es/{name}" for name in own)}
    assert not [name for name in names if name.startswith("languages/") and "clips/" in name]
    timeline = otio_file.opened(folder / "zip/timeline.otio")
    tracks = {track.name: track for track in timeline.tracks}
    assert (tracks["Voice"].enabled, tracks["Voice (español)"].enabled) == (True, False)
    assert all((folder / "zip" / clip.media_reference.target_url).is_file() for clip in timeline.find_clips())
    assert {len(track.find_clips()) for name, track in tracks.items() if name.startswith("Voice")} == {3}


def edit(task: Task, place: int, **changes: Any) -> None:
    current = scripts.current_script(task)
    scripts.revise_scene(task=task, version=current.version, scene_index=place, changes=changes)


def test_a_table_of_ones_own_translates_without_a_language_model(film: Task, studio: Studio, drive: Drive) -> None:
    local: dict[Capability, Provider] = {**doubles(studio), Capability.SCRIPT: LocalScript()}
    with serving(local):
        with pytest.raises(Invalid, match="cannot translate"):
            translations.make_language(task=film, language="de")
        table = "1\tDas sagt Szene 1.\n2\tDas sagt Szene 2.\n2\tIst da jemand?"
        version = translations.make_language(task=film, language="de", given=translations.Given(table))
    assert texts(version) == ["Das sagt Szene 1.", "Das sagt Szene 2.", ""]
    assert translations.to_translate(version) == translations.NOTHING
    assert {item["component"] for item in quotes.quote(task=version).items} == {"audio/1", "audio/2", "line/2/1"}
    with pytest.raises(Invalid, match="already"):
        translations.make_language(task=version, language="de", given=translations.Given(table))


def test_titles_of_ones_own_translation_are_in_its_takeaway(film: Task, drive: Drive, tmp_path: Path) -> None:
    table = "Szene;Titel;Text\n1;Die Eins;Eins.\n2;;Zwei.\n2.1;;Ist da jemand?\n3;Die Drei;"
    version = translations.make_language(task=film, language="de", given=translations.Given(table))
    assert scripts.current_script(version).reason == "Your own translation; scene 2 keeps its title"
    finished(version, drive)
    unpack(Archive(version), tmp_path / "zip")
    opened = otio_file.opened(tmp_path / "zip/timeline.otio")
    tracks = {track.name: [clip.name for clip in track.find_clips()] for track in opened.tracks}
    assert [clip.name for clip in opened.tracks[0].find_clips()] == ["Die Eins", "Scene 2", "Die Drei"]
    assert tracks["Voice"][0] == "Die Eins"


def test_a_first_translation_whose_film_was_deleted_meanwhile_keeps_what_it_was_asked_for(
    film: Task, studio: Studio, drive: Drive
) -> None:
    version = translations.make_language(task=film, language="de")
    film_deletion.delete_task(film)
    assert drive(version.runs.get()).status == RunStatus.SUCCEEDED
    assert texts(version)[0] == "de This is what scene 1 says."


def test_a_first_translation_whose_film_was_removed_fails_and_costs_nothing(
    film: Task, studio: Studio, drive: Drive
) -> None:
    version = translations.make_language(task=film, language="de")
    film_deletion.delete_task(film)
    assert film_deletion.remove_task(film).is_complete
    written, paid = dict(studio.calls), ledger.account(version.user)
    version.refresh_from_db()
    run = drive(version.runs.get())
    version.refresh_from_db()
    assert (run.status, version.status) == (RunStatus.FAILED, TaskStatus.FAILED)
    assert "removed for good" in run.steps.get(component="script").error_message
    assert run.steps.get(component="script").error_code == "source_gone"
    assert (dict(studio.calls), ledger.account(version.user)) == (written, paid)
    assert not ledger.open_holds(version.user)
    assert not version.runs.exclude(status__in=RUN_ENDED).exists()
    assert not version.scripts.exists()
    with pytest.raises(Invalid, match="no translation of another"):
        translations.translate_again(task=version)
    assert drive(films.write_script(task=version)).status == RunStatus.FAILED, "another film is not written instead"
    film_deletion.delete_task(version)
    assert film_deletion.remove_task(version).is_complete


def test_each_language_is_had_in_each_shape_without_translating_or_framing_twice(
    film: Task, studio: Studio, drive: Drive
) -> None:
    table = "1\tDas sagt Szene 1.\n2\tDas sagt Szene 2.\n2\tIst da jemand?"
    with serving({**doubles(studio), Capability.SCRIPT: LocalScript()}):
        tall = versions.make(task=film, aspect_ratio="9:16")
        edit(tall, 2, focus={"x": 0.2, "y": 0.5})
        german = versions.make(task=film, language="de", translation=translations.Given(table))
        both = versions.make(task=tall, language="de")
        with pytest.raises(Invalid, match="already"):
            versions.make(task=tall, language="de")
    assert (texts(both), both.settings["language"], both.settings["aspect_ratio"]) == (texts(german), "de", "9:16")
    content = scripts.current_script(both).content
    assert content["clips"][1]["scene"]["focus"] == {"x": 0.2, "y": 0.5}
    assert "focus" not in scripts.current_script(german).content["clips"][1]["scene"]
    assert (versions.in_shape(film, "9:16"), versions.in_shape(german, "9:16")) == (tall, both)
    assert versions.in_shape(german, "1:1") is None
