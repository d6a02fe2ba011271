"""PURE: (graph, takes) → what every component should be, what it is, and what to do about it.

The engine asks again after each landing; a quote asks once with everything approved. Nothing here acts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.cut.narration_fit import slot_frames
from pipeline.planning.graph import Component, Graph
from pipeline.planning.kinds import DERIVED, Kind


@dataclass(frozen=True, slots=True)
class Take:
    """One take as the plan sees it. `selected_at` is any growing number; `length_ms` is 0 where time means nothing."""

    asset_id: str
    component: str
    kind: Kind
    number: int
    content_hash: str
    fingerprint: str = ""
    chosen_for: str = ""
    selected: bool = False
    selected_at: float = 0.0
    length_ms: int = 0

    def answers(self, wanted: str) -> bool:
        return wanted in (self.fingerprint, self.chosen_for)


class Action(StrEnum):
    KEEP = "keep"
    """Selected and fresh."""
    SELECT = "select"
    """An older take of this component is what is wanted: free."""
    ADOPT = "adopt"
    """A take of another component of the same kind is what is wanted: free."""
    MAKE = "make"
    WAIT = "wait"
    """Depends on something that is still to be made."""
    LEAVE = "leave"
    """Stale and not to be made now: what is selected stays watchable."""
    MISSING = "missing"
    """There is nothing, and nothing may be made."""


CUT_FROM = frozenset({Kind.BODY, Kind.TRANSITION, Kind.SOUNDTRACK, Kind.CAPTIONS})
"""What a film is joined from."""
TO_BE_MADE = frozenset({Action.MAKE, Action.WAIT})
NOT_THERE = TO_BE_MADE | {Action.LEAVE, Action.MISSING}


@dataclass(frozen=True, slots=True)
class Decision:
    component: Component
    action: Action
    fingerprint: str | None = None
    """What is wanted; None while an input is not made."""
    take: Take | None = None
    """What there is after the action; None for something to be made."""


def is_held(film: Decision) -> bool:
    """It stays as it is although everything to join it anew is there."""
    return film.action is Action.LEAVE and film.fingerprint is not None


@dataclass(frozen=True)
class Plan:
    decisions: Mapping[str, Decision]
    due: Collection[str] = frozenset()
    """What would be made if everything were approved: what is missing or stale, or reads something that is."""
    graph: Graph = field(default_factory=lambda: Graph(()))
    unheld: Mapping[str, Decision] = field(default_factory=dict)
    """The decisions as they were before anything was held, for a plan that is made after this one."""

    def having(self, *actions: Action) -> list[Decision]:
        return [decision for decision in self.decisions.values() if decision.action in actions]

    def take(self, key: str) -> Take | None:
        return self.decisions[key].take

    @property
    def cut_is_due(self) -> bool:
        """True where all that a generator makes is there and fits, and only the film has still to be cut from it."""
        film = self.decisions.get(Kind.FILM)
        if film is None or film.action in (Action.KEEP, Action.LEAVE, Action.MISSING):
            return False
        return all(self.decisions[key].component.kind in DERIVED for key in self.due)


def touched(before: Plan, after: Plan) -> set[str]:
    """List the keys of what is asked for in other words than before, and of what is made from that."""
    found: set[str] = set()
    for key, decision in after.decisions.items():
        was, now = before.decisions.get(key), decision.component
        is_same = was is not None and (was.component.asks, was.component.inputs) == (now.asks, now.inputs)
        if not is_same or not found.isdisjoint(now.inputs):
            found.add(key)
    return found


@dataclass(frozen=True)
class Takes:
    """All takes of a task, found by component and by fingerprint.

    `lent` are takes of the film's other versions: they are found by their fingerprints alone, after the task's own.
    """

    by_component: Mapping[str, tuple[Take, ...]]
    by_fingerprint: Mapping[tuple[Kind, str], Take] = field(default_factory=dict)
    lent: tuple[Take, ...] = ()

    @classmethod
    def of(cls, takes: Iterable[Take], lent: Iterable[Take] = ()) -> Takes:
        by_component: dict[str, list[Take]] = {}
        own: dict[tuple[Kind, str], Take] = {}
        for take in takes:
            by_component.setdefault(take.component, []).append(take)
            if take.fingerprint:
                asked = take.kind, take.fingerprint
                own[asked] = max(own.get(asked, take), take, key=_choice)
        others = tuple(lent)
        by_fingerprint = {(take.kind, take.fingerprint): take for take in others} | own
        return cls({key: tuple(found) for key, found in by_component.items()}, by_fingerprint, others)

    def selected(self, key: str) -> Take | None:
        return next((take for take in self.by_component.get(key, ()) if take.selected), None)

    def answering(self, key: str, wanted: str) -> Take | None:
        """Return the take that answers what is wanted: of several, the one selected last."""
        found = [take for take in self.by_component.get(key, ()) if take.answers(wanted)]
        return max(found, key=lambda take: (take.selected_at, take.number), default=None)


def _choice(take: Take) -> tuple[bool, float, int]:
    """Rank takes that were asked for alike: the one that somebody has now, or had last, comes out on top."""
    return take.selected, take.selected_at, take.number


def make_plan(
    graph: Graph,
    takes: Takes,
    *,
    fps: int,
    approved: Collection[str] | None = None,
    forced: Collection[str] = (),
    given_up: Collection[str] = (),
    holds: bool | None = None,
    like: Plan | None = None,
) -> Plan:
    """Decide every component.

    `approved` are the keys that may be made (None: all; derived ones always may), `forced` those to be made anew
    although fresh, `given_up` those that failed in this run and are not tried again. With `holds` (where nothing at all
    is approved or forced, unless it is told) a film that is there stays as it is while what would be cut anew reads
    something that waits for a yes: its captions would say what no voice says, its shape be that of no picture. So do
    its captions and its poster while it lacks a piece: they are those of the cut that is shown.

    `like` is a plan of the same takes and choices for another script: only what differs from it is decided again.
    """
    if holds is None:
        holds = approved is not None and not approved and not forced
    planner = _Planner(graph, takes, fps, approved, forced, given_up, like or Plan({}))
    planner.decide_all()
    unheld = dict(planner.decisions)
    if holds and takes.selected(Kind.FILM) and planner.cuts_what_waits():
        planner.hold()
    return Plan(planner.decisions, planner.due, graph, unheld)


class _Planner:
    def __init__(
        self,
        graph: Graph,
        takes: Takes,
        fps: int,
        approved: Collection[str] | None,
        forced: Collection[str],
        given_up: Collection[str],
        like: Plan,
    ) -> None:
        self.holds = False
        self.like = like
        self.anew: set[str] = set()
        """What came out otherwise than in the plan that this one is like."""
        self.graph, self.takes, self.fps = graph, takes, fps
        self.approved, self.forced, self.given_up = approved, forced, given_up
        self.decisions: dict[str, Decision] = {}
        self.due: set[str] = set()

    def decide_all(self) -> None:
        for component in self.graph.components:
            self.decide(component)

    def hold(self) -> None:
        """Leave all that would be computed as it is, and decide again what reads it."""
        self.holds, again = True, set[str]()
        for component in self.graph.components:
            was, read = self.decisions[component.key], self._read_by(component)
            reads_what_is_held = not again.isdisjoint(read)
            if not reads_what_is_held and not (was.action in TO_BE_MADE and component.kind.is_derived):
                continue
            again.add(component.key)
            self.due.discard(component.key)
            if reads_what_is_held or was.action is Action.WAIT:
                self._enter(component, self._decision(component, read))
            else:
                self._enter(component, self._not_now(component, was.fingerprint))

    def cuts_what_waits(self) -> bool:
        """Something computed would be made anew, and reads what a generator has still to make; or the film cannot be
        joined, and its captions and its poster would be another cut's."""
        film = self.decisions.get(Kind.FILM)
        if film is not None and film.action is Action.LEAVE:
            return True
        waits = {key for key in self.due if not self.decisions[key].component.kind.is_derived}
        cuts = (one.component for one in self.decisions.values() if one.action in TO_BE_MADE)
        return any(not waits.isdisjoint(self._read_by(one)) for one in cuts if one.kind in CUT_FROM)

    def decide(self, component: Component) -> None:
        was = self.like.unheld.get(component.key)
        if was and self._is_asked_alike(component, was.component):
            self._enter(component, was)
            return
        decision = self._decision(component, self._read_by(component))
        if was is None or (was.action, was.take) != (decision.action, decision.take):
            self.anew.add(component.key)
        self._enter(component, decision)

    def _is_asked_alike(self, component: Component, before: Component) -> bool:
        lengths, were = self.graph.lengths, self.like.graph.lengths
        return (
            component == before
            and self.anew.isdisjoint(self._read_by(component))
            and all(lengths[scene_id] == were.get(scene_id) for scene_id in component.slots)
        )

    def _enter(self, component: Component, decision: Decision) -> None:
        self.decisions[component.key] = decision
        if decision.action in NOT_THERE or not self.due.isdisjoint(self._read_by(component)):
            self.due.add(component.key)

    def _decision(self, component: Component, keys: Iterable[str]) -> Decision:
        read = [self.decisions[key] for key in keys]
        if any(decision.take is None and decision.action not in TO_BE_MADE for decision in read):
            return self._not_now(component, None)
        if any(decision.action in TO_BE_MADE for decision in read):
            return Decision(component, Action.WAIT)
        wanted = fingerprint(component, self._hashes(component), self._slots(component))
        if component.key in self.forced and component.key not in self.given_up:
            return Decision(component, Action.MAKE, wanted)
        return self._free(component, wanted) or self._paid(component, wanted)

    def _free(self, component: Component, wanted: str) -> Decision | None:
        selected = self.takes.selected(component.key)
        if selected and selected.answers(wanted):
            return Decision(component, Action.KEEP, wanted, selected)
        if older := self.takes.answering(component.key, wanted):
            return Decision(component, Action.SELECT, wanted, older)
        if other := self.takes.by_fingerprint.get((component.kind, wanted)):
            return Decision(component, Action.ADOPT, wanted, other)
        return None

    def _paid(self, component: Component, wanted: str) -> Decision:
        if self.holds and component.kind.is_derived:
            return self._not_now(component, wanted)
        allowed = self.approved is None or component.kind in DERIVED or component.key in self.approved
        if allowed and component.key not in self.given_up:
            return Decision(component, Action.MAKE, wanted)
        return self._not_now(component, wanted)

    def _not_now(self, component: Component, wanted: str | None) -> Decision:
        selected = self.takes.selected(component.key)
        return Decision(component, Action.LEAVE if selected else Action.MISSING, wanted, selected)

    def _read_by(self, component: Component) -> list[str]:
        lengths = (self.graph.lengths[scene_id].spoken for scene_id in component.slots)
        return [*component.inputs, *(key for keys in lengths for key in keys)]

    def _hashes(self, component: Component) -> list[str]:
        return [self._taken(key).content_hash for key in component.inputs]

    def _slots(self, component: Component) -> list[int]:
        return [self._slot(scene_id) for scene_id in component.slots]

    def _slot(self, scene_id: int) -> int:
        length = self.graph.lengths[scene_id]
        takes = {key: self._taken(key) for key in length.spoken}
        heard_ms = [length.heard_ms(key, take.length_ms, take.content_hash) for key, take in takes.items()]
        return slot_frames(length.duration_s, [ms for ms in heard_ms if ms], self.fps, dragged=length.dragged)[0]

    def _taken(self, key: str) -> Take:
        take = self.decisions[key].take
        assert take is not None
        return take


def fingerprint(component: Component, input_hashes: list[str], slots: list[int]) -> str:
    """The hash of what is asked: own text and parameters, the content read, the lengths read; nothing else."""
    return digest([component.kind, component.asks, input_hashes, slots])


def digest(value: Any) -> str:
    """SHA-256 of a JSON value's canonical form, in hex."""
    canonical = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def variation_seed(task_seed: int, component: str, take: int) -> int:
    """A take's own seed: the first take of a component always draws the same one."""
    return int(digest([task_seed, component, take])[:8], 16) & 0x7FFFFFFF
