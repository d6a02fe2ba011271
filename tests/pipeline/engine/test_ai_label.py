"""The visible label: over what was generated, in the film's language, whole, and never over a user's own footage."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from media_assets.models import Asset, Upload
from media_assets.storage import local_path
from pipeline.cut.picture import ai_label, caption_file
from pipeline.film.settings import ALL_LANGUAGES
from pipeline.models import Run, Task
from pipeline.services import films, own_material, scripts
from pixora.accounts.models import User
from tests.pipeline import user_files
from tests.pipeline.engine.conftest import Drive


@pytest.fixture
def own_clip(alice: User, tmp_path: Path) -> Upload:
    return user_files.upload(alice, user_files.clip(tmp_path / "me.mp4"))


def brightest_of_corner(task: Task, at: list[int]) -> list[int]:
    """The brightest sample in the upper left eighth of these frames of the film."""
    path = local_path(Asset.objects.get(task=task, component="fullvideo", selected=True).storage_path)
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray(format="gray") for frame in container.decode(video=0)]
    return [int(frames[number][: frames[number].shape[0] // 4, : frames[number].shape[1] // 2].max()) for number in at]


def waiting(task: Task) -> Run:
    """The run that cuts the film anew by itself."""
    found = films.unfinished_run(task=task)
    assert found
    return found


def test_it_stands_over_all_that_was_generated_and_over_no_footage_of_ones_own(
    scripted: Task, own_clip: Upload, drive: Drive
) -> None:
    body, boundary, own = 60, 149, 225
    drive(films.start_run(task=scripted))
    without = brightest_of_corner(scripted, [body, boundary, own])
    before = set(Asset.objects.filter(task=scripted).values_list("id", flat=True))
    scripts.update_settings(task=scripted, changes={"ai_label": True})
    drive(waiting(scripted))
    made = Asset.objects.filter(task=scripted).exclude(id__in=before).values_list("component", flat=True)
    assert {key.partition("/")[0] for key in made} == {"segment", "transition", "fullvideo"}
    labelled = brightest_of_corner(scripted, [body, boundary, own])
    assert min(labelled) > 200 > max(without)
    drive(own_material.add_own(task=scripted, component="video/2", upload=own_clip))
    shown = brightest_of_corner(scripted, [body, boundary, own])
    assert shown[0] > 200 > shown[2]
    scripts.update_settings(task=scripted, changes={"ai_label": False})
    drive(waiting(scripted))
    assert max(brightest_of_corner(scripted, [body, boundary])) < 200


def test_every_language_of_the_union_has_its_own_words_and_any_other_english() -> None:
    union = "bg cs da de el en es et fi fr ga hr hu it lt lv nl pl pt ro sk sl sv".split()  # noqa: SIM905
    assert len({ai_label.words(language) for language in union}) == len(union)
    assert all(ai_label.words(language) for language in ALL_LANGUAGES)
    assert ai_label.words("sw") == "Made with AI"


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (720, 720), (128, 72)])
def test_it_is_placed_within_the_frame_in_every_shape(size: tuple[int, int]) -> None:
    longest = max(map(ai_label.words, ALL_LANGUAGES), key=len)
    written = caption_file.script([], "boxed", size=size, fps=30, label=(longest, 30))
    assert f"PlayResX: {size[0]}" in written
    style = caption_file._label_style(size)
    letters = len(longest) * style.fontsize / caption_file.LINE_HEIGHT * 0.56
    assert style.marginl + letters < size[0], "the longest one fits on a line"
    assert style.marginv >= 1
