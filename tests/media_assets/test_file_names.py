"""Names of saved files: the film's title, whatever somebody has put into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media_assets.file_names import as_file_name, saved_name

TITLE = "A keeper of light"


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("a-keeper_task_1/fullvideo.mp4", "A keeper of light.mp4"),
        ("a-keeper_task_1/fullvideo_t6.mp4", "A keeper of light.mp4"),
        ("a-keeper_task_1/captions_t2.srt", "A keeper of light.srt"),
        ("a-keeper_task_1/poster.jpg", "A keeper of light.jpg"),
        ("a-keeper_task_1/storyboard.jpg", "A keeper of light, storyboard.jpg"),
        ("a-keeper_task_1/scene2/image_t3.png", "A keeper of light, scene2 image_t3.png"),
    ],
)
def test_a_file_is_named_after_its_film(stored: str, name: str) -> None:
    assert saved_name(TITLE, stored) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "film"),
        ("../../etc/passwd", "etc passwd"),
        ('Who? Me: "yes" | <no>', "Who Me yes no"),
        ("gpj\u202e.exe\r\nSet-Cookie: a=b", "gpj .exe Set-Cookie a=b"),
        ("Bäckerei Müller 🥨 " + "ü" * 200, ("Bäckerei Müller 🥨 " + "ü" * 200)[:100]),
        (" . hidden. ", "hidden"),
    ],
)
def test_what_no_name_may_hold_is_left_out(title: str, name: str) -> None:
    assert as_file_name(title) == name


@given(st.text())
def test_any_title_gives_a_name_that_every_file_system_takes(title: str) -> None:
    name = as_file_name(title)
    assert name.strip(". ") == name != ""
    assert len(name.encode()) <= 200
    assert name.isprintable()
    assert not set(name) & set('\\/:*?"<>|')


@pytest.mark.parametrize("title", ["CON", "nul", "Aux.", "com1", "LPT9", "prn .the film", "COM²"])
def test_a_title_that_windows_takes_for_a_device_is_a_name_all_the_same(title: str) -> None:
    assert as_file_name(title) == f"film {title.strip('.')}"


@pytest.mark.parametrize("title", ["Contact", "COM10", "Nullarbor", "console"])
def test_a_title_that_only_begins_like_a_device_stays(title: str) -> None:
    assert as_file_name(title) == title
