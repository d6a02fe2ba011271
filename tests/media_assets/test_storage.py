from __future__ import annotations

import pytest

from media_assets.paths import script_name, take_name, task_folder


@pytest.mark.parametrize(
    ("prompt", "folder"),
    [
        ("Create a 30-second video", "create-a-3_task_1"),
        ("Überfälle & Katzen", "uberfalle_task_1"),
        ("../../etc/passwd", "etc_task_1"),
        ("日本の四季", "film_task_1"),
        ("🚀🚀", "film_task_1"),
    ],
)
def test_a_folder_is_named_after_the_prompt_in_ascii(prompt: str, folder: str) -> None:
    assert task_folder(prompt, "task_1") == folder


@pytest.mark.parametrize(
    ("take", "suffix", "name"), [(1, ".png", "f/scene2/image.png"), (3, ".jpg", "f/scene2/image_t3.jpg")]
)
def test_each_take_has_its_own_name(take: int, suffix: str, name: str) -> None:
    assert take_name("f", "scene2/image", take, suffix) == name


def test_the_name_of_a_very_long_group_stays_within_what_file_systems_take() -> None:
    groups = ["_".join(str(1000 + n) for n in range(60)), "_".join(str(1000 + n) for n in range(59))]
    names = {take_name("f", f"music/clip_{group}", 1, ".mp3").rsplit("/", 1)[1] for group in groups}
    assert len(names) == 2
    assert all(len(name) < 255 and name.startswith("clip_1000_1001") for name in names)


def test_the_script_has_one_name() -> None:
    assert script_name("f") == "f/script.json"
