"""Edits that are carried from one version of a film into another."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.film.carried_edits import carried
from pipeline.film.script import parse_script
from pipeline.film.script_edits import arranged, edited, with_music
from tests.pipeline.scripts import scene, script


def content(**changes: Any) -> dict[str, Any]:
    return script(3, **changes).model_dump(mode="json")


def spanish() -> dict[str, Any]:
    said = [scene(n, script=f"Esto dice la escena {n}.", title=f"Escena {n}") for n in (1, 2, 3)]
    return script(said, language="es").model_dump(mode="json")


ENGLISH = content()


def scene_of(found: dict[str, Any] | None, place: int) -> dict[str, Any]:
    assert found is not None
    parse_script(found)
    return dict(found["clips"][place - 1]["scene"])


def test_a_picture_is_shared_and_a_narration_stays_in_its_language() -> None:
    now = edited(ENGLISH, 2, {"image_prompt": "A red door", "script": "Look at this door."})
    found = scene_of(carried(ENGLISH, now, spanish()), 2)
    assert (found["image_prompt"], found["script"]) == ("A red door", "Esto dice la escena 2.")


def test_words_are_shared_within_a_language() -> None:
    now = edited(ENGLISH, 2, {"script": "Look at this door."})
    assert scene_of(carried(ENGLISH, now, content(aspect_ratio="9:16")), 2)["script"] == "Look at this door."
    assert carried(ENGLISH, now, spanish()) is None


def test_what_a_version_says_otherwise_and_was_not_edited_stays() -> None:
    own = edited(spanish(), 1, {"image_prompt": "A beach in Spain"})
    now = edited(ENGLISH, 2, {"image_prompt": "A red door"})
    found = carried(ENGLISH, now, own)
    assert scene_of(found, 1)["image_prompt"] == "A beach in Spain"
    assert scene_of(found, 2)["image_prompt"] == "A red door"


def test_a_cut_takes_only_what_is_about_its_scenes() -> None:
    cut = arranged(ENGLISH, [3, 1])
    assert carried(ENGLISH, edited(ENGLISH, 2, {"image_prompt": "A red door"}), cut) is None
    found = carried(ENGLISH, edited(ENGLISH, 1, {"duration": 10}), cut)
    assert scene_of(found, 2)["duration"] == 10
    assert found is not None
    assert found["expected_duration"] == 15


def test_a_cut_gives_its_scenes_to_nobody() -> None:
    cut = arranged(ENGLISH, [3, 1])
    assert carried(cut, arranged(cut, [1]), ENGLISH) is None, "leaving a scene out of a teaser leaves the film whole"
    found = carried(cut, edited(cut, 1, {"image_prompt": "A red door"}), ENGLISH)
    assert scene_of(found, 3)["image_prompt"] == "A red door"


@pytest.mark.parametrize("order", [[2, 1, 3], [1, 3]])
def test_versions_with_the_same_scenes_are_arranged_alike(order: list[int]) -> None:
    found = carried(ENGLISH, arranged(ENGLISH, order), spanish())
    assert found is not None
    assert [clip["scene"]["script"] for clip in found["clips"]] == [f"Esto dice la escena {n}." for n in order]
    assert parse_script(found).music[0].scene_indexes == list(range(1, len(order) + 1))


def test_music_is_shared_by_scenes() -> None:
    now = with_music(ENGLISH, [2], prompt="loud drums")
    found = carried(ENGLISH, now, spanish())
    assert found is not None
    assert [group["prompt"] for group in found["music"]] == ["calm piano", "loud drums", "calm piano"]
    assert carried(ENGLISH, now, arranged(ENGLISH, [3, 1])) is None


def test_a_new_look_goes_everywhere_and_a_voice_where_it_is_understood() -> None:
    now = {**ENGLISH, "style": "noir", "voice": "Adam"}
    assert carried(ENGLISH, now, spanish()) == {**spanish(), "style": "noir"}
    assert carried(ENGLISH, now, content(aspect_ratio="9:16")) == {**now, "aspect_ratio": "9:16"}
