"""What the agent says in the chat of a film with versions."""

from __future__ import annotations

import pytest

from pipeline.models import Carrying, Run, Task
from pipeline.queries import overview
from pipeline.services import family, scripts, translations, versions
from pipeline.services.translations import Given
from tests.chat.test_agent import answer, task  # noqa: F401 (a fixture)

GERMAN = Given("1;Eins sagt dies.\n2;Zwei sagt dies.\n3;Drei sagt dies.")


def german_of(film: Task) -> Task:
    made = translations.make_language(task=film, language="de", given=GERMAN)
    made.runs.all().delete()
    return made


def test_the_price_of_an_edit_says_who_gets_it(task: Task) -> None:  # noqa: F811
    cut = versions.make_cut(task=task, scenes=[1, 2])
    cut.runs.all().delete()
    task.refresh_from_db()
    family.decide(task, carrying=Carrying.ALL)
    said = answer(task, "make scene 2 darker").content
    assert "The other version (“A film about a thing”) gets it too, for nothing." in said


def test_a_translation_is_made_again_where_its_source_was_changed(
    task: Task,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    german = german_of(task)
    assert answer(german, "translate it again").content == "Every scene is translated from the newest text already."
    scripts.revise_scene(task=task, version=1, scene_index=2, changes={"script": "Quite other words."})
    assert "no language model is set up" in answer(german, "translate it again").content
    assert not Run.objects.filter(task=german).exists()
    monkeypatch.setattr(translations, "can_translate", lambda: True)
    said = answer(german, "translate it again").content
    assert said == "I am translating scene 2 again; the price of the new voices follows."
    assert Run.objects.get(task=german).forced.keys() == {"script"}
    assert answer(german, "translate it again").content.startswith("I am writing it like that already")
    assert answer(task, "retranslate it").content.startswith("This film is no translation of another one.")


def test_a_title_that_was_changed_is_translated_alone_for_nothing(
    task: Task,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    german = german_of(task)
    scripts.revise_scene(task=task, version=1, scene_index=2, changes={"title": "The harbour at night"})
    monkeypatch.setattr(translations, "can_translate", lambda: True)
    said = answer(german, "translate it again").content
    assert said == "I am translating only the title again: scene 2. That costs nothing."
    assert Run.objects.get(task=german).forced.keys() == {"script"}


def test_a_cut_is_told_with_the_seconds_of_its_scenes(task: Task) -> None:  # noqa: F811
    scripts.revise_scene(task=task, version=1, scene_index=3, changes={"duration": 7})
    said = answer(task, "make me a 15 second cut").content
    assert "a cut of 12 seconds, of scenes 1 and 3" in said
    cut = Task.objects.get(origin=task)
    assert (cut.settings["duration"], overview.overview(cut).seconds) == (10, 12)
