"""One step: it tries its provider until that delivers or there is no point, and lands the result."""

from __future__ import annotations

import asyncio
import functools
import json
import logging
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError

from media_assets.paths import take_name
from pipeline import steps
from pipeline.cut.word_cuts import Cuts
from pipeline.engine import attempt_rows, landing, lost_answers, provenance, step_rows, storing
from pipeline.engine.attempt_rows import OpenAttempt, Opening
from pipeline.engine.batched_writes import BatchedWriter
from pipeline.engine.context import Context
from pipeline.engine.inputs import bring_here, if_readable, input_of
from pipeline.engine.landing import Landing, Written
from pipeline.engine.leases import Claim
from pipeline.engine.makers import Maker, Makers, as_asked
from pipeline.engine.refereeing import Judged, judged, told
from pipeline.engine.send_order import SendOrder
from pipeline.engine.state import State, Stored
from pipeline.engine.step_errors import as_error, given_up
from pipeline.film.script import parse_script
from pipeline.film.settings import TaskSettings
from pipeline.planning.kinds import Kind, place_of
from pipeline.planning.plan import Decision, variation_seed
from pipeline.planning.referee import is_faulty
from pipeline.providers.base import Call, Made, Queued
from pipeline.providers.polling import to_its_end
from pipeline.providers.registry import price_by
from pipeline.steps.job import Job
from pipeline.vendor_limits import account_limits
from pipeline.webhooks.address import webhook_url
from pixora.foundation.errors import (
    AccountFull,
    LeaseLost,
    NoPrice,
    NotFound,
    PixoraError,
    ProcessTimeout,
    ProviderError,
    SpendCap,
)
from pixora.foundation.logs import about

log = logging.getLogger(__name__)

DEADLINE_S = 600.0


class SetAside(PixoraError):
    """The take that came has a fault; it is kept, and the piece is made once more."""


