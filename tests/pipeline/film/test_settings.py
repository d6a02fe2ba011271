from __future__ import annotations

from typing import Any

import pytest

from pipeline.film.settings import (
    MAX_PROMPT_CHARS,
    RATIOS,
    RESOLUTIONS,
    TaskSettings,
    check_prompt,
    duration_in,
    frame_size,
    parse_settings,
)
from pixora.foundation.errors import Invalid


@pytest.mark.parametrize(
    ("ratio", "resolution", "size"),
    [
        ("16:9", "720p", (1280, 720)),
        ("9:16", "720p", (720, 1280)),
        ("1:1", "720p", (720, 720)),
        ("4:3", "720p", (960, 720)),
        ("3:4", "720p", (720, 960)),
        ("16:9", "1080p", (1920, 1080)),
        ("3:4", "1080p", (1080, 1440)),
        ("16:9", "72p", (128, 72)),
    ],
)
def test_a_frame_has_the_short_side_of_its_resolution(ratio: str, resolution: str, size: tuple[int, int]) -> None:
    assert frame_size(ratio, resolution) == size


def test_every_frame_has_even_sides() -> None:
    sizes = [frame_size(ratio, resolution) for ratio in RATIOS for resolution in RESOLUTIONS]
    assert all(side % 2 == 0 for size in sizes for side in size)


@pytest.mark.parametrize(
    ("prompt", "seconds"),
    [
        ("Create a 30-second video about space", 30),
        ("a 10 s ad", 10),
        ("90s, please", 90),
        ("20sec", 20),
        ("2 minutes about tea", 120),
        ("1.5 min", 90),
        ("half a minute", 30),
        ("a half-minute film", 30),
        ("a minute of silence", 60),
        ("thirty seconds of rain", 30),
        ("a forty-five second story", 45),
        ("1 minute 30 seconds", 90),
        ("2 min and 30 s", 150),
        ("30 Sekunden über Kaffee", 30),
        ("制作一个30秒视频", 30),
        ("1分30秒", 90),
        ("7 seconds", 5),
        ("1000 seconds", 300),
        ("a 2 s clip", 5),
        ("a video about the 90s", None),
        ("the 1980s, in 20 seconds", 20),
        ("a second chance", None),
        ("version v1.30 s", None),
        ("a mini dog", None),
        ("space exploration", None),
        ("", None),
    ],
)
def test_the_length_a_prompt_asks_for_is_found(prompt: str, seconds: int | None) -> None:
    assert duration_in(prompt) == seconds


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"aspect_ratio": "2:1"}, "aspect_ratio: must be '16:9', '9:16', '1:1', '4:3' or '3:4', not \"2:1\"."),
        ({"duration": 7}, "duration: must be a multiple of 5 from 5 to 300 seconds (got '7')."),
        ({"duration": 305}, "duration: must be a multiple of 5 from 5 to 300 seconds (got '305')."),
        ({"duration": None}, "duration: must be a whole number, not null."),
        ({"duration": "long"}, 'duration: must be a whole number, not "long".'),
        ({"resolution": "4k"}, "resolution: must be '720p', '1080p' or '72p', not \"4k\"."),
        ({"voice": "Bob"}, "voice: must be one of Rachel, Aria"),
        ({"style": "x" * 81}, "style: at most 80 characters, this has 81."),
        ({"style": " \x00 "}, "style: must not be empty"),
        ({"seed": -1}, "seed: must be at least 0, not -1."),
        ({"character_consistency": "perhaps"}, 'character_consistency: must be true or false, not "perhaps".'),
        ({"colour": "red"}, "colour: is unknown here; remove it."),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(values: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse_settings(values)
    assert caught.value.message.startswith(message)
    assert caught.value.field == next(iter(values))


def test_settings_have_defaults() -> None:
    assert parse_settings({}) == TaskSettings()
    assert (TaskSettings().aspect_ratio, TaskSettings().duration, TaskSettings().voice) == ("16:9", 30, "Rachel")


def test_names_of_voices_and_styles_are_tidied() -> None:
    settings = parse_settings({"voice": "rachel", "style": " noir\x00 "})
    assert (settings.voice, settings.style) == ("Rachel", "noir")


def test_a_prompt_loses_what_cannot_be_stored() -> None:
    assert check_prompt("  a\x00 fox \n") == "a fox"


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [("", "it is empty"), (" \x00\n", "it is empty"), ("x" * (MAX_PROMPT_CHARS + 1), "this has 8001")],
)
def test_an_empty_or_endless_prompt_is_refused(prompt: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        check_prompt(prompt)
