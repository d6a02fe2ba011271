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
    ("component", "take", "suffix", "name"),
    [
        ("scene/2", 1, ".png", "f/scene2/image.png"),
        ("scene/2", 3, ".png", "f/scene2/image_t3.png"),
        ("audio/2", 1, ".mp3", "f/scene2/audio.mp3"),
        ("video/2", 1, ".mp4", "f/scene2/video.mp4"),
        ("character/mia", 1, ".png", "f/characters/mia.png"),
        ("music/1_2_3", 1, ".mp3", "f/music/clip_1_2_3.mp3"),
        ("fullvideo", 1, ".mp4", "f/fullvideo.mp4"),
        ("captions", 2, ".srt", "f/captions_t2.srt"),
        ("segment/4", 1, ".mp4", "f/render/segment_4.mp4"),
        ("soundtrack", 1, ".m4a", "f/render/soundtrack.m4a"),
        ("reference/picture", 1, ".png", "f/reference/picture.png"),
    ],
)
def test_each_component_has_its_place(component: str, take: int, suffix: str, name: str) -> None:
    assert take_name("f", component, take, suffix) == name


def test_the_name_of_a_very_long_group_stays_within_what_file_systems_take() -> None:
    groups = ["_".join(str(1000 + n) for n in range(60)), "_".join(str(1000 + n) for n in range(59))]
    names = {take_name("f", f"music/{group}", 1, ".mp3").rsplit("/", 1)[1] for group in groups}
    assert len(names) == 2
    assert all(len(name) < 255 and name.startswith("clip_1000_1001") for name in names)


def test_the_script_has_one_name() -> None:
    assert script_name("f") == "f/script.json"
