"""PURE: the takes that a run at work will have made, as far as plans need to know them: that they answer what is asked.

A price that is told while a run is at work is for what comes after it, so what the run makes counts as made. What its
takes will contain nobody knows; a name that only they have stands for it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.planning.graph import Graph
from pipeline.planning.plan import Action, Decision, Take, Takes, make_plan


def with_coming(
    graph: Graph,
    takes: Takes,
    *,
    fps: int,
    approved: Collection[str] | None,
    forced: Collection[str],
    given_up: Collection[str] = (),
) -> Takes:
    """`takes` with those that a run of this graph will add; what is computed from them is left out, as it is free."""
    paid = Graph(tuple(one for one in graph.components if not one.kind.is_derived), graph.lengths)
    found = [take for mine in takes.by_component.values() for take in mine]
    to_come = set(forced)
    while True:
        known = Takes.of(found, takes.lent)
        plan = make_plan(paid, known, fps=fps, approved=approved, forced=to_come, given_up=given_up)
        made = plan.having(Action.MAKE)
        if not made:
            return known
        keys = {decision.component.key for decision in made}
        found = [replace(take, selected=False) if take.component in keys else take for take in found]
        found += [_coming(decision, is_forced=decision.component.key in to_come) for decision in made]
        to_come -= keys


def _coming(decision: Decision, *, is_forced: bool) -> Take:
    """Pieces that are asked for alike are made once; one that is made anew is like no other."""
    component, wanted = decision.component, decision.fingerprint or ""
    content = f"coming:{component.key if is_forced else ''}:{wanted}"
    return Take(
        asset_id=f"coming:{component.key}",
        component=component.key,
        kind=component.kind,
        number=0,
        content_hash=content,
        fingerprint=wanted,
        selected=True,
    )
