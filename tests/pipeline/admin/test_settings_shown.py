from __future__ import annotations

import re
from typing import Any

import pytest

from pipeline.admin.settings_shown import CAPTIONS, SHAPES, Shown, shown_settings
from pipeline.film.settings import TaskSettings
from pipeline.models import TaskStatus
from pixora.embedded.paths import CHECKOUT
from tests.pipeline.scripts import script

TALL = {"width": 406, "height": 720, "duration_ms": 15_200}
WIDE = {"width": 1280, "height": 720, "duration_ms": 15_200}


def shown(settings: dict[str, Any], file: dict[str, Any] | None = None, **of_script: Any) -> dict[str, Shown]:
    found = shown_settings(TaskSettings(duration=15, **settings), script(**of_script), file or {})
    return {each.label: each for each in found}


def test_settings_are_shown_in_the_studios_words() -> None:
    found = shown({"captions": "boxed", "music_level_db": -6.0, "language": "es"}, WIDE, language="es")
    assert {label: each.value for label, each in found.items()} == {
        "Shape": "Wide 16:9",
        "Length": "0:15 asked for, 0:15 in the script, 0:15 in the file",
        "Resolution": "720p",
        "Style": "cinematic",
        "Language": "Spanish",
        "Voice": "Rachel",
        "Captions": "Burned in, in a box",
        "Music": "On, 6 dB quieter than usual",
    }
    assert not any(each.trouble for each in found.values())


def test_a_length_that_was_left_open_was_not_asked_for() -> None:
    assert shown({"length_is_open": True}, WIDE)["Length"].value == (
        "As long as its words, 0:15 in the script, 0:15 in the file"
    )


def test_before_there_is_a_script_the_settings_count() -> None:
    found = shown_settings(TaskSettings(aspect_ratio="9:16", voice_over=False, music=False), None, {})
    values = {each.label: each.value for each in found}
    assert values["Shape"] == "Tall 9:16"
    assert values["Voice"] == values["Music"] == "Off"


@pytest.mark.parametrize(
    ("label", "settings", "file", "of_script", "trouble"),
    [
        ("Shape", {"aspect_ratio": "9:16"}, WIDE, {}, "settings: Tall 9:16, script: Wide 16:9, file: Wide 16:9"),
        ("Shape", {"aspect_ratio": "9:16"}, TALL, {"aspect_ratio": "9:16"}, ""),
        ("Language", {"language": "de"}, WIDE, {}, "settings: German, script: English"),
        ("Voice", {"voice": "Lily"}, WIDE, {}, "settings: Lily, script: Rachel"),
        ("Resolution", {"resolution": "1080p"}, WIDE, {}, "settings: 1080p, file: 720p"),
    ],
)
def test_where_settings_script_and_file_disagree_it_is_said(
    label: str, settings: dict[str, Any], file: dict[str, Any], of_script: dict[str, Any], trouble: str
) -> None:
    assert shown(settings, file, **of_script)[label].trouble == trouble


def studio_words(module: str, name: str) -> dict[str, str]:
    """Return what a table of the studio's maps, read from its source."""
    source = (CHECKOUT / "chat/static/studio" / module).read_text()
    [table] = re.findall(rf"const {name} = \{{(.+?)\}};", source, re.DOTALL)
    return {key.strip('"'): word for key, word in re.findall(r'("?[\w:]+"?): "([^"]+)"', table)}


def test_studio_and_back_office_have_one_vocabulary() -> None:
    assert studio_words("parts/choices.js", "RATIO_NAMES") == SHAPES
    assert studio_words("parts/choices.js", "CAPTION_NAMES") == CAPTIONS
    assert studio_words("films/film_card.js", "STATUS") == dict(TaskStatus.choices)
