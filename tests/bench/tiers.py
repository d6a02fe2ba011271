"""What tiers cost: quoting with them against quoting without, and a film in Draft against the same in Standard.

Run in a process in which the paid vendors have keys; nothing is asked of them and no film is made.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable

from pipeline.film.script import Script
from pipeline.film.settings import Choice, TaskSettings
from pipeline.models import Task
from pipeline.planning.film_plan import plan_with
from pipeline.planning.plan import Takes
from pipeline.providers.registry import cost_by
from pipeline.services import making_time, quotes
from pipeline.services.pieces_due import PiecesDue
from tests.pipeline.scripts import TINY, script

ROUNDS = 100


def main() -> None:
    """Print the figures as JSON."""
    draft, standard = (_cost_and_time(Choice(tier)) for tier in ("draft", "standard"))
    ratios = {"dollars": draft[0] / standard[0], "seconds": draft[1] / standard[1]}
    print(json.dumps({"quoting": _quoting(script(60)), **ratios}))


def _quoting(written: Script) -> float:
    """Quote in turns; return the ratio of the medians."""
    usual = Choice()

    def without() -> PiecesDue:
        due = _due(written, TINY)
        due.items(usual)
        return due

    turns = [(_computed_s(without), _computed_s(lambda: quotes.by_tier(without(), usual))) for _ in range(ROUNDS)]
    alone, with_tiers = zip(*turns, strict=True)
    return float(statistics.median(with_tiers) / statistics.median(alone))


def _cost_and_time(choice: Choice) -> tuple[int, int]:
    """Micros and seconds of a film of six scenes that is narrated, with music, at 720p."""
    due = _due(script(6), TaskSettings(duration=30))
    makers = due.makers(choice)
    pairs = zip(due.components, map(makers.get, due.sorts), strict=True)
    return sum(cost_by(found, one) for one, found in pairs if found), making_time.expected_s(due, makers)


def _due(written: Script, settings: TaskSettings) -> PiecesDue:
    film = Task(id="film", title="A film", settings=settings.model_dump())
    return PiecesDue.of(plan_with(written, film, Takes.of([]), approved=()), Choice())


def _computed_s(work: Callable[[], object]) -> float:
    """Seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began
