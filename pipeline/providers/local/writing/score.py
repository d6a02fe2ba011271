"""The scenes that share their music, what it sounds like, and how one scene gives way to the next."""

from __future__ import annotations

from itertools import accumulate, cycle
from random import Random

from pipeline.film.script import MusicGroup, Transition
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.reading import Reading

ARCS: tuple[tuple[int, tuple[float, ...]], ...] = (
    (15, ()),
    (35, (0.55,)),
    (90, (0.3, 0.75)),
    (180, (0.22, 0.5, 0.8)),
    (300, (0.15, 0.38, 0.62, 0.85)),
)
"""Up to this many seconds the music changes at these parts of the film."""
WITHIN: tuple[Transition, ...] = ("fade", "dissolve")
LIVELY: tuple[Transition, ...] = ("slide_left", "wipe_right", "slide_up", "wipe_left", "slide_right", "slide_down")
TURNS: dict[str, tuple[Transition, ...]] = {
    "dark": ("fade_black", "zoom_in", "wipe_left"),
    "light": ("circle_open", "slide_left", "wipe_right", "zoom_in"),
    "even": ("circle_open", "zoom_in", "fade_black", "wipe_right"),
}
DARK_TONES, LIGHT_TONES = frozenset({"dramatic", "spooky"}), frozenset({"funny", "joyful", "promotional"})


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
    weather = "dark" if reading.tone in DARK_TONES else "light" if reading.tone in LIGHT_TONES else "even"
    turns = rng.sample(TURNS[weather], len(TURNS[weather]))
    chosen: list[Transition] = []
    for number, group in enumerate(groups):
        chosen.append(turns[number % len(turns)] if number else "fade")
        for _ in group.scene_indexes[1:]:
            lively = rng.random() < reading.pace * 0.55 and chosen[-1] not in LIVELY
            chosen.append(rng.choice(LIVELY) if lively else rng.choice(WITHIN))
    return chosen


def _group_ends(durations: tuple[int, ...]) -> list[int]:
    """How many scenes are over when each group ends; no group is empty."""
    total, count = sum(durations), len(durations)
    turns = next(turns for limit, turns in ARCS if total <= limit)[: count - 1]
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
