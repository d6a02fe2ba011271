"""What waits for a slot of the machine, and what does not."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from pipeline.engine.context import SCRIPTS_AT_ONCE, Context
from pipeline.engine.moderation import Moderation
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pixora.foundation.async_database import Database
from pixora.foundation.machine_slots import Machine

SCRIPT, STILL = Component("script", Kind.SCRIPT, {}), Component("scene/1", Kind.STILL, {})
SOON_S = 0.3


def context(folder: Path) -> Context:
    database = Database()
    return Context(database, Moderation(database), Machine(folder / "slots", 1), folder)


async def _begins(here: Context, component: Component) -> bool:
    """Tell whether it may be worked on soon."""
    try:
        async with asyncio.timeout(SOON_S), here.place(component, vendor=""):
            return True
    except TimeoutError:
        return False


def test_a_script_waits_for_no_piece_of_any_film(tmp_path: Path) -> None:
    async def both() -> tuple[bool, bool]:
        here, elsewhere = context(tmp_path), context(tmp_path)
        async with elsewhere.place(STILL, vendor=""):
            return await _begins(here, SCRIPT), await _begins(here, STILL)

    assert asyncio.run(both()) == (True, False)


@pytest.mark.parametrize(("writes", "begins"), [(SCRIPTS_AT_ONCE - 1, True), (SCRIPTS_AT_ONCE, False)])
def test_only_a_few_scripts_are_written_at_once(tmp_path: Path, writes: int, begins: bool) -> None:
    async def one_more() -> bool:
        here = context(tmp_path)
        for _ in range(writes):
            await here.writing.acquire()
        return await _begins(here, SCRIPT)

    assert asyncio.run(one_more()) is begins
