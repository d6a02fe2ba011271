from __future__ import annotations

import pytest

from pipeline.planning.progress import Progress, doing
from tests.pipeline.scripts import scene, script

FILM = {"scene/1": "queued", "audio/1": "queued", "video/1": "queued", "segment/1": "queued", "fullvideo": "queued"}


def told(progress: Progress, elapsed_s: float = 10.0) -> dict[str, object]:
    news = progress.take_news(now=1_620_000_000.7, elapsed_s=elapsed_s)
    assert news
    return news


def test_progress_is_the_weighted_share_of_what_is_done() -> None:
    progress = Progress("run_1")
    progress.expect(FILM)
    progress.see("scene/1", "ready", 1.0)
    progress.see("video/1", "making", 0.5)
    progress.see("video/1", "making", 0.25)
    news = told(progress)
    assert news["progress"] == int(99 * (3 + 4) / 17)
    assert (news["component"], news["status"], news["timestamp"]) == ("video/1", "making", 1_620_000_000)
    assert news["eta_seconds"] == round(10 * 10 / 7)


def test_progress_never_goes_back_however_often_a_piece_is_tried() -> None:
    progress = Progress("run_1", shown=30)
    progress.expect(FILM)
    progress.see("video/1", "making", 0.9)
    before = told(progress)["progress"]
    progress.see("video/1", "queued", 0.0)
    assert told(progress)["progress"] == before
    assert isinstance(before, int)
    assert before >= 30


def test_what_waits_is_not_said_to_be_made() -> None:
    progress = Progress("run_1")
    progress.expect(FILM)
    progress.see("scene/1", "queued", 0.0)
    news = told(progress)
    assert (news["message"], news["status"], news["progress"]) == ("Starting", "queued", 0)
    progress.see("video/1", "making", 0.1)
    progress.see("audio/1", "queued", 0.0)
    assert told(progress)["message"] == "Making the clip of scene 1"


def test_how_long_it_takes_is_not_said_before_the_first_piece_is_there() -> None:
    progress = Progress("run_1")
    progress.expect(FILM)
    progress.see("video/1", "making", 0.9)
    assert told(progress)["eta_seconds"] is None
    progress.see("scene/1", "ready", 1.0)
    assert told(progress)["eta_seconds"]


def test_what_has_not_changed_is_not_told_again() -> None:
    progress = Progress("run_1")
    progress.expect(FILM)
    progress.see("scene/1", "making", 0.1)
    assert told(progress)
    assert progress.take_news(now=0.0, elapsed_s=1.0) is None


def test_only_a_finished_run_is_at_a_hundred() -> None:
    progress = Progress("run_1")
    progress.expect(dict.fromkeys(FILM, "succeeded"))
    progress.see("fullvideo", "ready", 1.0)
    assert told(progress)["progress"] == 99
    assert progress.finished(now=0.0)["progress"] == 100
    assert progress.finished(now=0.0)["stage"] == "done"


@pytest.mark.parametrize(
    ("done", "stage"),
    [
        ([], "generating_assets"),
        (["scene/1", "audio/1"], "generating_assets"),
        (["scene/1", "audio/1", "video/1"], "cutting"),
        (list(FILM), "cutting"),
    ],
)
def test_the_stages_follow_what_is_still_to_be_made(done: list[str], stage: str) -> None:
    progress = Progress("run_1")
    progress.see("script", "ready", 1.0)
    progress.expect(FILM)
    for key in done:
        progress.see(key, "ready", 1.0)
    assert progress.stage == stage


def test_a_run_begins_with_writing_its_script() -> None:
    progress = Progress("run_1")
    progress.see("script", "making", 0.2)
    assert progress.stage == "writing_script"


def test_what_is_beside_the_film_does_not_count() -> None:
    progress = Progress("run_1")
    progress.expect({"scene/1": "succeeded", "poster": "queued", "animatic": "queued"})
    progress.see("poster", "making", 0.0)
    assert told(progress)["progress"] == 99


def test_scenes_are_named_by_their_place() -> None:
    moved = script([scene(7, index=1), scene(3, index=2), scene(9, index=3)])
    assert doing("scene/3", moved) == "Making the picture of scene 2"
    assert doing("music/7_3_9", moved) == "Making the music of scenes 1 to 3"
    assert doing("fullvideo", moved) == "Joining the film"
    assert doing("scene/4", None) == "Making the picture of scene 4"
