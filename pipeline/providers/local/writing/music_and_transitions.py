"""The scenes that share their music, what it sounds like, and how one scene gives way to the next."""

from __future__ import annotations

from itertools import accumulate, cycle
from random import Random

from pipeline.film.script import MusicGroup, Transition
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.reading import Reading


def music_groups(reading: Reading, durations: tuple[int, ...], rng: Random) -> list[MusicGroup]:
    ends = _group_ends(durations)
    starts = [0, *ends[:-1]]
    mood = {act: cycle(rng.sample(banks.table("tones")[reading.tone][act], 2)) for act in ("opening", "rise", "ending")}
    groups = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        act = _act(number, len(ends))
        prompt: str = next(mood[act])
        if reading.topic and (number == 0 or act == "rise"):
            prompt += f", with {reading.topic.sound}"
        groups.append(MusicGroup(prompt=prompt, scene_indexes=list(range(start + 1, end + 1))))
    return groups


def transitions(reading: Reading, groups: list[MusicGroup], rng: Random) -> list[Transition]:
    """Soft within a group, a figure where the music turns; the first scene fades in."""
    told = banks.table("turns")
    ways = (told[way] for way in ("dark", "light") if reading.tone in told[way]["tones"].split())
    figures: list[Transition] = next(ways, told["even"])["transitions"]
    turns = rng.sample(figures, len(figures))
    chosen: list[Transition] = []
    for number, group in enumerate(groups):
        chosen.append(turns[number % len(turns)] if number else "fade")
        for _ in group.scene_indexes[1:]:
            is_lively = rng.random() < reading.pace * 0.55 and chosen[-1] not in told["lively"]
            chosen.append(rng.choice(told["lively" if is_lively else "within"]))
    return chosen


def _group_ends(durations: tuple[int, ...]) -> list[int]:
    """Count the scenes that are over when each group ends; no group is empty."""
    total, count = sum(durations), len(durations)
    turns = next(turns for limit, turns in banks.table("turns")["arcs"] if total <= limit)[: count - 1]
    sums = list(accumulate(durations))
    ends: list[int] = []
    for number, turn in enumerate(turns):
        nearest = min(range(1, count), key=lambda scenes: abs(sums[scenes - 1] - turn * total))
        earliest, latest = (ends[-1] if ends else 0) + 1, count - (len(turns) - number)
        ends.append(min(max(nearest, earliest), latest))
    return [*ends, count]


def _act(number: int, count: int) -> str:
    if number == count - 1 and count > 1:
        return "ending"
    return "opening" if number == 0 and count > 1 else "rise"
