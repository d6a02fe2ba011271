"""The engine's way through a run on the real database, with takes that are only said to be made.

What it reads and writes goes through the engine's own records; only the files and the generators are left out, so a
hundred runs take seconds.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from media_assets.models import Asset
from pipeline.cut.narration_fit import FPS
from pipeline.engine import ending, landing, leases, run_state, step_rows
from pipeline.engine.ending import Outcome
from pipeline.engine.landing import Landing
from pipeline.engine.leases import Claim
from pipeline.engine.state import State
from pipeline.models import RunStatus, Task
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action, Decision, Plan, make_plan
from tests.pipeline.attempts import land, open_attempt


def nobody_looks(asset: Asset) -> None:
    return None


@dataclass
class PretendedRuns:
    """`landed` is told of each new row, adopted ones too, before anything else happens."""

    landed: Callable[[Asset], None] = nobody_looks
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def work(self, task: Task) -> None:
        """All runs that wait, one after the other."""
        while task.runs.filter(status=RunStatus.QUEUED).exists():
            claim = leases.claim_run(worker="paper", lease_s=60)
            assert claim
            self._drive(claim)

    def _drive(self, claim: Claim) -> None:
        state = run_state.load(claim)
        step_rows.enter_steps(claim, self._plan(state))
        while (plan := self._plan(state)).having(Action.SELECT, Action.ADOPT, Action.MAKE):
            if free := plan.having(Action.SELECT, Action.ADOPT):
                for take, stored in landing.take_free(claim, free):
                    state.add(take, stored)
                    self.landed(Asset.objects.get(id=take.asset_id))
            else:
                self._make(claim, state, plan.having(Action.MAKE)[0])
        film = plan.decisions[Kind.FILM].action is Action.KEEP
        ending.finish(claim, plan, Outcome(RunStatus.SUCCEEDED, film=film))

    def _plan(self, state: State) -> Plan:
        return make_plan(state.graph(), state.index(), fps=FPS, approved=state.approved, forced=state.forced)

    def _make(self, claim: Claim, state: State, decision: Decision) -> None:
        component, number = decision.component, next(self.numbers)
        own = state.own.get(component.key)
        opened = open_attempt(claim, component, provider="paper", model="", seed=0, take=state.next_take(component.key))
        result = Landing(
            attempt_id=opened.id,
            component=component,
            fingerprint=decision.fingerprint or "",
            take=opened.take,
            content_hash=f"content {own.storage_path if own else number}",
            storage_path=f"paper/{number}",
            facts={"duration_ms": (2_000, 9_000)[number % 2], "own": bool(own)},
            chosen=component.key in state.forced,
            own=bool(own),
        )
        take, stored = land(claim, result)
        state.add(take, stored)
        state.forced.pop(component.key, None)
        self.landed(Asset.objects.get(id=take.asset_id))
