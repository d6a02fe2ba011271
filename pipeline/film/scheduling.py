"""PURE: the sentences shared out among scenes, and the scenes without words between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.film import scene_counts

Fits = Callable[[Sequence[int], int], bool]
"""Whether these sentences, by their places, can be said together in so many seconds."""
SHORT_S, LONG_S = scene_counts.SHORTEST_S, scene_counts.LONGEST_S


@dataclass(frozen=True)
class Slot:
    """A scene to be: its length, and the sentences said in it; none in one that pictures carry alone."""

    seconds: int
    said: tuple[int, ...] = ()


def natural_length(count: int, fits: Fits, *, most_s: int) -> int:
    """Return the seconds that a film of these sentences needs: 10 at least, and no more than `most_s`."""
    needed = sum(SHORT_S if fits((place,), SHORT_S) else LONG_S for place in range(count))
    return min(max(needed + (SHORT_S if count == 1 else 0), LONG_S), most_s)


def schedule(
    count: int,
    seconds: int,
    fits: Fits,
    *,
    scenes: int,
    worth: Callable[[int], int] = lambda place: 0,
    length: Callable[[int], int] = lambda place: 0,
) -> tuple[Slot, ...]:
    """Every sentence in its order, as near to `scenes` scenes as that allows. What no scene has room for is left out:
    of the least `worth`, the last first. The sentences of the greatest `length` last long first."""
    groups: list[tuple[int, ...]] = [(place,) for place in range(count)]
    while groups and _needs(groups, fits) > seconds:
        if not _join(groups, fits):
            _drop(groups, worth)
    while len(groups) > max(scenes, 1) and _join(groups, fits, saves=0):
        pass
    return _spread(groups, seconds, fits, scenes, length) if groups else _silent(seconds, scenes)


def _need(group: Sequence[int], fits: Fits) -> int:
    if fits(group, SHORT_S):
        return SHORT_S
    return LONG_S if fits(group, LONG_S) else 10 * LONG_S


def _needs(groups: Sequence[tuple[int, ...]], fits: Fits) -> int:
    return sum(_need(group, fits) for group in groups)


def _join(groups: list[tuple[int, ...]], fits: Fits, saves: int = SHORT_S) -> bool:
    """Have the two neighbours said together that save the most time."""
    best, place = -1, -1
    for at, (one, other) in enumerate(pairwise(groups)):
        saved = _need(one, fits) + _need(other, fits) - _need((*one, *other), fits)
        if saved > best:
            best, place = saved, at
    if best < saves:
        return False
    groups[place : place + 2] = [(*groups[place], *groups[place + 1])]
    return True


def _drop(groups: list[tuple[int, ...]], worth: Callable[[int], int]) -> None:
    least = min(range(len(groups)), key=lambda at: (max(map(worth, groups[at])), -at))
    del groups[least]


def _spread(
    groups: Sequence[tuple[int, ...]], seconds: int, fits: Fits, scenes: int, length: Callable[[int], int]
) -> tuple[Slot, ...]:
    lengths = [_need(group, fits) for group in groups]
    spare = (seconds - sum(lengths)) // SHORT_S
    room = sum(length == SHORT_S for length in lengths)
    silent = min(spare, max(scenes - len(groups), -(-(spare - room) // 2), 0))
    slots = [Slot(length, group) for length, group in zip(lengths, groups, strict=True)]
    for number in range(silent):
        slots.insert(_place(number, silent, len(groups)) + number, Slot(SHORT_S))
    return _lengthened(slots, spare - silent, length)


def _place(number: int, silent: int, groups: int) -> int:
    """Scenes without words stand between the others; a film neither begins nor, if it can help it, ends with one."""
    return max(1, min(groups - 1, round((number + 1) * groups / (silent + 1)))) if groups > 1 else 1


def _lengthened(slots: list[Slot], more: int, length: Callable[[int], int]) -> tuple[Slot, ...]:
    """`more` of the short scenes last long: those with the most to say first."""
    short = (at for at, slot in enumerate(slots) if slot.seconds == SHORT_S)
    order = sorted(short, key=lambda at: -sum(map(length, slots[at].said)))
    for at in order[:more]:
        slots[at] = Slot(LONG_S, slots[at].said)
    return tuple(slots)


def _silent(seconds: int, scenes: int) -> tuple[Slot, ...]:
    count = scene_counts.possible(scenes, seconds)
    longs = seconds // SHORT_S - count
    return tuple(Slot(LONG_S if place < longs else SHORT_S) for place in range(count))
