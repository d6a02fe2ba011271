"""Films in which more people than the narrator speak, from the script to the sound and the captions."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from django.core.files.storage import default_storage

from media_assets.models import Asset
from pipeline.cut.sound.lay_tracks import Steps, lay_voice
from pipeline.film.script import parse_script
from pipeline.models import RunStatus, Task
from pipeline.planning.film_plan import plan_with, takes_of
from pipeline.planning.piece_names import PieceNames
from pipeline.planning.plan import Action
from pipeline.services import films, scripts
from pipeline.takeaway.contents import contents_of
from tests.pipeline.cut import media
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script

RATE = 48_000
MIA = {"name": "Mia", "image_prompt": "A young woman in a red coat", "voice": "Laura"}
SAID = [{"speaker": "Mia", "text": "Is anybody there?"}, {"speaker": "Tom", "text": "Nobody but the sea, and me."}]


@pytest.fixture
def two_speak(studio: Studio) -> Studio:
    """The narrator, Mia with a voice of her own and Tom without one, in the second of two scenes."""
    talk = scene(2, script="They meet at last.", duration=10, lines=SAID)
    studio.script = script([scene(1), talk], character_profiles=[MIA])
    return studio


def take(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def text(name: str) -> str:
    with default_storage.open(name) as file:
        return str(file.read(), "utf-8")


def test_a_scene_with_two_lines_becomes_a_film(two_speak: Studio, scripted: Task, drive: Drive) -> None:
    run = drive(films.start_run(task=scripted))
    assert run.status == RunStatus.SUCCEEDED
    said = [(request.text, request.voice) for request in two_speak.spoken]
    voices = dict(said)
    assert voices["Is anybody there?"] == "Laura"
    assert voices["Nobody but the sea, and me."] not in ("Laura", "Rachel")
    slot = take(scripted, "fullvideo").metadata["timeline"]["slots"][1]
    places = [(slot["narration_start"], slot["narration_frames"])]
    places += [(line["start"], line["frames"]) for line in slot["lines"]]
    assert len(places) == 3
    assert all(start + frames + 10 == following for (start, frames), (following, _) in pairwise(places))
    captions = text(take(scripted, "captions").storage_path)
    at = [captions.index(words) for words in ("They meet", "MIA: Is anybody there?", "TOM: Nobody but the sea")]
    assert at == sorted(at)
    assert take(scripted, "line/2/1").asset_type == "line"

    zipped = contents_of(scripted)
    assert {"lines/scene_02_01", "lines/scene_02_02"} <= {place.partition(".")[0] for place, _ in zipped.files()}
    without = scripts.revise_scene(task=scripted, version=1, scene_index=2, changes={"lines": SAID[1:]})
    plan = plan_with(parse_script(without.content), scripted, takes_of(scripted), approved=())
    assert plan.decisions["line/2/1"].action in (Action.ADOPT, Action.KEEP), "what Tom says is there already"
    assert "line/2/2" not in plan.decisions
    assert PieceNames.of(parse_script(without.content)).name("line/2/1") == "Line 1 of scene 2"


def test_speakers_are_equally_loud(tmp_path: Path) -> None:
    quiet, loud = (media.tone(tmp_path / f"{level}.wav", 2.0, hertz=300, level=level) for level in (0.05, 0.4))
    laid = [{"path": str(path), "start": at * RATE, "tempo": 1.0, "levelled": True}
            for path, at in ((quiet, 0), (loud, 3))]  # fmt: skip
    lay_voice(tmp_path / "voice.f32", laid, 6 * RATE, Steps(2, lambda _done: None))
    heard = np.fromfile(tmp_path / "voice.f32", np.float32)
    first, second = (float(np.abs(heard[at * RATE : (at + 2) * RATE]).max()) for at in (0, 3))
    assert 20 * abs(np.log10(first / second)) < 0.2