class StepRunner:
    """Carries out one decision to make something."""

    def __init__(
        self,
        context: Context,
        writes: BatchedWriter,
        send_order: SendOrder,
        claim: Claim,
        state: State,
        decision: Decision,
    ) -> None:
        self.context, self.writes, self.send_order = context, writes, send_order
        self.claim, self.state = claim, state
        self.decision, self.component = decision, decision.component
        self.is_own = self.component.key in state.own
        self.makers = Makers(
            as_asked(self.component, state.samples),
            state.choice,
            agreed=state.agreed.get(self.component.key),
            own=self.is_own,
            troubles=dict(state.troubles.get(self.component.key, {})),
        )
        self.maker = Maker()
        self._turn_at = ""
        """The vendor on whose account a turn was taken that has not been used."""
        self.attached = False
        """Only a provider's job is waited for, and whoever goes on can wait for it as well."""

    async def carry_out(self) -> bool:
        """Make the piece: True where a new take (or script) has landed; otherwise the step has failed and says why."""
        with about(component=self.component.key):
            return await self._carry_out()

    async def _carry_out(self) -> bool:
        self._tell("queued", 0.0)
        down = await self._models_down()
        await self.send_order.give_way(self.component.kind)
        while True:
            try:
                attempt, error = await self._attempt(self.makers.choose(down))
            except AccountFull:
                await asyncio.sleep(account_limits.LOOK_S)
                continue
            except (SpendCap, NoPrice) as refused:
                return await self._settle_or_give_up(refused)
            if error is None:
                self._tell("ready", 1.0)
                return True
            self._turn_at = ""
            if isinstance(error, SetAside):
                continue
            delay_s = self._delay_s(attempt, error)
            if delay_s is None and not self.makers.can_go_on(attempt.model, error):
                return await self._settle_or_give_up(self.makers.offer(error) or error)
            await asyncio.sleep(delay_s or 0)
            down = await self._models_down()

    async def _attempt(self, maker: Maker) -> tuple[OpenAttempt, PixoraError | None]:
        self.maker = maker
        async with self.context.place(self.component, vendor=maker.vendor):
            with self._moving():
                await self._take_turn()
                attempt = await self._open()
                if attempt.ticket or attempt.orphaned:
                    self.send_order.at_rest(self.component.key)
                return attempt, await self._try(attempt)

    async def _models_down(self) -> Collection[str]:
        """Nothing is asked where no vendor is."""
        return await self.context.outages.models_down() if self.makers.buys else ()

    def _moving(self) -> AbstractContextManager[None]:
        """Count the piece as moving on its way. What is made here does not move: whoever gives way to it would wait for
        all of its making."""
        if not self.maker.vendor:
            return nullcontext()
        return self.send_order.moving(self.component.key, self.component.kind)

    def _delay_s(self, attempt: OpenAttempt, error: PixoraError) -> float | None:
        if lost_answers.is_lost(error):
            return lost_answers.delay_s(attempt.unknowns, self.maker.policy)
        if not error.retryable:
            return None
        delay_s = self.maker.policy.delay_s(attempt.failures + 1)
        asked_s = error.retry_after_s if isinstance(error, ProviderError) else 0.0
        return delay_s and max(delay_s, asked_s)

    async def _take_turn(self) -> None:
        """Take a turn on the vendor's account; one that was taken is kept until it has been used."""
        if self.maker.vendor and self._turn_at != self.maker.vendor:
            await self.context.turns.wait(self.maker.vendor)
            self._turn_at = self.maker.vendor

    async def _open(self) -> OpenAttempt:
        """Raises AccountFull, SpendCap and NoPrice.

        Where the account is full, the place is left: those with jobs to take up may be waiting for it.
        """
        key = self.component.key
        take, maker = self.state.next_take(key), self.maker
        opened = await self.writes.open(
            Opening(
                self.component,
                provider=maker.name,
                model=maker.model,
                seed=variation_seed(self.state.settings.seed, key, take),
                take=take,
                local=maker.local,
                awaits_webhook=maker.awaits_webhook,
                terms=account_limits.terms_of(self.component, maker.vendor, maker.entry),
                stands_in_for=maker.stands_in_for,
                because=maker.because,
            )
        )
        if (opened.provider, opened.model) != (self.maker.name, self.maker.model):
            self.maker = self.makers.named(opened.provider, opened.model)
        return opened

    def _sample(self) -> Stored | None:
        return None if self.is_own else self.state.samples.get(self.component.asks.get("sample", ""))

    async def _try(self, attempt: OpenAttempt) -> PixoraError | None:
        """Return None when it landed, else why it did not. Being stopped leaves the attempt `lost`, or its job to
        others."""
        error = self._hopeless(attempt)
        if error is None:
            try:
                async with self.context.bench(self.claim.run_id, attempt.id) as bench:
                    self._tell("making", 0.0)
                    job, made = await self._make_or_find(attempt, bench)
                    with self._moving():
                        return await self._land(attempt, job, made)
            except asyncio.CancelledError:
                await asyncio.shield(self._lose(attempt))
                raise
            except (LeaseLost, OperationalError, InterfaceError):
                raise
            except Exception as caught:  # noqa: BLE001 - the outer edge of a step: whatever happens in it is its failure
                error = as_error(caught, component=self.component.key, run_id=self.claim.run_id)
        await self.context.database(attempt_rows.fail_attempt, self.claim, attempt.id, error)
        return error

    def _hopeless(self, attempt: OpenAttempt) -> PixoraError | None:
        """Say why this is not tried again, after what earlier workers went through."""
        if attempt.crashes > self.maker.policy.crashes:
            return PixoraError("This piece has brought its worker down too often.", code="crashed")
        return None if attempt.ticket else lost_answers.too_often(attempt.unknowns, self.maker.policy)

    async def _make_or_find(self, attempt: OpenAttempt, bench: Path) -> tuple[Job, Made]:
        """A job whose id was lost on the way is taken up by the ticket that its webhook brings."""
        if not attempt.orphaned:
            try:
                return await self._make(attempt, bench)
            except ProviderError as error:
                if not (error.unknown and self.maker.awaits_webhook):
                    raise
        ticket = await lost_answers.ticket_by_webhook(self.context, attempt.id)
        return await self._make(replace(attempt, ticket=ticket), bench)

    async def _make(self, attempt: OpenAttempt, bench: Path) -> tuple[Job, Made]:
        await asyncio.to_thread(bring_here, [stored.storage_path for stored in self._read()], bench)
        earlier = await asyncio.to_thread(if_readable, self._earlier(), bench)
        try:
            async with asyncio.timeout(None if self.maker.vendor else settings.LONGEST_LOCAL_STEP_S):
                job = replace(self._job(attempt, bench), earlier=earlier)
                job = await provenance.explained(job, self.context.database, self.state, bench)
                if not self.maker.local and not attempt.ticket:
                    await self.context.moderation.admit(job)
                if self.maker.vendor and not self.is_own:
                    job = await self.context.sight.grounded(job, self.state)
                return job, await steps.make(job)
        except TimeoutError:
            raise ProcessTimeout("It took longer than any piece may take.") from None
        finally:
            self.attached = False

    def _job(self, attempt: OpenAttempt, bench: Path) -> Job:
        state, key = self.state, self.component.key
        return Job(
            component=self.component,
            prompt=state.prompt,
            source=state.source,
            title=state.title,
            settings=state.settings,
            seed=variation_seed(state.settings.seed, key, attempt.take),
            instructions=state.forced.get(key, ""),
            call=self._call(attempt, bench),
            provider=self.maker.adapter,
            inputs={key: input_of(stored, bench) for key, stored in self._inputs().items()},
            spoken_ms=self._spoken(),
            cuts=self._cuts(),
            reference=input_of(self.state.reference, bench) if self.state.reference else None,
            sample=input_of(sample, bench) if (sample := self._sample()) else None,
            own=input_of(self._upload(), bench) if self.is_own else None,
            written=state.script,
            translating=state.translating,
            source_is_gone=state.source_is_gone,
        )

    def _call(self, attempt: OpenAttempt, bench: Path) -> Call:
        async def sending() -> None:
            await self.writes.send(attempt.id)
            if not isinstance(self.maker.adapter, Queued):
                self.send_order.at_rest(self.component.key)

        async def remember(ticket: Mapping[str, Any]) -> None:
            await self.writes.remember(attempt.id, ticket)
            self.attached = True
            self.send_order.at_rest(self.component.key)

        self.attached = attempt.ticket is not None
        adapter = self.maker.adapter
        suffix = adapter.suffix if adapter else self.component.kind.about.suffix
        return Call(
            workdir=bench,
            out=bench / f"out{suffix}",
            deadline_s=DEADLINE_S,
            attempt_id=attempt.id,
            model=self.maker.entry if self.maker.vendor else None,
            report=lambda fraction: self._tell("making", fraction),
            sending=sending,
            remember=remember,
            ticket=attempt.ticket,
            webhook_url=webhook_url(self.maker.name, attempt.id) if self.maker.awaits_webhook else "",
            nap=functools.partial(self.context.wakeups.nap, attempt.id),
        )

    def _inputs(self) -> dict[str, Stored]:
        """Read the inputs; nothing where its owner gave the take: what it would be made of is not looked at."""
        if self.is_own:
            return {}
        return {key: self.state.stored[self.state.selected(key).asset_id] for key in self.component.inputs}

    def _earlier(self) -> Stored | None:
        """The film's sound so far."""
        state, key = self.state, self.component.key
        made_of_it = self.component.kind is Kind.SOUNDTRACK and state.has(key)
        return state.stored.get(state.selected(key).asset_id) if made_of_it else None

    def _upload(self) -> Stored:
        found = self.state.own[self.component.key]
        if found is None:
            raise NotFound("The upload was removed before it was used: upload it again.")
        return found

    def _read(self) -> list[Stored]:
        if self.is_own:
            return [self._upload()]
        return [*self._inputs().values(), *filter(None, (self.state.reference, self._sample()))]

    def _spoken(self) -> dict[str, int]:
        heard = [key for length in self.state.graph().lengths.values() for key in length.spoken]
        return {key: self.state.selected(key).length_ms for key in heard if self.state.has(key)}

    def _cuts(self) -> dict[str, Cuts]:
        """Return what is taken out of each narration that is selected."""
        lengths = self.state.graph().lengths.values()
        heard = {key: length for length in lengths for key in length.spoken if length.cuts and self.state.has(key)}
        return {key: length.cuts_in(key, self.state.selected(key).content_hash) for key, length in heard.items()}

    async def _land(self, attempt: OpenAttempt, job: Job, made: Made) -> SetAside | None:
        """Set a faulty piece aside the first time, so that the next try begins."""
        if self.component.kind is Kind.SCRIPT:
            await self._land_script(attempt, made)
            return None
        async with storing.staged(made, functools.partial(judged, job, made)) as (parts, seen):
            again = bool(self.maker.vendor) and not self.is_own and not attempt.faulty and is_faulty(seen.faults)
            names = self._names(attempt.take, made)
            result = self._landing(attempt, job, made, seen, names, set_aside=again)
            store = functools.partial(storing.place, names, parts)
            take, stored = await to_its_end(self.writes.land(replace(result, store=store)))
        if not again:
            self.state.add(take, stored)
            return None
        self.state.keep(take, stored)
        return SetAside(seen.faults[0].message)

    def _landing(
        self, attempt: OpenAttempt, job: Job, made: Made, seen: Judged, names: Mapping[str, str], *, set_aside: bool
    ) -> Landing:
        extra = {suffix: names[suffix] for suffix in made.extra}
        origin = provenance.kept(self.state, job, self.maker.name, self.maker.model)
        return Landing(
            attempt_id=attempt.id,
            component=self.component,
            fingerprint=self.decision.fingerprint or "",
            take=attempt.take,
            content_hash=seen.content_hash,
            storage_path=names[made.path.suffix],
            facts=told(seen, made, extra, attempt.id if set_aside else "") | origin,
            chosen=self.component.key in self.state.forced,
            cost_micros=made.cost_micros,
            price=price_by(self.maker.entry, self.component) if self.maker.entry else None,
            own=self.is_own,
            faults=() if self.is_own else seen.faults,
            set_aside=set_aside,
        )

    def _names(self, take: int, made: Made) -> dict[str, str]:
        """Name the files by ending. Each take has names of its own, so nothing that is referenced is overwritten."""
        suffixes, place = (made.path.suffix, *made.extra), place_of(self.component.key)
        return {suffix: take_name(self.state.folder, place, take, suffix) for suffix in suffixes}

    async def _land_script(self, attempt: OpenAttempt, made: Made) -> None:
        state = self.state
        script = parse_script(json.loads(await asyncio.to_thread(made.path.read_text)))
        told = state.forced.get(self.component.key, "")
        written = Written.of(attempt.id, script, made, settings=state.settings, instructions=told)
        landed, task = await self.context.database(landing.land_script, self.claim, written)
        state.script, state.script_version, state.title = parse_script(landed.content), landed.version, task.title
        state.settings = TaskSettings.model_validate(task.settings)
        await asyncio.to_thread(storing.put_script, state.folder, state.script)

    async def _lose(self, attempt: OpenAttempt) -> None:
        with suppress(LeaseLost):
            await self.context.database(attempt_rows.lose_attempt, self.claim, attempt.id)

    async def _settle_or_give_up(self, error: PixoraError) -> bool:
        """Take the piece that was set aside, with its fault told, where nothing better came."""
        fingerprint = self.decision.fingerprint or ""
        found = await self.context.database(landing.settle_for, self.claim, self.component, fingerprint)
        if found is None:
            await self._give_up(error)
            return False
        self.state.add(*found)
        self._tell("ready", 1.0)
        return True

    async def _give_up(self, error: PixoraError) -> None:
        self._tell("failed", 0.0)
        await self.context.database(step_rows.fail_step, self.claim, self.component.key, given_up(error))

    def _tell(self, status: str, fraction: float) -> None:
        self.context.observer(self.claim.run_id, self.component.key, status, fraction)
