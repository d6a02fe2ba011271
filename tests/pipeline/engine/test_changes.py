"""Changing a film that exists: edits, other takes, new takes, and what each of them costs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from media_assets.models import Asset
from media_assets.paths import script_name, task_folder
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.events import history
from pipeline.film import script_edits
from pipeline.models import Run, RunStatus, StepStatus, Task
from pipeline.planning import film_plan
from pipeline.planning.plan import Action, make_plan
from pipeline.services import films, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason
from pixora.foundation.errors import Conflict, Invalid, NotFound, ScriptInvalid
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive


@pytest.fixture
def film(scripted: Task, drive: Drive) -> Task:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    drive(films.start_run(task=scripted))
    return scripted


def made_by(run: Run) -> set[str]:
    return set(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True))


def waiting(task: Task) -> Run:
    return task.runs.get(status=RunStatus.QUEUED)


def selected(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def regenerate(task: Task, component: str, drive: Drive) -> Run:
    found = takes.quote_regeneration(task=task, component=component)
    return drive(quotes.use(task=task, quote_id=found.id))


def test_captions_and_poster_are_those_of_the_cut_while_a_new_scene_waits(film: Task, drive: Drive) -> None:
    """The film cannot be cut while a scene has no clip, so nobody is told that it is, and what is shown stays."""
    shown = {key: selected(film, key).id for key in ("fullvideo", "captions", "poster", "storyboard")}
    content = scripts.current_script(film).content
    new = {**content["clips"][0]["scene"], "id": 99, "image_prompt": "Rain on a broken bike", "script": "Rain."}
    before = quotes.outlook(film)
    scripts.revise_script(task=film, version=1, content=script_edits.with_scene(content, 0, new))
    film.refresh_from_db()
    moved = script_edits.arranged(scripts.current_script(film).content, [3, 2, 1, *range(4, len(content["clips"]) + 2)])
    scripts.revise_script(task=film, version=2, content=moved)
    assert before.decisions["fullvideo"].action is Action.KEEP
    assert quotes.outlook(film).decisions["fullvideo"].action is Action.LEAVE
    for run in film.runs.filter(status=RunStatus.QUEUED):
        drive(run)
    assert {key: selected(film, key).id for key in shown} == shown


def test_an_edited_transition_recuts_the_film_by_itself(film: Task, drive: Drive) -> None:
    before = selected(film, "fullvideo")
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"transition": "wipe_left"})
    run = drive(waiting(film))
    assert made_by(run) == {"transition/2", "fullvideo"}
    assert selected(film, "fullvideo").content_hash != before.content_hash
    assert film.videos.count() == 2
    assert film.videos.last().script_version == 2  # type: ignore[union-attr]


def test_an_edited_picture_waits_for_a_yes(film: Task, drive: Drive) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"image_prompt": "Another picture"})
    assert not film.runs.filter(status=RunStatus.QUEUED).exists()
    found = quotes.quote(task=film)
    assert [item["component"] for item in found.items] == ["scene/2", "video/2"]
    run = drive(quotes.use(task=film, quote_id=found.id))
    assert made_by(run) == {
        "scene/2",
        "video/2",
        "segment/2",
        "transition/2",
        "transition/3",
        "fullvideo",
        "storyboard",
    }
    assert ledger.account(film.user).balance == 1_000 - 14


@pytest.mark.parametrize(
    "change",
    [
        lambda film: scripts.revise_scene(task=film, version=1, scene_index=1, changes={"script": "Other words."}),
        lambda film: scripts.revise_scene(task=film, version=1, scene_index=1, changes={"duration": 10}),
        lambda film: scripts.update_settings(task=film, changes={"aspect_ratio": "9:16"}),
        lambda film: scripts.update_settings(task=film, changes={"language": "de", "voice": "George"}),
    ],
)
def test_what_needs_paid_pieces_leaves_the_film_until_a_yes(
    film: Task, drive: Drive, change: Callable[[Task], object]
) -> None:
    before = {key: selected(film, key).id for key in ("fullvideo", "captions", "soundtrack", "segment/1", "poster")}
    change(film)
    assert quotes.quote(task=film).credits
    assert not film.runs.filter(status=RunStatus.QUEUED).exists()
    drive(films.start_run(task=film, approved=()))
    assert {key: selected(film, key).id for key in before} == before, "whatever run is free"
    drive(quotes.use(task=film, quote_id=quotes.quote(task=film).id))
    assert selected(film, "fullvideo").id != before["fullvideo"]
    assert not quotes.quote(task=film).credits


@pytest.mark.parametrize(
    "change",
    [
        lambda film, version: scripts.revise_scene(
            task=film, version=version, scene_index=3, changes={"transition": "wipe_left"}
        ),
        lambda film, version: scripts.update_settings(task=film, changes={"music_level_db": -20.0}),
        lambda film, version: scripts.update_settings(task=film, changes={"captions": "off"}),
        lambda film, version: scripts.rename(task=film, title="Another"),
    ],
)
def test_a_free_change_is_cut_in_at_once_where_it_touches_nothing_that_waits(
    film: Task, drive: Drive, change: Callable[[Task, int], object]
) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=1, changes={"image_prompt": "Another picture"})
    first = selected(film, "fullvideo").id
    change(film, 2)
    assert drive(waiting(film)).status == RunStatus.SUCCEEDED
    assert selected(film, "fullvideo").id != first
    assert [item["component"] for item in quotes.quote(task=film).items] == ["scene/1", "video/1"]


def test_a_free_change_during_a_run_is_cut_in_after_it(scripted: Task, studio: Studio, drive: Drive) -> None:
    def change() -> None:
        scripts.update_settings(task=scripted, changes={"music_level_db": -20.0})
        connection.close()

    async def change_meanwhile(label: str) -> None:
        if label.startswith("music"):
            await asyncio.to_thread(change)

    studio.hold = change_meanwhile
    drive(films.start_run(task=scripted))
    first = selected(scripted, "fullvideo").id
    assert "soundtrack" in made_by(drive(waiting(scripted)))
    assert selected(scripted, "fullvideo").id != first
    assert not scripted.runs.filter(status=RunStatus.QUEUED).exists()


def test_the_neighbours_words_are_told_to_a_voice_but_do_not_make_it_stale(
    film: Task, studio: Studio, drive: Drive
) -> None:
    said = [each.script for each in studio.script.scenes]
    told = {each.text: (each.previous_text, each.next_text) for each in studio.spoken}
    assert told == {said[0]: ("", said[1]), said[1]: (said[0], said[2]), said[2]: (said[1], "")}
    studio.spoken.clear()
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"script": "Something else."})
    drive(quotes.use(task=film, quote_id=quotes.quote(task=film).id))
    assert [each.text for each in studio.spoken] == ["Something else."]


def test_a_clip_does_not_wait_for_a_picture_that_alone_is_made_anew(film: Task, drive: Drive) -> None:
    film.refresh_from_db()
    seen = film.last_seq
    run = regenerate(film, "scene/2", drive)
    assert made_by(run) >= {"scene/2", "storyboard"}
    told = [event.payload for event in history.page(film.id, after=seen) if event.type == "component_updated"]
    assert [(each["status"], each["stale"]) for each in told if each["component"] == "video/2"] == [("ready", True)]


def test_a_setting_that_costs_nothing_recuts_the_film_by_itself(film: Task, drive: Drive) -> None:
    scripts.update_settings(task=film, changes={"captions": "off"})
    drive(waiting(film))
    assert film.scripts.count() == 1
    assert film.videos.count() == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda film: scripts.update_settings(task=film, changes={"captions": "off"}), "Cut again without captions."),
        (lambda film: scripts.rename(task=film, title="Another"), "Cut again with the new title."),
        (lambda film: scripts.update_settings(task=film, changes={"music_level_db": -20.0}), "with the changed sound."),
    ],
)
def test_it_is_said_truly_why_a_film_was_cut_again(
    film: Task, drive: Drive, change: Callable[[Task], object], sentence: str
) -> None:
    change(film)
    drive(waiting(film))
    assert film.events.filter(type="video_complete").latest("seq").payload["content"].endswith(sentence)


def test_a_cut_is_told_of_once_also_where_a_second_run_was_to_make_it(film: Task, drive: Drive) -> None:
    """A change during a cut asks for another run, as nobody knows yet that the one at work will have done it."""
    scripts.update_settings(task=film, changes={"music_level_db": -20.0})
    drive(waiting(film))
    told = film.events.filter(type="video_complete").count()
    assert drive(films.start_run(task=film, approved=())).status == RunStatus.SUCCEEDED
    assert film.events.filter(type="video_complete").count() == told


def test_followers_are_told_what_an_edit_makes_stale_and_fresh_again(film: Task) -> None:
    for prompt, stale in (("Another picture", True), ("Picture 2", False)):
        version = film.scripts.latest("version").version
        scripts.revise_scene(task=film, version=version, scene_index=2, changes={"image_prompt": prompt})
        told = film.events.filter(type="component_updated").latest("seq").payload
        assert (told["component"], told["status"], told["stale"]) == ("scene/2", "ready", stale)


def test_settings_of_both_kinds_make_stale_what_either_touches(film: Task) -> None:
    film.refresh_from_db()
    seen = film.last_seq
    scripts.update_settings(task=film, changes={"voice": "George", "resolution": "720p"})
    told = [each.payload for each in history.page(film.id, after=seen) if each.type == "component_updated"]
    expected = {f"{kind}/{number}" for kind in ("scene", "audio", "video") for number in (1, 2, 3)}
    assert {each["component"] for each in told if each["stale"]} == expected


@pytest.mark.parametrize("is_made", [False, True])
def test_an_edit_plans_the_film_at_most_twice(
    scripted: Task, drive: Drive, is_made: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_made:
        drive(films.start_run(task=scripted))
    plan = Mock(wraps=make_plan)
    monkeypatch.setattr(film_plan, "make_plan", plan)
    scripts.revise_scene(task=scripted, version=1, scene_index=2, changes={"script": "Something else."})
    assert plan.call_count == 1 + is_made


def test_edits_that_change_no_price_keep_the_quote(film: Task) -> None:
    told = []
    for version, words in enumerate(("Some words.", "Some other words.", "This is what scene 2 says."), start=1):
        scripts.revise_scene(task=film, version=version, scene_index=2, changes={"script": words})
        told.append(film.events.filter(type="script_updated").latest("seq").payload["quote"])
    assert [each["version"] for each in told] == [2, 3, 4]
    assert [each["credits"] for each in told] == [2, 2, 0]
    assert told[0]["quote_id"] == told[1]["quote_id"] != told[2]["quote_id"]
    assert told[0]["expires_at"] < told[1]["expires_at"]


def test_a_quote_that_was_used_is_not_told_again(film: Task) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"script": "Some words."})
    used = film.quotes.latest("created_at")
    quotes.use(task=film, quote_id=used.id)
    scripts.revise_scene(task=film, version=2, scene_index=2, changes={"script": "Some other words."})
    assert film.events.filter(type="script_updated").latest("seq").payload["quote"]["quote_id"] != used.id


def test_an_old_version_is_refused_with_the_current_one(film: Task) -> None:
    scripts.revise_scene(task=film, version=1, scene_index=1, changes={"title": "Another"})
    with pytest.raises(Conflict) as refused:
        scripts.revise_scene(task=film, version=1, scene_index=1, changes={"title": "A third"})
    assert refused.value.details["version"] == 2
    assert film.scripts.count() == 2


@pytest.mark.parametrize(
    ("changes", "error"),
    [({"duration": 2}, ScriptInvalid), ({"id": 9}, Invalid), ({"transition": "spin"}, ScriptInvalid)],
)
def test_an_edit_that_breaks_a_rule_changes_nothing(
    film: Task, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        scripts.revise_scene(task=film, version=1, scene_index=1, changes=changes)
    assert film.scripts.count() == 1


def test_an_edit_is_undone_for_nothing(film: Task, drive: Drive) -> None:
    first = selected(film, "fullvideo")
    scripts.revise_scene(task=film, version=1, scene_index=2, changes={"transition": "wipe_left"})
    drive(waiting(film))
    scripts.restore_version(task=film, version=1)
    run = drive(waiting(film))
    assert made_by(run) == set()
    assert selected(film, "fullvideo") == first


def test_choosing_an_old_take_chooses_again_all_that_was_made_from_it(film: Task, drive: Drive) -> None:
    first = {key: selected(film, key).id for key in ("scene/1", "video/1", "segment/1", "fullvideo")}
    regenerate(film, "scene/1", drive)
    drive(quotes.use(task=film, quote_id=quotes.quote(task=film).id))
    assert {selected(film, key).take for key in ("scene/1", "video/1", "segment/1", "fullvideo")} >= {2}
    balance = ledger.account(film.user).balance
    run = takes.select_take(task=film, component="scene/1", take=1)
    assert run
    assert made_by(drive(run)) == set()
    assert {key: selected(film, key).id for key in first} == first
    assert ledger.account(film.user).balance == balance
    assert quotes.quote(task=film).credits == 0


def test_a_chosen_take_stays_chosen(film: Task, drive: Drive) -> None:
    regenerate(film, "video/1", drive)
    run = takes.select_take(task=film, component="video/1", take=1)
    assert run
    drive(run)
    drive(films.start_run(task=film))
    assert selected(film, "video/1").take == 1


def test_a_choice_made_during_a_run_is_carried_out_after_it(film: Task, studio: Studio, drive: Drive) -> None:
    regenerate(film, "video/1", drive)
    found = takes.quote_regeneration(task=film, component="scene/2")
    run = quotes.use(task=film, quote_id=found.id)

    async def choose_meanwhile(label: str) -> None:
        if label.startswith("scene"):
            await asyncio.to_thread(_choose, film)

    studio.hold = choose_meanwhile
    drive(run)
    assert selected(film, "video/1").take == 2, "the run was not disturbed"
    drive(waiting(film))
    assert selected(film, "video/1").take == 1


def _choose(film: Task) -> None:
    takes.select_take(task=film, component="video/1", take=1)
    connection.close()


@pytest.mark.parametrize(("component", "take"), [("video/9", 1), ("video/1", 9), ("nonsense", 1), ("", 1)])
def test_what_does_not_exist_cannot_be_chosen(film: Task, component: str, take: int) -> None:
    with pytest.raises(NotFound):
        takes.select_take(task=film, component=component, take=take)


def test_settings_that_the_script_carries_make_a_new_version(film: Task) -> None:
    said = "A fox, Cinematic film still, rich contrast, shallow depth of field"
    scripts.revise_scene(task=film, version=1, scene_index=1, changes={"image_prompt": said})
    scripts.update_settings(task=film, changes={"style": "noir"})
    content = scripts.current_script(film).content
    assert content["style"] == "noir"
    shown = content["clips"][0]["scene"]["image_prompt"]
    assert shown == "A fox, film noir, black and white, hard light and deep shadows"
    stale = {item["component"] for item in quotes.quote(task=film).items}
    assert stale == {f"{kind}/{n}" for kind in ("scene", "video") for n in (1, 2, 3)}


def test_a_setting_that_cannot_be_is_refused(film: Task) -> None:
    with pytest.raises(Invalid, match="aspect_ratio"):
        scripts.update_settings(task=film, changes={"aspect_ratio": "2:1"})
    with pytest.raises(Invalid, match="seed"):
        scripts.update_settings(task=film, changes={"seed": 3})
    with pytest.raises(Invalid, match=r"^clip_sounds: cannot"):
        scripts.update_settings(task=film, changes={"clip_sounds": [*range(100_000)]})


def test_a_script_is_written_anew_as_its_next_version(film: Task, drive: Drive, studio: Studio) -> None:
    run = films.write_script(task=film, instructions="funnier")
    assert drive(run).status == RunStatus.SUCCEEDED
    assert scripts.current_script(film).version == 2
    assert studio.calls["script"] == 2


def test_a_run_of_an_older_script_leaves_the_newest_in_its_place(film: Task, drive: Drive) -> None:
    run = films.start_run(task=film)
    Run.objects.filter(id=run.id).update(script_version=1)
    scripts.revise_scene(task=film, version=1, scene_index=1, changes={"title": "Another"})
    drive(run)
    with default_storage.open(script_name(task_folder(film.prompt, film.id))) as stored:
        assert json.load(stored)["clips"][0]["scene"]["title"] == "Another"


def test_the_films_sound_so_far_is_at_hand_when_it_is_made_again(
    film: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    mixing = "pipeline.steps.soundtrack.mix_soundtrack"

    async def watched(*args: Any, **kwargs: Any) -> Any:
        seen.append(kwargs["earlier"] and kwargs["earlier"].read_bytes())
        return await mix_soundtrack(*args, **kwargs)

    monkeypatch.setattr(mixing, watched)
    with default_storage.open(selected(film, "soundtrack").storage_path) as stored:
        before = stored.read()
    scripts.update_settings(task=film, changes={"music_level_db": -20.0})
    drive(waiting(film))
    default_storage.delete(selected(film, "soundtrack").storage_path)
    scripts.update_settings(task=film, changes={"music_level_db": -10.0})
    monkeypatch.setattr(mixing, mix_soundtrack)
    assert drive(waiting(film)).status == RunStatus.SUCCEEDED, "where it is gone, without it"
    assert seen == [before]
