"""Versions of a film: what they share is made, and paid for, once."""

from __future__ import annotations

import pytest

from media_assets.models import Video
from pipeline.models import Carrying, Run, RunStatus, Task, TaskStatus
from pipeline.planning.film_plan import plan_of
from pipeline.planning.lent_takes import lent_to
from pipeline.planning.plan import Action
from pipeline.services import carried_takes, family, quotes, scripts, takes, versions
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import Conflict
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive


def make(task: Task, drive: Drive) -> Run:
    return drive(quotes.use(task=task, quote_id=quotes.quote(task=task).id))


def carry_on(task: Task, drive: Drive) -> int:
    """Work off what waits for this film; the number of runs."""
    done = 0
    while run := task.runs.filter(status=RunStatus.QUEUED).order_by("created_at").first():
        drive(run)
        done += 1
    return done


def edit_picture(task: Task, place: int, prompt: str) -> None:
    current = scripts.current_script(task).version
    scripts.revise_scene(task=task, version=current, scene_index=place, changes={"image_prompt": prompt})


@pytest.fixture
def film(scripted: Task, alice: User, drive: Drive) -> Task:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    make(scripted, drive)
    scripted.refresh_from_db()
    return scripted


def test_a_cut_of_a_finished_film_is_finished_for_nothing(film: Task, studio: Studio, drive: Drive) -> None:
    before = studio.calls.total()
    cut = versions.make_cut(task=film, scenes=[3, 1], title="The teaser")
    assert quotes.quote(task=cut).items == []
    assert carry_on(cut, drive) == 1
    cut.refresh_from_db()
    assert (cut.status, studio.calls.total()) == (TaskStatus.COMPLETE, before)
    video = Video.objects.get(task=cut)
    assert [slot["scene_id"] for slot in video.timeline["slots"]] == [3, 1]
    assert video.duration < Video.objects.get(task=film).duration


def test_what_one_version_has_bought_the_others_adopt(film: Task, studio: Studio, drive: Drive) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    carry_on(cut, drive)
    for version in (film, cut):
        edit_picture(version, 2, "The same new picture")
        assert {item["component"] for item in quotes.quote(task=version).items} == {"scene/2", "video/2"}
    make(film, drive)
    bought, paid = studio.calls.total(), ledger.account(film.user)
    assert quotes.quote(task=cut).items == [], "it is there, in the other version"
    assert carry_on(cut, drive) == 1
    assert (studio.calls.total(), ledger.account(film.user)) == (bought, paid)
    still, copy = (task.assets.get(component="scene/2", selected=True) for task in (film, cut))
    assert (copy.storage_path, copy.metadata["adopted_from"]) == (still.storage_path, still.id)
    assert not plan_of(cut, approved=()).having(Action.LEAVE, Action.MISSING)


def test_a_film_without_versions_is_offered_nothing(film: Task) -> None:
    assert lent_to(film) == []


def test_a_take_made_anew_in_one_version_is_used_in_all_where_that_was_said(film: Task, drive: Drive) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    carry_on(cut, drive)
    quoted = takes.quote_regeneration(task=film, component="video/2", instructions="slower")
    drive(takes.regenerate(task=film, component="video/2", quote_id=quoted.id))
    assert set(carried_takes.differing(film, cut)) == {"video/2"}, "it is asked first"
    family.decide(film, carrying=Carrying.ALL)
    carried_takes.carry(film)
    carry_on(cut, drive)
    new, same = (task.assets.get(component="video/2", selected=True) for task in (film, cut))
    assert (same.content_hash, same.take) == (new.content_hash, 2)
    assert plan_of(cut, approved=()).decisions["fullvideo"].action is Action.KEEP
    takes.select_take(task=cut, component="video/2", take=1)
    assert film.assets.get(component="video/2", selected=True).take == 1
    assert not carried_takes.differing(film, cut)


def test_two_versions_do_not_buy_the_same_piece_at_the_same_time(film: Task, drive: Drive) -> None:
    cut = versions.make_cut(task=film, scenes=[1, 2])
    carry_on(cut, drive)
    for version in (film, cut):
        edit_picture(version, 2, "The same new picture")
    other = quotes.quote(task=cut)
    run = quotes.use(task=film, quote_id=quotes.quote(task=film).id)
    with pytest.raises(Conflict, match="Another version"):
        quotes.use(task=cut, quote_id=other.id)
    drive(run)
    assert quotes.quote(task=cut).credits == 0
