"""A build's knowledge while it runs: values read once at its start and kept up to date by its own landings."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.film.script import Script
from pipeline.film.settings import USUAL, Choice, TaskSettings
from pipeline.film.translation import Translating
from pipeline.planning import all_languages, animatic
from pipeline.planning.all_languages import Track
from pipeline.planning.graph import Graph, build_graph
from pipeline.planning.plan import Take, Takes
from pixora.foundation.errors import Trouble


@dataclass(frozen=True)
class Stored:
    """The place of a take's file in the storage, and what is known about it."""

    storage_path: str
    facts: Mapping[str, Any]


@dataclass
class State:
    run_id: str
    task_id: str
    prompt: str
    source: str
    """The film's own words, where the prompt is not them."""
    title: str
    settings: TaskSettings
    folder: str
    script: Script | None
    script_version: int
    approved: frozenset[str] | None
    forced: dict[str, str]
    """Component key → the instruction given; an entry goes when its take has landed."""
    takes: dict[str, Take]
    stored: dict[str, Stored]
    lent: tuple[Take, ...] = ()
    """Takes of the film's other versions, as they were when the run began."""
    progress: int = 0
    """What an earlier worker told last, in percent."""
    is_newest: bool = True
    """The script is the task's current one: it was not edited since the run began."""
    holds: bool = False
    """Nobody has agreed to anything that costs: a film that is there stays as it is while that is open."""
    choice: Choice = USUAL
    agreed: Mapping[str, int] = field(default_factory=dict)
    """The credits that were agreed to, by component; empty where nobody pays."""
    troubles: Mapping[str, Mapping[str, Trouble]] = field(default_factory=dict)
    """By component and model, why an earlier worker did not ask it any more."""
    reference: Stored | None = None
    samples: Mapping[str, Stored] = field(default_factory=dict)
    """Own voices that the film names and that are there, by id."""
    own: Mapping[str, Stored | None] = field(default_factory=dict)
    """Uploads that become takes, by component; None for one that has gone meanwhile."""
    tracks: Sequence[Track] = ()
    """The languages that are joined into one file in this run."""
    translating: Translating | None = None
    source_is_gone: bool = False
    """The film that this one was to be translated from was removed before it was."""
    """The text that its writer has to translate; None for a film that is written."""
    given_up: set[str] = field(default_factory=set)
    drafted: frozenset[int] = animatic.NOTHING
    """Scenes that an animatic shows by their stills, while one is being made."""
    _graph: Graph | None = None
    _graph_of: tuple[object, ...] = ()

    def graph(self) -> Graph:
        """Return the film's graph, built anew only where what it is made of has changed: each piece asks for it."""
        if not self.script:
            return Graph(())
        made_of = (self.script, self.settings, self.title, self.drafted)
        if self._graph is None or self._graph_of != made_of:
            self._graph, self._graph_of = self._build_graph(self.script), made_of
        return self._graph

    def _build_graph(self, script: Script) -> Graph:
        graph = build_graph(script, self.settings, title=self.title)
        if self.tracks:
            graph = all_languages.with_languages(graph, self.tracks)
        return animatic.with_animatic(graph, script, self.drafted) if self.drafted else graph

    def index(self) -> Takes:
        return Takes.of(self.takes.values(), self.lent)

    def has(self, component: str) -> bool:
        return any(take.component == component and take.selected for take in self.takes.values())

    def selected(self, component: str) -> Take:
        return next(take for take in self.takes.values() if take.component == component and take.selected)

    def add(self, take: Take, stored: Stored) -> None:
        """Add a new take, selected: what was selected before is not any more."""
        for other in list(self.takes.values()):
            if other.component == take.component and other.selected:
                self.takes[other.asset_id] = replace(other, selected=False)
        self.keep(take, stored)

    def keep(self, take: Take, stored: Stored) -> None:
        """Add a take that is not selected."""
        self.takes[take.asset_id] = take
        self.stored[take.asset_id] = stored

    def next_take(self, component: str) -> int:
        return 1 + max((take.number for take in self.takes.values() if take.component == component), default=0)


def is_agreed(component: str, *, approved: Container[str] | None, forced: Container[str]) -> bool:
    """True where a component may be made. One that may not be may still turn out to be up to date."""
    return approved is None or component in approved or component in forced
