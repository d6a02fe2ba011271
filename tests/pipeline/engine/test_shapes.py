"""A film in another shape: cropped from the pictures that it has, for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from media_assets.models import Asset
from media_assets.probe import probe
from media_assets.storage import local_path
from pipeline.deletion import film_deletion
from pipeline.film.script import parse_script
from pipeline.models import Attempt, Run, RunStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import DERIVED, kind_of
from pipeline.planning.plan import Action
from pipeline.services import films, quotes, scripts, versions
from pipeline.takeaway.archive import Archive
from pixora.accounts import ledger
from pixora.foundation.errors import Conflict
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_takeaway import unpack
from tests.pipeline.takeaway import otio_file

WHOLE = {"fill": "blur", "focus": {"x": 0.1, "y": 0.5}}


@pytest.fixture
def film(scripted: Task, drive: Drive) -> Task:
    drive(films.start_run(task=scripted))
    return scripted


def finish(version: Task, drive: Drive) -> Run:
    run = Run.objects.filter(task=version).latest("created_at")
    return drive(run)


def selected(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def test_a_shape_buys_nothing_and_is_cut_to_the_frame(film: Task, drive: Drive, studio: Studio, tmp_path: Path) -> None:
    asked, balance = studio.calls.total(), ledger.account(film.user)
    version = versions.make(task=film, aspect_ratio="9:16")
    run = finish(version, drive)

    assert (run.status, studio.calls.total(), ledger.account(film.user)) == (RunStatus.SUCCEEDED, asked, balance)
    made = Attempt.objects.filter(step__run=run).values_list("step__component", flat=True)
    assert {kind_of(key) for key in made} <= DERIVED
    assert {"crop/1", "segment/1", "transition/2", "captions", "fullvideo", "poster"} <= set(made)
    assert "soundtrack" not in made
    assert {decision.action for decision in plan_of(version, approved=()).decisions.values()} == {Action.KEEP}

    source, cut = (selected(task, "fullvideo") for task in (film, version))
    shown = probe(local_path(cut.storage_path), expect="video")
    assert (shown.width, shown.height, shown.frames) == (72, 128, source.metadata["frames"])
    for asset in version.assets.filter(component__startswith="segment/", selected=True):
        slot = next(
            each for each in cut.metadata["timeline"]["slots"] if f"segment/{each['scene_id']}" == asset.component
        )
        inner = slot["inner_left"] + slot["inner_right"]
        assert asset.metadata["frames"] == slot["frames"] - slot["transition_frames"] // 2 * inner
    poster = probe(local_path(selected(version, "poster").storage_path), expect="image")
    assert (poster.width, poster.height) == (72, 128)
    editing_programs_get_the_crop(version, tmp_path)


def editing_programs_get_the_crop(version: Task, folder: Path) -> None:
    """Each clip is as high as the frame and wider than it, and its window lies in the frame."""
    unpack(Archive(version), folder)
    timeline = otio_file.opened(folder / "timeline.otio")
    for clip in timeline.tracks[0].find_clips():
        bounds = clip.media_reference.available_image_bounds
        assert (bounds.min.y, bounds.max.y) == pytest.approx((-0.5, 0.5))
        assert bounds.max.x - bounds.min.x == pytest.approx(16 / 9, abs=0.01)
        assert bounds.min.x <= -9 / 32 + 0.001
        assert bounds.max.x >= 9 / 32 - 0.001


def test_a_scene_filmed_anew_in_the_shape_is_the_only_one_with_a_price(film: Task, drive: Drive) -> None:
    version = versions.make(task=film, aspect_ratio="1:1")
    finish(version, drive)
    assert quotes.quote(task=version).credits == 0
    scripts.revise_scene(task=version, version=1, scene_index=2, changes={"fill": "new"})
    assert {item["component"] for item in quotes.quote(task=version).items} == {"scene/2", "video/2"}
    scripts.revise_scene(
        task=version, version=2, scene_index=2, changes={"fill": "blur", "focus": {"x": 0.1, "y": 0.5}}
    )
    assert quotes.quote(task=version).credits == 0
    finish(version, drive)
    assert selected(version, "crop/2").metadata["fill"] == "blur"


def test_the_shape_of_its_pictures_is_the_film_as_it_was(film: Task, drive: Drive) -> None:
    version = versions.make(task=film, aspect_ratio="9:16")
    with pytest.raises(Conflict, match="open it instead"):
        versions.make(task=version, aspect_ratio="16:9")
    film_deletion.delete_task(film)
    back = versions.make(task=version, aspect_ratio="16:9")
    content = parse_script(scripts.current_script(back).content)
    assert (content.filmed_in, content.aspect_ratio) == (None, "16:9")
    assert "filmed_in" not in scripts.current_script(back).content
