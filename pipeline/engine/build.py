"""One run's build: it plans, takes what is free, makes what is ready, plans again after each landing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import InterfaceError, OperationalError

from pipeline.cut.narration_fit import FPS
from pipeline.engine import ending, landing, leases, run_state, step_rows
from pipeline.engine.batched_writes import BatchedWriter
from pipeline.engine.cancelling import cancel_jobs
from pipeline.engine.context import Context
from pipeline.engine.ending import Outcome
from pipeline.engine.leases import Claim
from pipeline.engine.moderation import texts_of
from pipeline.engine.progress_broadcast import Ticker
from pipeline.engine.send_order import SendOrder
from pipeline.engine.state import State, is_agreed
from pipeline.engine.step_runner import StepRunner
from pipeline.engine.storing import put_script
from pipeline.models import RunStatus
from pipeline.planning import animatic
from pipeline.planning.graph import Component
from pipeline.planning.kinds import BESIDE, Kind, kind_of
from pipeline.planning.piece_names import PieceNames
from pipeline.planning.plan import Action, Decision, Plan, is_held, make_plan
from pipeline.providers.base import Capability
from pipeline.providers.registry import capability_of, provider
from pixora.foundation.errors import LeaseLost
from pixora.foundation.logs import about

log = logging.getLogger(__name__)

NAMED = 5
"""More failed pieces than that are counted, not named."""
SCRIPT = Component(Kind.SCRIPT.value, Kind.SCRIPT, {})
"""What is made first where there is no script yet, from which all else follows."""


class Build:
    """Drives one claimed run to its end, unless it is cancelled, told to stop, or loses its lease."""

    def __init__(self, context: Context, claim: Claim, *, put_down: Callable[[], None]) -> None:
        """`put_down` is called before the lease is given back: nobody may extend it from then on."""
        self.context = replace(context, observer=self._observe)
        self._watcher = context.observer
        self.claim, self._let_go = claim, put_down
        self._writes, self._send_order = BatchedWriter(context.database, claim), SendOrder()
        self._making: dict[str, asyncio.Task[bool]] = {}
        self._runners: dict[str, StepRunner] = {}
        self._cancelled = claim.cancelled
        self._stopping = self._lost = False
        self._has_drafted = False
        self._state: State
        self._ticker: Ticker

    async def drive(self) -> None:
        with about(task=self.claim.task_id, run=self.claim.run_id):
            await self._drive()

    async def _drive(self) -> None:
        try:
            self._state = await self.context.database(run_state.load, self.claim)
            self._ticker = Ticker(self.context.database, self.claim, shown=self._state.progress)
            async with self._ticker:
                await self._write_script()
                await self._build()
        except LeaseLost as lost:
            log.warning("%s", lost.message)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("%s failed unexpectedly", self.claim.run_id)
            await self._give_up()
        finally:
            await self._put_down()

    def cancel(self) -> None:
        """The user wants no more of it: drop what is being made and end the run."""
        if self._cancelled:
            return
        self._cancelled = True
        self._drop()

    def stop(self, *, grace_s: float) -> None:
        """The process is to end: start nothing new, drop what is not done after `grace_s`, give the lease back."""
        self._stopping = True
        asyncio.get_running_loop().call_later(grace_s, self._drop)

    def leave_jobs(self) -> None:
        """Drop what only waits for a provider's job: its ticket lets whoever goes on take that job up."""
        for key, runner in self._runners.items():
            if runner.attached and key in self._making:
                runner.attached = False
                self._making[key].cancel()

    def lose(self) -> None:
        """Another worker has the run: drop everything, write nothing."""
        self._lost = True
        self._drop()

    @property
    def _ending(self) -> bool:
        return self._cancelled or self._stopping or self._lost

    def _observe(self, run_id: str, component: str, status: str, fraction: float) -> None:
        self._ticker.progress.see(component, status, fraction)
        self._watcher(run_id, component, status, fraction)

    def _drop(self) -> None:
        for task in self._making.values():
            task.cancel()

    async def _write_script(self) -> None:
        if Kind.SCRIPT in self._state.forced and not self._ending:
            self._start(Decision(SCRIPT, Action.MAKE, ""))
            await self._wait_for_a_landing()
        if self._state.script and self._state.is_newest:
            await asyncio.to_thread(put_script, self._state.folder, self._state.script)

    async def _build(self) -> None:
        if self._state.script and not self._cancelled:
            plan = self._plan()
            self.context.moderation.look_ahead(self._texts_to_send(plan))
            statuses = await self.context.database(step_rows.enter_steps, self.claim, plan)
            self._ticker.progress.script = self._state.script
            self._ticker.progress.expect(statuses)
        while True:
            plan = self._plan()
            if not self._ending:
                if await self._take_what_is_free(plan):
                    continue
                self._start_what_is_ready(plan)
            if not self._making:
                break
            await self._wait_for_a_landing()
        if self._cancelled or not self._ending:
            await self._finish(plan)

    async def _finish(self, plan: Plan) -> None:
        if self._cancelled:
            await cancel_jobs(self.context, self.claim)
        outcome = self._outcome(plan)
        await self.context.database(ending.finish, self.claim, plan, outcome)
        if outcome.status == RunStatus.SUCCEEDED:
            self._ticker.finish()
        await self.context.clear(self.claim.run_id)

    def _plan(self) -> Plan:
        """Make the plan with an animatic, once in a run, from when there is something to draft until it is made."""
        plan = self._planned()
        if self._state.drafted:
            if plan.decisions[Kind.ANIMATIC].action not in (Action.KEEP, Action.LEAVE, Action.MISSING):
                return plan
            self._has_drafted, self._state.drafted = True, animatic.NOTHING
            return self._planned()
        if self._has_drafted or self._ending:
            return plan
        local = bool(provider(Capability.MOTION).local)
        self._state.drafted = animatic.scenes_to_draft(plan, self._state.index(), clips_come_soon=local)
        return self._planned() if self._state.drafted else plan

    def _planned(self) -> Plan:
        state = self._state
        return make_plan(
            state.graph(),
            state.index(),
            fps=FPS,
            approved=state.approved,
            forced=state.forced,
            given_up=state.given_up,
            holds=state.holds,
        )

    def _texts_to_send(self, plan: Plan) -> list[str]:
        """Return the texts that go to vendors; first what goes with every piece."""
        texts = []
        for decision in plan.having(Action.MAKE, Action.WAIT):
            key, capability = decision.component.key, capability_of(decision.component.kind)
            is_ours = capability is None or key in self._state.own or provider(capability).local
            if not is_ours and is_agreed(key, approved=self._state.approved, forced=self._state.forced):
                texts += [self._state.forced.get(key, ""), *texts_of(decision.component)]
        return [self._state.prompt, *texts] if texts else []

    async def _take_what_is_free(self, plan: Plan) -> bool:
        free = plan.having(Action.SELECT, Action.ADOPT)
        found = [decision for decision in free if decision.component.key not in self._making]
        if not found:
            return False
        for take, stored in await self.context.database(landing.take_free, self.claim, found):
            self._state.add(take, stored)
            self.context.observer(self.claim.run_id, take.component, "ready", 1.0)
        return True

    def _start_what_is_ready(self, plan: Plan) -> None:
        """Start what is ready. Of several that want the same one is made; the others adopt it when it has landed."""
        wanted = {(one.component.kind, one.fingerprint) for key, one in plan.decisions.items() if key in self._making}
        for decision in plan.having(Action.MAKE):
            key, same = decision.component.key, (decision.component.kind, decision.fingerprint)
            if key not in self._making and (same not in wanted or key in self._state.forced):
                wanted.add(same)
                self._start(decision)

    def _start(self, decision: Decision) -> None:
        key = decision.component.key
        runner = StepRunner(self.context, self._writes, self._send_order, self.claim, self._state, decision)
        self._runners[key], self._making[key] = runner, asyncio.create_task(runner.carry_out())

    async def _wait_for_a_landing(self) -> None:
        await asyncio.wait(self._making.values(), return_when=asyncio.FIRST_COMPLETED)
        for key, task in list(self._making.items()):
            if task.done():
                del self._making[key], self._runners[key]
                self._settle(key, task)

    def _settle(self, key: str, task: asyncio.Task[bool]) -> None:
        if task.cancelled():
            return
        if task.result():
            self._state.forced.pop(key, None)
        else:
            self._state.given_up.add(key)
            self._state.forced.pop(key, None)

    def _outcome(self, plan: Plan) -> Outcome:
        if self._cancelled:
            return Outcome(RunStatus.CANCELLED)
        unused = self._state.own.keys() & self._state.forced.keys()
        names = sorted(key for key in self._state.given_up | unused if kind_of(key) not in BESIDE)
        if names:
            return Outcome(RunStatus.FAILED, "step_failed", self._not_made(names))
        film = plan.decisions.get(Kind.FILM)
        is_there = film is not None and (film.action is Action.KEEP or is_held(film))
        return Outcome(RunStatus.SUCCEEDED, film=is_there)

    def _not_made(self, keys: Sequence[str]) -> str:
        pieces = "One piece" if len(keys) == 1 else f"{len(keys)} pieces"
        known = PieceNames.of(self._state.script)
        named = ", ".join(known.the(key) for key in keys[:NAMED]) + (" and more" if len(keys) > NAMED else "")
        return f"{pieces} could not be made: {named}. What was made is kept; start it again."

    async def _give_up(self) -> None:
        """A run that nobody can drive must not be taken up for ever."""
        self._drop()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        await cancel_jobs(self.context, self.claim)
        outcome = Outcome(RunStatus.FAILED, "internal", "Something went wrong in Pixora itself; it is logged.")
        await self.context.database(ending.finish, self.claim, Plan({}), outcome)

    async def _put_down(self) -> None:
        self._drop()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        self._let_go()
        await self.context.database(leases.give_back, self.claim)
