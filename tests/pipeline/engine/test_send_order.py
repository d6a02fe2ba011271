"""What a film waits for longest goes first, and nothing waits for long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pipeline.engine import leases, send_order
from pipeline.engine.send_order import SendOrder
from pipeline.models import Attempt, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability
from pipeline.providers.registry import serving
from pipeline.services import films
from tests.pipeline.attempts import open_attempt, remember
from tests.pipeline.doubles import Double, Studio, doubles
from tests.pipeline.engine.conftest import Drive

AHEAD = [
    (Kind.STILL, Kind.VOICE),
    (Kind.CHARACTER, Kind.MUSIC),
    (Kind.CLIP, Kind.BODY),
    (Kind.CLIP, Kind.STORYBOARD),
    (Kind.VOICE, Kind.DRAFT),
    (Kind.VOICE, Kind.POSTER),
]
"""The first of each two goes before the second."""


async def gives_way(film: SendOrder, kind: Kind) -> bool:
    waiting = asyncio.create_task(film.give_way(kind))
    await asyncio.sleep(0.01)
    waits = not waiting.done()
    waiting.cancel()
    await asyncio.wait({waiting})
    return waits


@pytest.mark.parametrize(("first", "second"), AHEAD)
def test_what_takes_longest_goes_first(first: Kind, second: Kind) -> None:
    async def both_ways() -> None:
        film = SendOrder()
        with film.moving("one", first):
            assert await gives_way(film, second)
            assert not await gives_way(film, first)
        with film.moving("other", second):
            assert not await gives_way(film, first)

    asyncio.run(both_ways())


@pytest.mark.parametrize("how", ["at_rest", "ended", "failed"])
def test_who_gave_way_goes_on_when_the_last_one_is_out(how: str) -> None:
    @contextmanager
    def moving(film: SendOrder) -> Iterator[None]:
        try:
            with film.moving("scene/1", Kind.STILL):
                yield
                if how == "failed":
                    raise ValueError
        except ValueError:
            return

    async def go() -> None:
        film = SendOrder()
        with film.moving("scene/2", Kind.STILL):
            waiting = asyncio.create_task(film.give_way(Kind.VOICE))
            with moving(film):
                film.at_rest("scene/2")
                await asyncio.sleep(0.01)
                assert not waiting.done()
                if how == "at_rest":
                    film.at_rest("scene/1")
                    await asyncio.wait_for(waiting, 0.1)
            await asyncio.wait_for(waiting, 0.1)

    asyncio.run(go())


def test_nothing_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_order, "PATIENCE_S", 0.02)

    async def go() -> None:
        film = SendOrder()
        with film.moving("scene/1", Kind.STILL):
            await asyncio.wait_for(film.give_way(Kind.VOICE), 1.0)

    asyncio.run(go())


def test_all_stills_are_asked_for_before_the_first_voice(scripted: Task, studio: Studio, drive: Drive) -> None:
    asked = remote(studio)
    with serving(asked):
        drive(
            films.start_run(task=scripted, approved=[f"{kind}/{n}" for kind in ("scene", "audio") for n in (1, 2, 3)])
        )
    tries = Attempt.objects.exclude(provider="pixora").filter(step__run__task=scripted)
    opened = list(tries.order_by("started_at").values_list("step__kind", flat=True))
    kinds = [kind for kind in opened if kind in ("scene", "audio")]
    assert kinds == ["scene"] * 3 + ["audio"] * 3


def test_a_job_that_is_taken_up_again_holds_nobody_up(
    scripted: Task, studio: Studio, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be minutes until its vendor is done."""
    rests: list[str] = []
    really = SendOrder.at_rest

    def noted(film: SendOrder, key: str) -> None:
        rests.append(f"{key} while {'working' if studio.working else 'nothing is asked'}")
        really(film, key)

    monkeypatch.setattr(SendOrder, "at_rest", noted)
    asked = remote(studio)
    run = films.start_run(task=scripted, approved=["scene/1"])
    claim = leases.claim_run(worker="earlier", lease_s=60, only=run.id)
    assert claim
    still = Component("scene/1", Kind.STILL, {})
    opened = open_attempt(claim, still, provider="openai", model="m", seed=1, take=1, local=False)
    remember(claim, opened.id, {"request_id": "r1"})
    leases.give_back(claim)
    with serving(asked):
        drive(run)
    assert rests[0] == "scene/1 while nothing is asked"


def remote(studio: Studio) -> dict[Capability, Double]:
    """Stills and voices by vendors, whose stills take a moment until they are on their way."""
    made = doubles(studio)

    async def hold(label: str) -> None:
        if label.startswith("scene"):
            await asyncio.sleep(0.05)

    studio.hold = hold
    for capability, vendor in ((Capability.IMAGE, "openai"), (Capability.VOICE, "fal")):
        made[capability].local, made[capability].name = False, vendor
    return {capability: made[capability] for capability in (Capability.IMAGE, Capability.VOICE)}
