"""Edits on the timeline of a finished film: cut anew for nothing, to the frame, and undone for nothing."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from media_assets.models import Asset
from pipeline.film import script_edits
from pipeline.models import Run, RunStatus, Task
from pipeline.services import films, scripts
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason
from pixora.foundation.errors import ScriptInvalid
from tests.chat.test_agent import answer
from tests.pipeline.api.caller import Caller
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.engine.test_changes import made_by, selected


@pytest.fixture
def film(scripted: Task, drive: Drive) -> Task:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    drive(films.start_run(task=scripted))
    return scripted


def recut(film: Task, drive: Drive) -> Run:
    return drive(film.runs.get(status=RunStatus.QUEUED))


def frames(film: Task) -> int:
    return int(selected(film, "fullvideo").metadata["frames"])


def edit(film: Task, index: int, **changes: object) -> None:
    version = scripts.current_script(film).version
    scripts.revise_scene(task=film, version=version, scene_index=index, changes=changes)


def credits_of(film: Task) -> int:
    """Lines of the ledger."""
    return film.user.credits.count()


def slot_of(film: Task, place: int) -> dict[str, object]:
    found: dict[str, object] = selected(film, "fullvideo").metadata["timeline"]["slots"][place - 1]
    return found


def test_edits_are_cut_to_the_frame_and_undone_for_nothing(film: Task, drive: Drive) -> None:
    balance, before, first = credits_of(film), frames(film), selected(film, "fullvideo").id
    edit(film, 2, slot_frames=140, clip_from=0.5)
    assert made_by(recut(film, drive)) == {
        "segment/2", "transition/2", "transition/3", "soundtrack", "captions", "fullvideo",
    }  # fmt: skip
    assert frames(film) == before - 10
    assert slot_of(film, 2)["clip_from_s"] == 0.5

    spoken = Asset.objects.get(task=film, component="audio/1", selected=True)
    words = spoken.metadata["words"]
    cut = {"from": words[0][1] / 1000, "to": words[0][2] / 1000}
    edit(film, 1, cuts=[cut], narration_at=1)
    assert made_by(recut(film, drive)) == {"soundtrack", "captions", "fullvideo"}
    assert slot_of(film, 1)["cuts"] == [[words[0][1], words[0][2]]]
    assert slot_of(film, 1)["narration_start"] == 8 + 30
    stored = scripts.current_script(film).content["clips"][0]["scene"]
    assert stored["cuts_of"] == spoken.content_hash[:16]
    with default_storage.open(selected(film, "captions").storage_path) as file:
        shown = " ".join(file.read().decode().split())
    assert (shown.count("Is what"), shown.count("This is what")) == (1, 2), "the word is not shown either"

    content = script_edits.with_mute(scripts.current_script(film).content, [1, 2, 3], muted=True)
    scripts.revise_script(task=film, version=3, content=content)
    assert made_by(recut(film, drive)) == {"soundtrack", "fullvideo"}

    scripts.restore_version(task=film, version=1)
    assert made_by(recut(film, drive)) == set()
    assert selected(film, "fullvideo").id == first
    assert credits_of(film) == balance


def test_the_timeline_is_told_over_rest_and_edited_there(film: Task, drive: Drive) -> None:
    caller = Caller(film.user)
    laid = caller.get(f"tasks/{film.id}/timeline")
    first, *_ = laid["scenes"]
    assert (laid["version"], laid["fps"], laid["frames"]) == (1, 30, frames(film))
    assert [scene["start"] for scene in laid["scenes"]] == [0, 150, 300]
    assert first["least_frames"] <= first["frames"] <= first["most_frames"]
    assert first["clip"]["file"]["url"] == selected(film, "video/1").url
    assert laid["captions"][0]["lines"] == ["This is what scene 1 says."]
    assert [(music["start"], music["frames"], music["muted"]) for music in laid["music"]] == [
        (0, laid["frames"], False)
    ]

    sounds = {sound["key"]: sound for sound in caller.get(f"tasks/{film.id}/timeline/sounds")["sounds"]}
    voice, music = sounds["audio/1"], sounds[laid["music"][0]["sound"]["key"]]
    assert len(voice["peaks"]) == pytest.approx(first["spoken"][0]["length_s"] * voice["peaks_per_s"], abs=2)
    assert max(voice["peaks"]) > 10
    assert [word["text"] for word in voice["words"]] == ["This", "is", "what", "scene", "1", "says."]
    assert (music["words"], music["pauses"]) == ([], [])

    word = voice["words"][1]
    changes = {"cuts": [{"from": word["from"], "to": word["to"]}], "narration_at": 0.5, "slot_frames": 120}
    edited = caller.ask("PATCH", f"tasks/{film.id}/script/scenes/1", {"version": 1, "changes": changes}).json()
    assert edited["script"]["clips"][0]["scene"]["cuts"] == changes["cuts"]
    now = caller.get(f"tasks/{film.id}/timeline")
    assert (now["version"], now["frames"], now["scenes"][0]["frames"]) == (2, laid["frames"] - 30, 120)
    assert now["scenes"][0]["spoken"][0]["start"] == 8 + 15
    assert now["scenes"][0]["spoken"][0]["cuts"] == changes["cuts"]
    assert now["captions"][0]["lines"] == ["This what scene 1 says."]
    refused = caller.refused(
        "PATCH", f"tasks/{film.id}/script/scenes/1", {"version": 2, "changes": {"slot_frames": 850}}
    )
    assert refused[:2] == (422, "invalid")
    recut(film, drive)
    assert [slot["frames"] for slot in selected(film, "fullvideo").metadata["timeline"]["slots"]] == [120, 150, 150]


def test_a_clip_gives_no_more_than_it_has(film: Task) -> None:
    with pytest.raises(ScriptInvalid, match=r"clips\[1\]\.scene\.slot_frames.*gives \d+ frames, not 600"):
        edit(film, 2, slot_frames=600)
    with pytest.raises(ScriptInvalid, match=r"clips\[1\]\.scene\.clip_from: must be less than 5"):
        edit(film, 2, clip_from=30)
    with pytest.raises(ScriptInvalid, match=r"clips\[0\]\.scene\.cuts\[0\]: must end after it begins"):
        edit(film, 1, cuts=[{"from": 2, "to": 1}])
    with pytest.raises(ScriptInvalid, match=r"clips\[0\]\.scene\.slot_frames: must be 30 to 900 frames"):
        edit(film, 1, slot_frames=7)
    with pytest.raises(ScriptInvalid, match=r"clips\[0\]\.scene\.narration_at: must be at least 0"):
        edit(film, 1, narration_at=-1)


def test_the_chat_edits_the_timeline_for_nothing_and_undoes_it(film: Task) -> None:
    lines = credits_of(film)
    told = answer(film, "cut the word what from scene 2")
    assert "“what” is out of the voice in scene 2" in told.content
    assert "credits" not in told.content
    scene = scripts.current_script(film).content["clips"][1]["scene"]
    assert len(scene["cuts"]) == 1
    assert scene["cuts_of"]
    assert "no pause there" in answer(film, "cut the pauses in scene 2").content
    assert "begins 0.5 s later" in answer(film, "start the clip of scene 3 half a second later").content
    assert scripts.current_script(film).content["clips"][2]["scene"]["clip_from"] == 0.5
    assert "clip lasts" in answer(film, "start the clip of scene 3 50 seconds later").content
    answer(film, "undo")
    assert "clip_from" not in scripts.current_script(film).content["clips"][2]["scene"]
    assert "fades" in answer(film, "fade out the music at the end").content
    assert scripts.current_script(film).content["music"][0]["fade_out"] == 3.0
    assert credits_of(film) == lines
