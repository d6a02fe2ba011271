"""PURE: what is said when a film was cut again: what is different in it, in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from pipeline.planning.kinds import Kind

FIRST = "Your video is ready!"
"""What is said of a film's first cut."""
MOST_PLACES = 3
"""Of more, only how many pieces there are is said."""
ORDER = (Kind.CHARACTER, Kind.SCENE, Kind.AUDIO, Kind.VIDEO, Kind.MUSIC)
COMPUTED: Mapping[Kind, str] = {
    Kind.SEGMENT: "Cut again to fit the script.",
    Kind.TRANSITION: "Cut again with the changed transitions.",
    Kind.SOUNDTRACK: "Cut again with the changed sound.",
    Kind.CAPTIONS: "Cut again with the changed captions.",
    Kind.FULLVIDEO: "Cut again in the new order.",
}
"""Where nothing else has changed; the first that applies."""
BACK = "Back to an earlier cut of the film."
UNCHANGED = "The film is as it was."
DETERMINERS = {"own": "your own", "earlier": "the earlier", "new": "a new"}


@dataclass(frozen=True)
class Change:
    """A piece with another take than in the cut before. `places` are those of its scenes, from 1."""

    kind: Kind
    how: Literal["own", "earlier", "new"]
    places: tuple[int, ...] = ()


def cut_again(changes: Sequence[Change], *, computed: Collection[Kind], is_cut: bool) -> str:
    """`computed` are the kinds of what was computed for it, `is_cut` whether the film is another one than before."""
    if changes and is_cut:
        return f"Cut again with {_listed(changes)}."
    if changes:
        return f"You have {_listed(changes)} now. The film stays as it is until you update it."
    if not is_cut:
        return UNCHANGED
    return next((sentence for kind, sentence in COMPUTED.items() if kind in computed), BACK)


def _listed(changes: Sequence[Change]) -> str:
    """ "a new picture and clip in scene 2" """
    ordered = sorted(changes, key=lambda change: (change.places, change.how, ORDER.index(change.kind)))
    groups = [list(group) for _, group in groupby(ordered, key=lambda change: (change.places, change.how))]
    if len(groups) > MOST_PLACES:
        return f"{len(changes)} changed pieces"
    return _and(_phrase(group) for group in groups)


def _phrase(group: Sequence[Change]) -> str:
    first = group[0]
    nouns = _and(change.kind.about.label.lower() for change in group)
    determiner = "new" if first.how == "new" and first.kind is Kind.MUSIC else DETERMINERS[first.how]
    return f"{determiner} {nouns}{_where(first.places)}"


def _where(places: Sequence[int]) -> str:
    if not places:
        return ""
    return f" in scene {places[0]}" if len(places) == 1 else f" in scenes {places[0]} to {places[-1]}"


def _and(words: Iterable[str]) -> str:
    found = list(words)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
