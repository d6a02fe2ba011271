"""PURE: the animatic, a draft of the film that stands in for clips that are not there by their moving stills."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.film.script import Scene, Script
from pipeline.planning.graph import Component, Graph
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import TO_BE_MADE, Decision, Plan, Takes

NOTHING: frozenset[int] = frozenset()
NEEDED = (Kind.STILL, Kind.VOICE, Kind.LINE)
"""What has to be there before a draft is shown."""


def scenes_to_draft(plan: Plan, takes: Takes, *, clips_come_soon: bool) -> frozenset[int]:
    """Ids of the scenes to be shown by their stills; none before all stills and voices are there.

    A clip that is about to be made in this run counts as there where `clips_come_soon`: nobody waits for a draft
    of what is finished in seconds.
    """
    decisions = plan.decisions.values()
    if any(decision.take is None for decision in decisions if decision.component.kind in NEEDED):
        return NOTHING
    clips = [decision for decision in decisions if decision.component.kind is Kind.CLIP]
    return frozenset(
        decision.component.scene_id
        for decision in clips
        if decision.component.scene_id is not None and _missing(decision, takes, clips_come_soon)
    )


def _missing(decision: Decision, takes: Takes, clips_come_soon: bool) -> bool:
    there = decision.take or takes.selected(decision.component.key)
    return not there and not (clips_come_soon and decision.action in TO_BE_MADE)


def with_animatic(graph: Graph, script: Script, drafted: Collection[int]) -> Graph:
    """The film's graph and, behind it, what shows these scenes by their stills."""
    film = next(component for component in graph.components if component.kind is Kind.FILM)
    body = next(component for component in graph.components if component.kind is Kind.BODY)
    picture = {name: body.asks[name] for name in ("size", "encoder")}
    return replace(graph, components=(*graph.components, *_components(script, drafted, picture, film)))


def _components(
    script: Script, drafted: Collection[int], picture: Mapping[str, Any], film: Component
) -> Iterator[Component]:
    scenes = script.scenes
    shown = [scene for scene in scenes if scene.id in drafted]
    yield from (_clip(scene, picture) for scene in shown)
    yield from (_body(scene, picture, len(scenes)) for scene in shown)
    for before, scene in itertools.pairwise(scenes):
        if {before.id, scene.id} & set(drafted):
            yield _transition(before, scene, picture, drafted)
    inputs = tuple(_stand_in(key, scenes, drafted) for key in film.inputs)
    yield Component("animatic", Kind.ANIMATIC, {**film.asks, "draft": True}, inputs, film.slots)


def _clip(scene: Scene, picture: Mapping[str, Any]) -> Component:
    asks = {**picture, "towards": "left" if scene.index % 2 else "right"}
    return Component(f"draft/{scene.id}", Kind.DRAFT, asks, (f"scene/{scene.id}",), (scene.id,), scene_id=scene.id)


def _body(scene: Scene, picture: Mapping[str, Any], scenes: int) -> Component:
    asks = {**picture, "inner": [scene.index > 1, scene.index < scenes]}
    key = f"draft_segment/{scene.id}"
    return Component(key, Kind.DRAFT_SEGMENT, asks, (f"draft/{scene.id}",), (scene.id,), scene_id=scene.id)


def _transition(before: Scene, scene: Scene, picture: Mapping[str, Any], drafted: Collection[int]) -> Component:
    asks = {**picture, "type": scene.transition}
    begins = [0.0 if each.id in drafted else each.clip_from for each in (before, scene)]
    if any(begins):
        asks["clip_from"] = begins
    inputs = tuple(f"{'draft' if each.id in drafted else 'video'}/{each.id}" for each in (before, scene))
    key = f"draft_transition/{scene.id}"
    return Component(key, Kind.DRAFT_TRANSITION, asks, inputs, (before.id, scene.id), scene_id=scene.id)


def _stand_in(key: str, scenes: Sequence[Scene], drafted: Collection[int]) -> str:
    """The piece that is shown instead of one of the film's, or that piece itself."""
    kind, _, number = key.partition("/")
    if kind not in (Kind.BODY, Kind.TRANSITION):
        return key
    place = next(place for place, scene in enumerate(scenes) if scene.id == int(number))
    seen = scenes[place - (kind == Kind.TRANSITION) : place + 1]
    return f"draft_{key}" if any(scene.id in drafted for scene in seen) else key
