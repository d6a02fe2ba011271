"""The way back from a film to what it was made from: which takes, by whom, for which words.

Each take keeps its maker (`made_by`) and the content of what it was made from (`made_of`) among its facts, so that
copies of it in other films, and films whose first one was removed, know both. Of takes that were made before that was
kept, the rows of attempts tell the maker, and what is selected now stands for what they were made from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.credentials.delivered import SUFFIX
from pipeline.credentials.pieces import Piece, hash_of_words, in_order, maker_of, short_hash
from pipeline.cut.picture.filter_graph import LanguageTrack
from pipeline.engine.state import State
from pipeline.models import Task
from pipeline.planning.all_languages import Track
from pipeline.planning.graph import Component
from pipeline.planning.kinds import DERIVED, OF_NO_SCENE, Kind, scene_and_line
from pipeline.planning.plan import Take
from pipeline.queries.origins import Origin, origins_of
from pipeline.steps.job import Job
from pixora.foundation.async_database import Database

ACROSS_SCENES = frozenset({Kind.CHARACTER, Kind.STILL, Kind.TRANSITION, Kind.DRAFT_TRANSITION})
"""What these are made from may be of other scenes than they are."""
JOINED = frozenset({Kind.FILM, Kind.ANIMATIC})
Made = Mapping[str, Any]


def made_by(component: Component, provider: str, model: str) -> dict[str, str]:
    """Return what is kept of a take's maker, and of the words it was made for: a hash."""
    asked = str(component.asks.get("prompt") or component.asks.get("text") or "")
    return {"provider": provider, "model": model, "asked": hash_of_words(asked)}


def made_of(state: State, component: Component) -> dict[str, str]:
    """The content of the takes that a component is made from now, by component: the beginnings of their hashes."""
    return {key: short_hash(state.selected(key).content_hash) for key in component.inputs}


def kept(state: State, job: Job, provider: str, model: str) -> dict[str, Any]:
    """Return what is kept of a take's origin among its facts: of own material nothing, which says all there is; nor of
    what is joined, whose step tells it."""
    component = job.component
    if job.own or component.kind in JOINED:
        return {}
    if component.kind in DERIVED:
        return {"made_of": made_of(state, component)}
    return {"made_of": made_of(state, component), "made_by": made_by(component, provider, model)}


async def explained(job: Job, database: Database, state: State, bench: Path) -> Job:
    """Return the job of what is joined with all that it is made from, and the manifests that some of that came with;
    that of all languages with the files of their tracks."""
    component = job.component
    if component.kind is Kind.LANGUAGES:
        return replace(job, tracks=await asyncio.to_thread(lambda: [_here(track, bench) for track in state.tracks]))
    if component.kind not in JOINED and "ai_label" not in component.asks:
        return job
    unknown = unexplained(state, component)
    makers = await database(read_makers, state.task_id, unknown) if unknown else {}
    pieces = pieces_of(state, component, makers)
    names = dict.fromkeys(piece.kept for piece in pieces if piece.kept)
    paths = await asyncio.to_thread(lambda: {name: local_path(name, hold=bench) for name in names})
    return replace(job, pieces=pieces, manifests=paths)


def _here(track: Track, bench: Path) -> LanguageTrack:
    captions = local_path(track.captions, hold=bench) if track.captions else None
    return LanguageTrack(track.language, track.title, local_path(track.sound, hold=bench), captions)


def unexplained(state: State, component: Component) -> list[str]:
    """The takes of a film whose maker nothing but the rows of attempts can tell, by asset id."""
    takes = [take for take, _ in _Walk(state, {}).sources(component)]
    return [take.asset_id for take in takes if not _is_explained(state.stored[take.asset_id].facts)]


def read_makers(task_id: str, asset_ids: list[str]) -> dict[str, Made]:
    """Read the makers of such takes from the rows of attempts, by asset id. Blocking."""
    takes = list(Asset.objects.filter(id__in=asset_ids))
    return {asset_id: _as_kept(origin) for asset_id, origin in origins_of(Task.objects.get(id=task_id), takes).items()}


