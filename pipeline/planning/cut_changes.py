"""PURE: what is said when a film was cut again: what is different in it, in one sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    Kind.SEGMENT: "to fit the script",
    Kind.TRANSITION: "with the changed transitions",
    Kind.SOUNDTRACK: "with the changed sound",
    Kind.CAPTIONS: "with the changed captions",
}
"""Where no piece has changed; of several that were computed, the first."""
CAPTIONED: Mapping[str, str] = {
    "off": "without captions",
    "soft": "with captions",
    "clean": "with captions in the picture",
    "boxed": "with captions in a box",
}
TITLED = "with the new title"
REORDERED = "in the new order"
BACK = "Back to an earlier cut of the film."
UNCHANGED = "The film is as it was."
DETERMINERS = {"own": "your own", "earlier": "the earlier", "new": "a new"}


@dataclass(frozen=True)
class Change:
    """A piece with another take than in the cut before. `places` are those of its scenes, from 1."""

    kind: Kind
    how: Literal["own", "earlier", "new"]
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cut:
    """What a film was joined with beside its pieces; None of what is not known any more of an old one."""

    title: str | None
    captions: str | None
    """As the settings call them."""
    scenes: tuple[int, ...]
    """Their ids, in order."""


def cut_again(
    changes: Sequence[Change],
    *,
    computed: Collection[Kind],
    is_cut: bool,
    before: Cut | None = None,
    after: Cut | None = None,
) -> str:
    """`computed` are the kinds of what was computed for it, `is_cut` whether the film is another one than `before`."""
    if changes and is_cut:
        return f"Cut again with {_listed(changes)}."
    if changes:
        return f"You have {_listed(changes)} now. The film stays as it is until you update it."
    if not is_cut:
        return UNCHANGED
    if Kind.FULLVIDEO not in computed:
        return BACK
    why = list(_reasons(before, after, computed)) if before and after else list(_computed(computed))
    return f"Cut again {_and(why)}." if why else "Cut again."


def _reasons(before: Cut, after: Cut, computed: Collection[Kind]) -> Iterator[str]:
    """Each is said once: scenes in another order, and captions, have other things computed anew too."""
    explained: set[Kind] = set()
    gone = [scene for scene in before.scenes if scene not in after.scenes]
    if gone and len(gone) == len(before.scenes) - len(after.scenes):
        yield "without the removed scene" if len(gone) == 1 else f"without {len(gone)} removed scenes"
        explained |= COMPUTED.keys()
    elif sorted(before.scenes) == sorted(after.scenes) and before.scenes != after.scenes:
        yield REORDERED
        explained |= COMPUTED.keys()
    if None not in (before.captions, after.captions) and before.captions != after.captions:
        yield CAPTIONED.get(after.captions or "", COMPUTED[Kind.CAPTIONS])
        explained |= {Kind.SEGMENT, Kind.CAPTIONS}
    if None not in (before.title, after.title) and before.title != after.title:
        yield TITLED
    yield from _computed(set(computed) - explained)


def _computed(computed: Collection[Kind]) -> Iterator[str]:
    """The first that applies."""
    yield from [words for kind, words in COMPUTED.items() if kind in computed][:1]


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
