from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from pipeline.engine.ending import settle_leftovers
from pipeline.models import Quote, Run, RunStatus, Script, Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import films, quotes, scripts
from pixora.accounts import ledger
from pixora.accounts.ledger import Account
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import Conflict, InsufficientCredits, NotFound, PixoraError
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive

WHOLE_FILM = 3 * 4 + 3 * 2 + 5 + 15 * 2


@pytest.fixture
def rich(alice: User) -> User:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return alice


def test_a_quote_lists_what_would_be_made_and_its_price(scripted: Task) -> None:
    found = quotes.quote(task=scripted)
    assert found.credits == WHOLE_FILM == sum(item["credits"] for item in found.items)
    assert {item["component"] for item in found.items} == {
        *(f"{kind}/{n}" for kind in ("scene", "audio", "video") for n in (1, 2, 3)),
        "music/1_2_3",
    }


def test_a_quote_says_where_narration_makes_the_film_longer(scripted: Task) -> None:
    assert quotes.as_dict(quotes.quote(task=scripted))["warnings"] == []
    longer = {"script": "It was told at length, and then once more from the beginning. " * 4}
    scripts.revise_scene(task=scripted, version=1, scene_index=1, changes=longer)
    [warning] = quotes.as_dict(quotes.quote(task=scripted))["warnings"]
    assert re.fullmatch(r"The narration needs more time .*: the film lasts about \d+ s instead of 15 s\.", warning)
    silent = scripts.update_settings(task=scripted, changes={"voice_over": False})
    assert quotes.as_dict(quotes.quote(task=silent))["warnings"] == []


def test_without_a_script_there_is_no_price(task: Task) -> None:
    with pytest.raises(Conflict) as refused:
        quotes.quote(task=task)
    assert refused.value.code == "not_ready"


def test_what_succeeded_is_charged_and_the_rest_comes_back(
    scripted: Task, rich: User, studio: Studio, drive: Drive
) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    run = quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    assert ledger.account(rich) == Account(balance=1_000 - WHOLE_FILM, held=WHOLE_FILM)
    assert drive(run).status == RunStatus.FAILED
    assert ledger.account(rich) == Account(balance=1_000 - WHOLE_FILM + 4 + 10, held=0)
    again = quotes.quote(task=scripted)
    assert [item["component"] for item in again.items] == ["scene/2", "video/2"]


def test_a_finished_film_costs_nothing_more(scripted: Task, rich: User, drive: Drive) -> None:
    drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    assert ledger.account(rich) == Account(balance=1_000 - WHOLE_FILM, held=0)
    assert quotes.quote(task=scripted).credits == 0


def test_a_quote_used_twice_starts_one_run(scripted: Task, rich: User) -> None:
    found = quotes.quote(task=scripted)
    runs = {quotes.use(task=scripted, quote_id=found.id).id for _ in range(3)}
    assert len(runs) == 1
    assert ledger.account(rich).held == WHOLE_FILM


@pytest.mark.parametrize("is_at_work", [False, True])
def test_a_quote_whose_run_was_stopped_starts_and_claims_nothing(scripted: Task, rich: User, is_at_work: bool) -> None:
    found = quotes.quote(task=scripted)
    run = quotes.use(task=scripted, quote_id=found.id)
    if is_at_work:
        Run.objects.filter(id=run.id).update(status=RunStatus.RUNNING)
    films.cancel(task=scripted)
    with pytest.raises(Conflict, match="was stopped or has failed") as refused:
        quotes.use(task=scripted, quote_id=found.id)
    assert (refused.value.code, refused.value.details["credits"]) == ("quote_changed", WHOLE_FILM)
    assert Run.objects.exclude(quote=None).get() == run
    assert quotes.use(task=scripted, quote_id=refused.value.details["quote_id"]) != run


