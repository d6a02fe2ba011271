"""What is wished for while a script is being written: it holds for the finished script, or it is refused at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from pipeline.film import word_swaps
from pipeline.models import Run, RunStatus, Script, Task
from pipeline.services import films, quotes, script_versions, scripts, takes, writing
from pixora.foundation.errors import Conflict
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive

FIRST: dict[str, Any] = {"scene_index": 1, "changes": {"title": "Another"}}


@pytest.fixture
def meanwhile(studio: Studio) -> Callable[[Callable[[], object]], None]:
    """Has something done once, while the writer is at work."""

    def arrange(act: Callable[[], object]) -> None:
        async def hold(label: str) -> None:
            if label == "script":
                studio.hold = None
                await asyncio.to_thread(_apart, act)

        studio.hold = hold

    return arrange


def _apart(act: Callable[[], object]) -> None:
    try:
        act()
    finally:
        connection.close()


def change(task: Task, **changes: Any) -> None:
    scripts.update_settings(task=task, changes=changes)


def as_it_is(task: Task) -> tuple[Task, Script]:
    return Task.objects.get(id=task.id), task.scripts.latest("version")


def agree(task: Task) -> bool:
    found, script = as_it_is(task)
    return script_versions.agreeing(found.settings, script.content) == found.settings and found.title == script.title


Meanwhile = Callable[[Callable[[], object]], None]


def test_settings_changed_while_it_is_written_win_over_the_writers(
    scripted: Task, drive: Drive, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: change(scripted, aspect_ratio="9:16", voice="George", captions="off"))
    drive(films.write_script(task=scripted, instructions="funnier"))
    found, script = as_it_is(scripted)
    assert (script.content["aspect_ratio"], script.content["voice"]) == ("9:16", "George")
    assert (found.settings["aspect_ratio"], found.settings["captions"]) == ("9:16", "off")
    assert agree(scripted)


def test_they_hold_for_the_first_script_too(task: Task, studio: Studio, drive: Drive, meanwhile: Meanwhile) -> None:
    meanwhile(lambda: change(task, aspect_ratio="9:16"))
    drive(films.write_script(task=task))
    assert as_it_is(task)[1].content["aspect_ratio"] == "9:16"
    assert agree(task)


def test_another_language_has_it_written_once_more(
    scripted: Task, studio: Studio, drive: Drive, meanwhile: Meanwhile
) -> None:
    meanwhile(lambda: change(scripted, language="de"))
    drive(films.write_script(task=scripted, instructions="funnier"))
    found, script = as_it_is(scripted)
    assert (found.settings["language"], script.content["language"]) == ("de", "en")
    drive(scripted.runs.get(status=RunStatus.QUEUED))
    assert as_it_is(scripted)[1].content["language"] == "de"
    assert as_it_is(scripted)[1].instructions == "funnier"
    assert agree(scripted)


def test_a_length_that_a_failed_writing_would_have_brought_is_not_claimed(
    scripted: Task, studio: Studio, drive: Drive
) -> None:
    studio.always["script"] = lasting_fault()
    change(scripted, duration=45)
    assert Task.objects.get().settings["duration"] == 45
    assert drive(scripted.runs.get(status=RunStatus.QUEUED)).status == RunStatus.FAILED
    assert agree(scripted)
    assert Task.objects.get().status != "failed", "the film is as it was"


def test_another_length_has_the_script_written_anew(scripted: Task, studio: Studio, drive: Drive) -> None:
    change(scripted, duration=30)
    run = scripted.runs.get(status=RunStatus.QUEUED)
    assert run.forced == {"script": ""}
    drive(run)
    assert agree(scripted), "the double writes 15 seconds whatever it is asked for"


@pytest.mark.parametrize(
    "act",
    [
        lambda task: scripts.revise_scene(task=task, version=1, **FIRST),
        lambda task: scripts.restore_version(task=task, version=1),
        lambda task: takes.select_take(task=task, component="scene/1", take=1),
        lambda task: quotes.use(task=task, quote_id=quotes.quote(task=task).id),
    ],
    ids=["edit", "restore", "select", "approve"],
)
def test_what_the_finished_script_would_replace_is_refused(scripted: Task, act: Callable[[Task], object]) -> None:
    films.write_script(task=scripted)
    with pytest.raises(Conflict) as refused:
        act(scripted)
    assert refused.value.code == "run_active"
    assert scripted.scripts.count() == 1


def test_a_writing_that_was_called_off_lands_no_more(scripted: Task, drive: Drive, meanwhile: Meanwhile) -> None:
    run = films.write_script(task=scripted, instructions="funnier")
    meanwhile(lambda: films.cancel_writing(task=scripted, run_id=run.id))
    drive(run)
    assert run.status == RunStatus.CANCELLED
    assert scripted.scripts.count() == 1
    assert Task.objects.get().status == "scripted"
    assert not writing.under_way(scripted).exists()


def test_a_title_that_was_given_stays(scripted: Task, drive: Drive, meanwhile: Meanwhile) -> None:
    meanwhile(lambda: scripts.rename(task=scripted, title="Biscuit at the beach"))
    drive(films.write_script(task=scripted, instructions="funnier"))
    assert Task.objects.get().title == "Biscuit at the beach"
    drive(films.write_script(task=scripted, instructions="shorter sentences"))
    assert Task.objects.get().title == "Biscuit at the beach"


def test_going_back_brings_the_title_and_the_settings_of_the_version(scripted: Task, drive: Drive) -> None:
    before = Task.objects.get()
    change(scripted, aspect_ratio="9:16")
    scripts.rename(task=scripted, title="Another title")
    scripts.restore_version(task=scripted, version=1)
    found, script = as_it_is(scripted)
    assert (found.title, found.settings) == (before.title, before.settings)
    assert (script.reason, script.title) == ("Back to version 1", before.title)
    assert agree(scripted)


def test_a_script_sent_in_another_shape_changes_the_settings_with_it(scripted: Task) -> None:
    content = {**scripted.scripts.get().content, "aspect_ratio": "1:1", "style": "noir"}
    scripts.revise_script(task=scripted, version=1, content=content)
    assert Task.objects.get().settings["aspect_ratio"] == "1:1"
    assert agree(scripted)


def test_a_film_whose_settings_say_something_else_is_repaired_by_the_wish(scripted: Task) -> None:
    Task.objects.update(settings={**scripted.settings, "aspect_ratio": "9:16"})
    assert scripts.differs(Task.objects.get(), {"aspect_ratio": "9:16"})
    change(scripted, aspect_ratio="9:16")
    assert as_it_is(scripted)[1].content["aspect_ratio"] == "9:16"
    assert not scripts.differs(Task.objects.get(), {"aspect_ratio": "9:16"})


def test_a_price_is_of_the_film_as_it_is_stored(scripted: Task) -> None:
    before = quotes.quote(task=scripted).credits
    change(scripted, music=False, voice_over=False)
    assert scripted.settings["music"], "a copy from before"
    now = quotes.quote(task=scripted)
    assert now.credits == quotes.price_of(Task.objects.get())["credits"] < before
    assert not [item for item in now.items if item["component"].split("/")[0] in ("music", "audio")]


def test_what_writers_were_told_adds_up() -> None:
    first = script_versions.standing_instructions("funnier", "")
    second = script_versions.standing_instructions("set it in winter", first)
    assert second == f"set it in winter\n{script_versions.EARLIER}funnier"
    assert script_versions.standing_instructions("funnier", second).splitlines()[1:] == [
        f"{script_versions.EARLIER}set it in winter"
    ]
    assert script_versions.standing_instructions("", second) == second


def test_a_run_is_known_by_what_began_it(scripted: Task) -> None:
    run: Run = films.write_script(task=scripted, reason="make\nit   funnier" + "!" * 300)
    assert run.reason.startswith("make it funnier!")
    assert len(run.reason) == 200


def test_a_word_that_was_corrected_is_corrected_in_what_is_written_anew(scripted: Task, drive: Drive) -> None:
    written = as_it_is(scripted)[1]
    assert "says" in _spoken(written)
    content, _ = word_swaps.with_word(written.content, "says", "tells")
    told = word_swaps.told("says", "tells")
    edited = scripts.revise_script(task=scripted, version=written.version, content=content, instructions=told)
    for wish in ("funnier", "sadder"):
        drive(films.write_script(task=scripted, instructions=wish))
        assert ("says" in _spoken(as_it_is(scripted)[1]), "tells" in _spoken(as_it_is(scripted)[1])) == (False, True)
    assert told in as_it_is(scripted)[1].instructions
    scripts.restore_version(task=scripted, version=written.version)
    drive(films.write_script(task=scripted, instructions="funnier"))
    assert edited.version < as_it_is(scripted)[1].version
    assert "says" in _spoken(as_it_is(scripted)[1])


def _spoken(script: Script) -> str:
    return " ".join(clip["scene"]["script"] for clip in script.content["clips"])
