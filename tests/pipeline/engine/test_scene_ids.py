"""A scene's id is given once: what was about a scene of an earlier text is about none of one that is written anew."""

from __future__ import annotations

import pytest

from pipeline.film.script import Script
from pipeline.models import RunStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action
from pipeline.services import films, quotes, script_versions, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import PixoraError
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script


@pytest.fixture
def film(scripted: Task, alice: User, drive: Drive) -> Task:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    return scripted


def write_anew(task: Task, drive: Drive) -> None:
    """Write it anew, after whatever waits."""
    films.write_script(task=task)
    while run := task.runs.filter(status=RunStatus.QUEUED).order_by("created_at").first():
        drive(run)


def ids(task: Task) -> list[int]:
    return [clip["scene"]["id"] for clip in task.scripts.latest("version").content["clips"]]


def other_pictures() -> Script:
    return script([scene(n, index=n, image_prompt=f"Another picture {n}") for n in (1, 2, 3)])


def actions(task: Task, kind: str) -> set[Action]:
    decisions = plan_of(task, approved=()).decisions
    return {found.action for found in decisions.values() if found.component.kind == kind}


def test_a_text_that_is_written_anew_has_ids_of_its_own(scripted: Task, drive: Drive) -> None:
    assert ids(scripted) == [1, 2, 3]
    write_anew(scripted, drive)
    assert ids(scripted) == [4, 5, 6]
    assert script_versions.next_scene_id(scripted) == 7
    scripts.restore_version(task=scripted, version=1)
    assert ids(scripted) == [1, 2, 3], "they are the scenes they were"
    write_anew(scripted, drive)
    assert ids(scripted) == [7, 8, 9]


def test_no_picture_of_an_earlier_text_stands_for_a_new_scene(film: Task, studio: Studio, drive: Drive) -> None:
    studio.script = other_pictures()
    write_anew(film, drive)
    assert actions(film, "scene") == {Action.MISSING}
    assert actions(film, "audio") <= {Action.ADOPT, Action.KEEP}, "what is said is the same and costs nothing"


def test_what_is_asked_for_alike_is_taken_over_as_it_was_chosen(film: Task, drive: Drive) -> None:
    for _ in range(2):
        found = takes.quote_regeneration(task=film, component="scene/2", instructions="at night")
        drive(quotes.use(task=film, quote_id=found.id))
    takes.select_take(task=film, component="scene/2", take=2)
    chosen = film.assets.get(component="scene/2", take=2)
    write_anew(film, drive)
    plan = plan_of(film, approved=())
    taken = plan.take("scene/5")
    assert taken is not None
    assert taken.content_hash == chosen.content_hash


def test_a_price_for_a_piece_of_an_earlier_text_buys_nothing_of_the_new(film: Task, drive: Drive) -> None:
    old = takes.quote_regeneration(task=film, component="scene/1")
    write_anew(film, drive)
    with pytest.raises(PixoraError) as refused:
        quotes.use(task=film, quote_id=old.id)
    assert (refused.value.code, refused.value.details["credits"]) == ("quote_changed", 0)
