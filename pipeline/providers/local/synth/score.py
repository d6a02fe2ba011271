"""PURE: a plan becomes a score: notes on a grid of sixteenths that closes into a circle."""

from __future__ import annotations

import random
from collections.abc import Iterator

from pipeline.providers.local.synth.beats import beats
from pipeline.providers.local.synth.melody import melody
from pipeline.providers.local.synth.note import STEPS, Note
from pipeline.providers.local.synth.pitches import chord, pitch
from pipeline.providers.local.synth.plan import Plan
from pixora.foundation.toml_tables import table

PAD_WINDOW, PLUCK_WINDOW, BASS_LOWEST = 53, 60, 33
"""The lowest MIDI pitch of each part: a chord's notes are moved into the octave above, so voices move little."""

_TOLD = table(__file__, "figures")
BASS_PATTERNS: dict[str, tuple[tuple[float, float, int], ...]] = _TOLD["basses"]
PLUCK_SHAPES: tuple[tuple[int, ...], ...] = _TOLD["plucks"]
SIXTEENTHS = frozenset({"synth", "staccato"})
LOW_PULSE_ACCENTS = (1.0, 0.5, 0.65, 0.5)


def compose(plan: Plan, seed: int) -> list[Note]:
    chance = random.Random(f"score {seed}")  # noqa: S311
    parts = (_pads(plan), _bass(plan), _plucks(plan, chance), melody(plan, chance), beats(plan, chance))
    return [note for part in parts for note in part]


def _pads(plan: Plan) -> Iterator[Note]:
    if plan.pad == "none":
        return
    for start, bars in _held(plan.chords):
        for place, tone in enumerate(chord(plan, plan.chords[start], PAD_WINDOW)):
            side = (-0.5, 0.4, -0.2, 0.6)[place % 4]
            yield Note(plan.pad, start * STEPS, bars * STEPS, tone, 0.75 + 0.25 * plan.fullness[start], side)


def _held(chords: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """(bar, bars) of each stretch of up to two bars with the same chord."""
    bar = 0
    while bar < len(chords):
        bars = 2 if bar + 1 < len(chords) and chords[bar + 1] == chords[bar] else 1
        yield bar, bars
        bar += bars


def _bass(plan: Plan) -> Iterator[Note]:
    if plan.bass == "none":
        return
    for bar, root in enumerate(plan.chords):
        thin = plan.fullness[bar] < 0.5 and plan.pattern not in ("drone", "walking")
        lowest = pitch(plan, 0, BASS_LOWEST)
        for step, steps, above in BASS_PATTERNS["whole" if thin else plan.pattern]:
            tone = pitch(plan, root + above, BASS_LOWEST)
            tone -= 12 if tone - lowest > 9 else 0
            yield Note(plan.bass, bar * STEPS + step, steps, tone, 1.0 if step in (0, 8) else 0.78)


def _plucks(plan: Plan, chance: random.Random) -> Iterator[Note]:
    if plan.pluck == "none":
        return
    if plan.pluck == "low pulse":
        yield from _low_pulse(plan)
        return
    shape, other = chance.sample(PLUCK_SHAPES, 2)
    grid = 1 if plan.pluck in SIXTEENTHS else 2
    for bar, root in enumerate(plan.chords):
        tones = _spread(plan, root)
        density = plan.density * (0.45 + 0.55 * plan.fullness[bar])
        now = other if bar % 4 == 3 else shape
        for place in range(STEPS // grid):
            strong = place % (STEPS // grid // 4 or 1) == 0
            if chance.random() < (1.0 if place == 0 else density + (0.25 if strong else 0.0)):
                tone = tones[now[place % 8] % len(tones)]
                loud = (0.95 if strong else 0.68) * chance.uniform(0.88, 1.0)
                length = grid if plan.pluck in ("pizzicato", "staccato", "synth") else grid * 3
                yield Note(plan.pluck, bar * STEPS + place * grid, length, tone, loud, chance.uniform(-0.55, 0.55))


def _spread(plan: Plan, root: int) -> list[int]:
    close = chord(plan, root, PLUCK_WINDOW)
    low = pitch(plan, root, PLUCK_WINDOW - 12)
    return [low, *close, *(tone + 12 for tone in close[:2])]


def _low_pulse(plan: Plan) -> Iterator[Note]:
    for bar, root in enumerate(plan.chords):
        tone = pitch(plan, root, 40)
        for step in range(0, STEPS, 2):
            third = pitch(plan, root + 2, 40) if step == 14 and bar % 2 else tone
            loud = LOW_PULSE_ACCENTS[step // 2 % 4] * (0.6 + 0.4 * plan.fullness[bar])
            yield Note("staccato", bar * STEPS + step, 1.5, third, loud, 0.3 if step % 4 else -0.3)
