"""Tiers: which models make what is bought, for a film or for single pieces, at the price that was said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from pipeline.film.settings import TIERS
from pipeline.models import Attempt, Run, RunStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action
from pipeline.providers import registry
from pipeline.providers.base import Capability
from pipeline.providers.fal.motion import FalMotion
from pipeline.providers.fal.music import FalMusic
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.models_and_prices import catalogue
from pipeline.providers.openai.image import OpenAIImage
from pipeline.providers.registry import serving
from pipeline.services import films, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason
from pixora.foundation.errors import Conflict
from tests.emulators.server import Emulators
from tests.pipeline.api.caller import Caller
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import use


@pytest.fixture
def vendors(scripted: Task, emulators: Emulators, settings: Settings) -> Iterator[Emulators]:
    use(settings, emulators)
    ledger.give(user=scripted.user, amount=500, reason=CreditReason.GRANT, key="grant")
    adapters = {
        Capability.IMAGE: OpenAIImage(),
        Capability.VOICE: FalVoice(),
        Capability.MUSIC: FalMusic(),
        Capability.MOTION: FalMotion(),
    }
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "music": "fal"}
    with ExitStack() as stack:
        stack.enter_context(serving(adapters))
        yield emulators


def made_with(run: Run) -> dict[str, str]:
    tries = Attempt.objects.filter(step__run=run, local=False)
    return dict(tries.values_list("step__component", "model"))


def in_tier(task: Task, tier: str) -> Task:
    return scripts.update_settings(task=task, changes={"tier": tier})


def test_a_film_is_priced_and_made_in_its_tier(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    prices = {}
    for tier in TIERS:
        in_tier(scripted, tier)
        prices[tier] = quotes.price_of(scripted)["credits"]
    assert prices["draft"] < prices["standard"] < prices["best"]
    told = {row["tier"]: (row["credits"], row["is_chosen"]) for row in quotes.price_of(scripted)["tiers"]}
    assert told == {tier: (credits, tier == "best") for tier, credits in prices.items()}

    run = drive(quotes.use(task=in_tier(scripted, "draft"), quote_id=quotes.quote(task=scripted).id))
    assert run.status == RunStatus.SUCCEEDED
    assert run.charged == prices["draft"]
    assert made_with(run)["video/1"] == "minimax-h3-max-480p"
    assert made_with(run)["scene/1"] == "gpt-image-2.6-flare-low"
    assert made_with(run)["audio/1"] == "elevenlabs-multilingual-v2"


def test_choosing_another_tier_makes_nothing_stale(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    drive(films.start_run(task=scripted))
    in_tier(scripted, "best")
    assert {one.action for one in plan_of(scripted, approved=()).decisions.values()} == {Action.KEEP}
    assert quotes.quote(task=scripted).items == []


def test_single_pieces_are_made_better(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    drive(films.start_run(task=scripted))
    keys = ["scene/2", "video/2"]
    better = quotes.quote(task=scripted, approved=keys, forced=dict.fromkeys(keys, ""), tier="best")
    assert {item["component"]: item["credits"] for item in better.items} == {"scene/2": 8, "video/2": 25}
    run = drive(quotes.use(task=scripted, quote_id=better.id))
    assert made_with(run) == {"scene/2": "gpt-image-2.6-sunburst-high", "video/2": "kling-3-pro"}
    assert run.charged == better.credits
    one_more = takes.quote_regeneration(task=scripted, component="video/1")
    assert one_more.credits == 10  # the film's own tier has stayed as it was


def test_an_upgrade_is_of_exactly_the_pieces_that_the_wanted_models_have_not_made(
    scripted: Task, vendors: Emulators, drive: Drive
) -> None:
    drive(films.start_run(task=scripted))
    caller = Caller(scripted.user)
    path = f"tasks/{scripted.id}"
    price = caller.post(f"{path}/upgrade-price", {"scenes": [2], "tier": "best"})
    quote = caller.post(f"{path}/quote", {"scenes": [2], "tier": "best"})
    assert price == {"items": quote["items"], "credits": 33, "shares": None}
    assert {item["component"] for item in price["items"]} == {"scene/2", "video/2"}
    assert caller.post(f"{path}/upgrade-price", {"scenes": [1, 2], "tier": "standard"})["items"] == []
    kling = {"scenes": [2], "models": {"motion": "kling-1.6-pro"}}
    assert [item["component"] for item in caller.post(f"{path}/quote", kling)["items"]] == ["video/2"]

    run = drive(quotes.use(task=scripted, quote_id=quote["quote_id"]))
    assert made_with(run) == {"scene/2": "gpt-image-2.6-sunburst-high", "video/2": "kling-3-pro"}
    assert run.charged == price["credits"]
    left = caller.post(f"{path}/quote", {"scenes": [1, 2], "tier": "best"})
    assert [item["component"] for item in left["items"]] == ["scene/1", "video/1"]

    scripted.assets.filter(component="scene/1").update(metadata={"own": True})
    own = caller.post(f"{path}/quote", {"scenes": [1], "tier": "best"})
    assert [item["component"] for item in own["items"]] == ["video/1"]
    assert caller.refused("POST", f"{path}/quote", {"scenes": [9]})[:2] == (404, "not_found")
    assert caller.refused("POST", f"{path}/quote", {"scenes": [1], "components": ["scene/1"]})[0] == 422


def test_a_quote_of_the_films_tier_ends_with_it(scripted: Task, vendors: Emulators) -> None:
    found = quotes.quote(task=scripted)
    in_tier(scripted, "best")
    with pytest.raises(Conflict) as changed:
        quotes.use(task=scripted, quote_id=found.id)
    assert changed.value.code == "quote_changed"
    assert changed.value.details["credits"] > found.credits


def test_a_run_keeps_the_tier_that_was_paid_for(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    run = quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    in_tier(scripted, "best")
    assert made_with(drive(run))["video/1"] == "kling-3-standard"


def test_what_is_spent_is_what_was_expected(scripted: Task, vendors: Emulators, drive: Drive) -> None:
    in_tier(scripted, "best")
    run = drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    clips = Attempt.objects.filter(step__run=run, step__component__startswith="video/")
    assert sum(clips.values_list("cost_micros", flat=True)) == sum(
        bill["micros"] for bill in vendors.bills("fal") if "kling" in bill["model"]
    )


def test_where_everything_is_made_here_there_is_one_tier() -> None:
    assert registry.tiers() == ("standard",)


def test_tiers_name_models_that_there_are() -> None:
    for tier in catalogue().tiers.values():
        for vendor, roles in tier.models.items():
            for role, name in roles.items():
                found = catalogue().find(role, name)
                assert found, name
                assert (found.vendor, found.priced) == (vendor, True)