def pieces_of(state: State, component: Component, makers: Mapping[str, Made] | None = None) -> list[Piece]:
    """All that a component is made from, back to what was made and given; each once, in the film's order."""
    walk = _Walk(state, makers or {})
    found: dict[tuple[object, ...], Piece] = {}
    for take, scene_id in walk.sources(component):
        piece = walk.piece(take, scene_id)
        found.setdefault((piece.kind, piece.content_hash, scene_id, piece.line), piece)
    scenes = state.script.scenes if state.script else []
    return in_order(found.values(), [scene.id for scene in scenes])


def _is_explained(facts: Made) -> bool:
    return bool(facts.get("own") or facts.get("made_by"))


def _as_kept(origin: Origin) -> Made:
    return {"provider": origin.provider, "model": origin.model, "asked": hash_of_words(origin.prompt)}


class _Walk:
    """A walk through a film's takes, from what is cut back to what was made."""

    def __init__(self, state: State, makers: Mapping[str, Made]) -> None:
        self.state, self.makers = state, makers
        self.inputs = {one.key: one.inputs for one in state.graph().components}
        self.by_content = {short_hash(take.content_hash): take for take in state.takes.values()}
        self.by_place = {(take.component, short_hash(take.content_hash)): take for take in state.takes.values()}

    def sources(self, component: Component) -> Iterator[tuple[Take, int | None]]:
        """Each take that a generator made or a user gave, and the scene that it is in."""
        for key in component.inputs:
            if self.state.has(key):
                yield from self._from(self.state.selected(key), None)

    def piece(self, take: Take, scene_id: int | None) -> Piece:
        facts = self.state.stored[take.asset_id].facts
        kept = self.makers.get(take.asset_id, {}) if not facts.get("made_by") else facts["made_by"]
        read = [self.piece(each, scene_id).maker.source for each in self._read_by(take)]
        maker = maker_of(take.kind, facts, provider=kept.get("provider", ""), model=kept.get("model", ""), read=read)
        return Piece(
            component=_in_scene(take, scene_id),
            content_hash=take.content_hash,
            maker=maker,
            asked=kept.get("asked", ""),
            scene_id=scene_id,
            manifest=facts.get("manifest", ""),
            kept=facts.get("files", {}).get(SUFFIX, ""),
        )

    def _from(self, take: Take, scene_id: int | None) -> Iterator[tuple[Take, int | None]]:
        """A take and what it was made from. What is of one scene is of the scene that shows it, whose copy it may be;
        what several share, characters and music, is of none."""
        here = scene_id or _scene_of(take)
        if take.kind not in DERIVED:
            yield take, here
        for each in self._read_by(take):
            yield from self._from(each, None if take.kind in ACROSS_SCENES else here)

    def _read_by(self, take: Take) -> Iterable[Take]:
        facts = self.state.stored[take.asset_id].facts
        if facts.get("own"):
            return []
        if "made_of" in facts:
            found = [self._kept(key, content) for key, content in facts["made_of"].items()]
        else:
            keys = [key for key in self.inputs.get(take.component, ()) if self.state.has(key)]
            found = [self.state.selected(key) for key in keys]
        return [each for each in found if each]

    def _kept(self, key: str, content: str) -> Take | None:
        return self.by_place.get((key, content)) or self.by_content.get(content)


def _scene_of(take: Take) -> int | None:
    """The scene that a take's own key names; None for what several scenes share."""
    rest = take.component.partition("/")[2].partition("/")[0]
    return int(rest) if rest.isdigit() and take.kind not in OF_NO_SCENE else None


def _in_scene(take: Take, scene_id: int | None) -> str:
    """Name a take by the scene that shows it: it may be a copy of another scene's."""
    own = _scene_of(take)
    if own is None or scene_id in (own, None):
        return take.component
    _, line = scene_and_line(take.component.partition("/")[2])
    return "/".join(filter(None, (take.kind.value, str(scene_id), line)))
