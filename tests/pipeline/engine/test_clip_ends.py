"""A scene's clip that ends on the next scene's picture: paid for, stale with it, and refused where no model can."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.models import RunStatus, Task
from pipeline.services import quotes, scripts
from pixora.foundation.errors import ScriptInvalid
from tests.emulators.server import Emulators
from tests.pipeline.api.caller import Caller
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_tiers import in_tier, vendors

__all__ = ["vendors"]

PIECES = ["scene/1", "scene/2", "video/1"]


def ending(task: Task, *, place: int = 1) -> None:
    version = scripts.current_script(task).version
    scripts.revise_scene(task=task, version=version, scene_index=place, changes={"ends_on_next": True})


def picture(task: Task, component: str) -> np.ndarray:
    """A still, or the last frame of a clip, small and grey."""
    path = local_path(Asset.objects.get(task=task, component=component, selected=True).storage_path)
    if path.suffix == ".png":
        image = Image.open(io.BytesIO(path.read_bytes()))
    else:
        with av.open(str(path)) as container:
            *_, frame = container.decode(video=0)
        image = frame.to_image()
    return np.asarray(image.convert("L").resize((16, 9)), float)


def test_a_clip_ends_on_the_next_scenes_picture(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    before = quotes.price_of(scripted)["credits"]
    ending(scripted)
    assert quotes.price_of(scripted)["credits"] == before
    run = drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted, approved=PIECES).id))
    assert run.status == RunStatus.SUCCEEDED
    ends, other = (
        np.abs(picture(scripted, "video/1") - picture(scripted, key)).mean() for key in ("scene/2", "scene/1")
    )
    assert ends < 4 < other
    assert "warnings" not in Asset.objects.get(task=scripted, component="video/1").metadata

    in_tier(scripted, "best")  # another model: nothing of it is in a fingerprint
    assert "video/1" not in {item["component"] for item in quotes.price_of(scripted)["items"]}
    version = scripts.current_script(scripted).version
    scripts.revise_scene(task=scripted, version=version, scene_index=2, changes={"image_prompt": "The sea at night"})
    assert {"scene/2", "video/1"} <= {item["component"] for item in quotes.price_of(scripted)["items"]}


def test_it_is_refused_where_no_model_is_told_a_picture_to_end_on(scripted: Task, vendors: Emulators) -> None:
    last = len(scripts.current_script(scripted).content["clips"])
    with pytest.raises(ScriptInvalid, match="is of the last scene, and no scene follows it"):
        ending(scripted, place=last)
    in_tier(scripted, "standard")
    task = scripts.update_settings(task=scripted, changes={"models": {"motion": "kling-1.6-standard"}})
    with pytest.raises(ScriptInvalid, match="choose one that is: kling-1"):
        ending(task)
    options = Caller(scripted.user).get("options")
    able = {model["name"] for model in options["models"]["motion"] if model["takes_end"]}
    assert {"kling-3-standard", "kling-3-pro", "minimax-h3-max", "seedance-2-fast"} <= able
    assert not {"ltx-2", "kling-1.6-standard"} & able


def test_it_is_refused_where_clips_are_made_on_this_machine(scripted: Task) -> None:
    with pytest.raises(ScriptInvalid, match="no clip model here is"):
        ending(scripted)
