"""PURE: the sentence that is said when a film was cut again: what is different in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.planning.cut_words import ENGLISH, Case, CutWords, How, words_in
from pipeline.planning.kinds import GENERATED, Kind

MOST_PLACES = 3
"""Of more, only how many pieces there are is said."""
ORDER: Sequence[Kind] = sorted(GENERATED, key=lambda kind: kind is Kind.MUSIC)
"""Music is told of last: in English it has no article."""
BACK, UNCHANGED = ENGLISH.back, ENGLISH.unchanged


@dataclass(frozen=True)
class Change:
    """A piece with another take than in the cut before. `places` are those of its scenes, from 1."""

    kind: Kind
    how: How
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cut:
    """The things a film was joined with beside its pieces; None where an old film's are not known any more."""

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
    language: str = "en",
) -> str:
    """Say what is new in the film, in its language.

    `computed` are the kinds of what was computed for it, `is_cut` tells whether the film is another one than `before`.
    """
    words = words_in(language)
    if changes and is_cut:
        return words.again_because.format(why=f"{words.with_} {_listed(changes, words, 'with')}")
    if changes:
        return words.have.format(what=_listed(changes, words, "have"))
    if not is_cut:
        return words.unchanged
    if Kind.FILM not in computed:
        return words.back
    why = list(_reasons(before, after, computed, words) if before and after else _computed(computed, words))
    return words.again_because.format(why=words.joined(why)) if why else words.again


def looked_at(said: str, faulty: Collection[int], *, language: str) -> str:
    """Say behind what is said of a cut in which of its scenes, by their places, the referee found something wrong."""
    if not faulty:
        return said
    words = words_in(language)
    scenes = words.scenes_named[len(faulty) > 1].format(places=words.joined(str(place) for place in sorted(faulty)))
    return f"{said} {words.faulty.format(scenes=scenes)}"


def _reasons(before: Cut, after: Cut, computed: Collection[Kind], words: CutWords) -> Iterator[str]:
    """Each is said once: scenes in another order, and captions, have other things computed anew too."""
    explained: set[Kind] = set()
    gone = [scene for scene in before.scenes if scene not in after.scenes]
    if gone and len(gone) == len(before.scenes) - len(after.scenes):
        yield words.without_one if len(gone) == 1 else words.without_many.format(n=len(gone))
        explained |= words.computed.keys()
    elif sorted(before.scenes) == sorted(after.scenes) and before.scenes != after.scenes:
        yield words.reordered
        explained |= words.computed.keys()
    if None not in (before.captions, after.captions) and before.captions != after.captions:
        yield words.captioned.get(after.captions or "", words.computed[Kind.CAPTIONS])
        explained |= {Kind.BODY, Kind.CAPTIONS}
    if None not in (before.title, after.title) and before.title != after.title:
        yield words.titled
    yield from _computed(set(computed) - explained, words)


def _computed(computed: Collection[Kind], words: CutWords) -> Iterator[str]:
    """The first that applies."""
    yield from [why for kind, why in words.computed.items() if kind in computed][:1]


def _listed(changes: Sequence[Change], words: CutWords, case: Case) -> str:
    """ "a new picture and clip in scene 2" """
    ordered = sorted(changes, key=lambda change: (change.places, change.how, ORDER.index(change.kind)))
    groups = [list(group) for _, group in groupby(ordered, key=lambda change: (change.places, change.how))]
    if len(groups) > MOST_PLACES:
        return words.many[case].format(n=len(changes))
    return words.joined(_phrase(group, words, case) for group in groups)


def _phrase(group: Sequence[Change], words: CutWords, case: Case) -> str:
    first = group[0]
    return words.pieces(list(dict.fromkeys(change.kind for change in group)), first.how, case) + _where(
        first.places, words
    )


def _where(places: Sequence[int], words: CutWords) -> str:
    if not places:
        return ""
    if len(places) == 1:
        return words.in_scene.format(n=places[0])
    return words.in_scenes.format(first=places[0], last=places[-1])
