"""The bench of the agent reads files of sentences in any of their forms, and judges what came of each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.bench.agent import other_forms
from tests.bench.agent.judging import judged
from tests.bench.agent.sentences import OWN, Case, cases_in
from tests.chat.films import SPACE

SCRIPT = SPACE.model_dump(mode="json")


def of(**told: Any) -> Case:
    return Case(**{"state": "scripted", "outcome": "done", **told})


def seen(after: dict[str, Any], answer: str = "Done.") -> dict[str, Any]:
    state = {"settings": {"music": True}, "title": "", "script": SCRIPT, "versions": 1, "runs": {}, "offers": {}}
    return {"before": state, "after": {**state, **after}, "answer": answer, "buttons": [], "first_words_s": 0.1}


def test_calls_and_fields_are_told_as_what_must_come_of_them() -> None:
    calls = [{"tool": "edit_scene", "args": {"scene": 2}, "has": {"image_prompt": "night"}}]
    calls += [{"tool": "arrange_scenes", "args": {"order": [6, 1]}}, {"tool": "film_status"}]
    (told,) = other_forms.sentences({"scripted": {"cases": [{"said": "night", "calls": calls}]}})
    assert told["changes"] == ["scenes.2.image_prompt~night", "scenes.order=7,1"]
    (told,) = other_forms.sentences({"sentence": [{"said": "a", "changes": ["scene 1 title", "writing"], "told": ""}]})
    assert (told["changes"], told["outcome"]) == (["scenes.1.title", "new_script"], "done")


def test_all_files_are_read_and_speak_of_films_that_there_are() -> None:
    found = Counter((case.film, case.state) for path in OWN for case in cases_in(path))
    assert {film for film, _ in found} == {"lighthouse", "space", "dog"}
    assert sum(found.values()) > 700


def test_a_wish_without_a_value_is_met_by_a_change_alone() -> None:
    wish = of(said="no music", changes=("settings.music",))
    assert judged(wish, seen({"settings": {"music": False}})).kind == "done"
    assert judged(wish, seen({}, "I did not get that.")).kind == "missed"
    assert judged(wish, seen({"title": "Other"})).kind == "misfired"