def test_a_quote_whose_run_failed_answers_with_the_price_of_the_rest(
    scripted: Task, rich: User, studio: Studio, drive: Drive
) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    found = quotes.quote(task=scripted)
    drive(quotes.use(task=scripted, quote_id=found.id))
    with pytest.raises(Conflict) as refused:
        quotes.use(task=scripted, quote_id=found.id)
    assert (refused.value.code, refused.value.details["credits"]) == ("quote_changed", 4 + 10)


def test_a_quote_whose_run_has_made_its_film_is_that_run(scripted: Task, rich: User, drive: Drive) -> None:
    found = quotes.quote(task=scripted)
    run = drive(quotes.use(task=scripted, quote_id=found.id))
    assert quotes.use(task=scripted, quote_id=found.id) == run


def test_a_quote_that_is_out_of_date_answers_with_the_new_one(scripted: Task, rich: User) -> None:
    found = quotes.quote(task=scripted)
    content = scripted.scripts.get().content
    content["clips"][0]["scene"]["script"] = ""
    Script.objects.create(task=scripted, version=2, content=content)
    with pytest.raises(Conflict) as refused:
        quotes.use(task=scripted, quote_id=found.id)
    assert refused.value.code == "quote_changed"
    assert refused.value.details["credits"] == WHOLE_FILM - 2
    assert quotes.use(task=scripted, quote_id=refused.value.details["quote_id"])


def test_an_expired_quote_is_refused(scripted: Task, rich: User) -> None:
    found = quotes.quote(task=scripted)
    Quote.objects.filter(id=found.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(PixoraError) as refused:
        quotes.use(task=scripted, quote_id=found.id)
    assert refused.value.code == "quote_expired"


def test_another_films_quote_does_not_exist(scripted: Task, rich: User) -> None:
    other = films.order_film(user=rich, prompt="Another", settings=settings_of(scripted), writes=False)
    with pytest.raises(NotFound):
        quotes.use(task=other, quote_id=quotes.quote(task=scripted).id)


def test_too_few_credits_start_nothing(scripted: Task, alice: User) -> None:
    before = Run.objects.count()
    with pytest.raises(InsufficientCredits, match=f"{WHOLE_FILM} credits are missing"):
        quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    assert Run.objects.count() == before


def test_a_regeneration_is_quoted_alone(scripted: Task, rich: User, drive: Drive) -> None:
    drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    found = quotes.quote(task=scripted, approved=(), forced={"scene/2": "at night"})
    assert found.items == [{"component": "scene/2", "credits": 4, "seconds": 3}]
    run = drive(quotes.use(task=scripted, quote_id=found.id))
    assert run.status == RunStatus.SUCCEEDED
    assert ledger.account(rich) == Account(balance=1_000 - WHOLE_FILM - 4, held=0)
    assert [item["component"] for item in quotes.quote(task=scripted).items] == ["video/2"]


def test_a_run_cancelled_before_it_began_gives_everything_back(scripted: Task, rich: User) -> None:
    quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    films.cancel(task=scripted)
    assert ledger.account(rich) == Account(balance=1_000, held=0)


def test_the_sweep_releases_what_a_crash_left_held(scripted: Task, rich: User) -> None:
    run = quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    assert settle_leftovers() == 0
    Run.objects.filter(id=run.id).update(status=RunStatus.FAILED)
    assert settle_leftovers() == 1
    assert ledger.account(rich) == Account(balance=1_000, held=0)


def test_what_own_servers_make_is_listed_for_nothing_and_made_after_a_yes(
    scripted: Task, rich: User, drive: Drive, settings: Settings
) -> None:
    own = {"images": "http://localhost:9/v1", "speech": "http://localhost:9/v1"}
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, **own}
    found = quotes.quote(task=scripted)
    assert found.credits == 5 + 15 * 2
    free = {item["component"] for item in found.items if not item["credits"]}
    assert free == {f"{kind}/{n}" for kind in ("scene", "audio") for n in (1, 2, 3)}
    assert drive(quotes.use(task=scripted, quote_id=found.id)).status == RunStatus.SUCCEEDED
    assert ledger.account(rich) == Account(balance=1_000 - 35, held=0)
    assert quotes.quote(task=scripted).items == []
