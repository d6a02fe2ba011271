"""PURE: the piece of music that a prompt asks for: its key, tempo, length, harmony and instruments."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import numpy as np

from pipeline.providers.local.synth import moods
from pipeline.providers.local.synth.moods import Mood, Style
from pixora.foundation.toml_tables import first_said

BEATS = 4
SHORTEST_S, LONGEST_S = 12.0, 40.0
PHRASES: tuple[tuple[int, float], ...] = ((4, 0.07), (2, 0.11), (1, 1.0))
"""A piece has whole phrases of four bars, or two, where the tempo need not give way by more than this share."""
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MAJOR_LIKE = frozenset({"major", "lydian", "mixolydian"})
COMPARED = re.compile(r"\b(calmer|softer|warmer|darker|happier|brighter)\b", re.IGNORECASE)
"""In an instruction these are steps from what was there, not another mood."""
LIFTS: dict[str, int] = {"darker": -3, "deeper": -3, "brighter": 3, "happier": 3}


@dataclass(frozen=True)
class Plan:
    mood: str
    bpm: float
    bars: int
    tonic: int
    """0 is C."""
    scale: str
    chords: tuple[int, ...]
    """One step of the scale for each bar."""
    fullness: tuple[float, ...]
    """For each bar, 0 to 1: how many of the parts play."""
    colour: int
    pad: str
    pluck: str
    lead: str
    bass: str
    pattern: str
    drums: str
    density: float
    room: float
    swing: float

    @property
    def key(self) -> str:
        return f"{NAMES[self.tonic]} {self.scale}"

    @property
    def length_s(self) -> float:
        return self.bars * BEATS * 60 / self.bpm


def plan_of(prompt: str, *, instructions: str, length_s: float, seed: int) -> Plan:
    style = _style(instructions) or _style(prompt)
    name = _mood(COMPARED.sub("", instructions)) or _mood(prompt) or (style.mood if style else moods.DEFAULT_MOOD)
    mood = moods.MOODS[name]
    chance = random.Random(f"{name} music {seed}")  # noqa: S311
    tonic, scale = _key(prompt, mood, chance)
    length_s = _loop_length(length_s)
    bars = _hurried(_bars(_wanted_bpm(f"{instructions} {prompt}", prompt, mood, chance), length_s), instructions)
    told = f"{instructions} {prompt}"
    bass, pattern = _chosen(style, mood, "bass").split()
    return Plan(
        mood=name,
        bpm=bars * BEATS * 60 / length_s,
        bars=bars,
        tonic=(tonic + _lift(instructions)) % 12,
        scale=scale,
        chords=_chords(mood, bars, chance),
        fullness=_fullness(bars, calmer="calmer" in instructions.lower()),
        colour=(style.colour if style else 0) or mood.colour,
        pad=first_said(told, moods.PADS) or _chosen(style, mood, "pad"),
        pluck=first_said(told, moods.PLUCKS) or _chosen(style, mood, "pluck"),
        lead=_unless("melody|lead", told, first_said(told, moods.LEADS) or _chosen(style, mood, "lead")),
        bass=_unless("bass", told, bass),
        pattern=pattern,
        drums=_unless("drums?|percussion|beat", told, first_said(told, moods.DRUMS) or _chosen(style, mood, "drums")),
        density=mood.density * (0.7 if "calmer" in instructions.lower() else 1.0),
        room=mood.room,
        swing=style.swing if style else 0.0,
    )


def _said(words: str, text: str) -> re.Match[str] | None:
    return re.search(rf"\b({words})\b", text, re.IGNORECASE)


def _mood(text: str) -> str | None:
    return first_said(text, {mood.words: name for name, mood in moods.MOODS.items()})


def _style(text: str) -> Style | None:
    return next((style for style in moods.STYLES if _said(style.words, text)), None)


def _chosen(style: Style | None, mood: Mood, part: str) -> str:
    return str((getattr(style, part) if style else "") or getattr(mood, part))


def _unless(part: str, text: str, chosen: str) -> str:
    return "none" if _said(rf"(no|without|remove( the)?|drop the) ({part})", text) else chosen


def _lift(instructions: str) -> int:
    return next((steps for word, steps in LIFTS.items() if _said(word, instructions)), 0)


def _key(prompt: str, mood: Mood, chance: random.Random) -> tuple[int, str]:
    tonic, scale = chance.randrange(12), chance.choice(mood.scales)
    match = re.search(moods.EXPLICIT_KEY, prompt)
    if not match:
        return tonic, scale
    letter, sign, kind = match[1], (match[2] or "").strip(), match[3]
    tonic = NAMES.index(letter) + {"": 0, "sharp": 1, "#": 1}.get(sign, -1)
    fits = (scale in MAJOR_LIKE) == (kind == "major")
    return tonic % 12, scale if fits else kind


def _wanted_bpm(told: str, prompt: str, mood: Mood, chance: random.Random) -> float:
    bpm = chance.uniform(*mood.bpm) * _speed(prompt)
    if said := re.search(moods.EXPLICIT_BPM, told, re.IGNORECASE):
        bpm = float(said[1])
    return min(max(bpm, moods.BPM_LIMITS[0]), moods.BPM_LIMITS[1])


def _speed(text: str) -> float:
    return next((factor for words, factor in moods.SPEEDS if _said(words, text)), 1.0)


def _loop_length(length_s: float) -> float:
    """A long piece is a loop played a whole number of times."""
    times = max(1, -int(-length_s // LONGEST_S))
    return min(max(length_s / times, SHORTEST_S), LONGEST_S)


def _bars(bpm: float, length_s: float) -> int:
    """Count the bars that fill the length, the tempo giving way a little."""
    ideal = length_s * bpm / (60 * BEATS)
    counts = ((max(phrase, round(ideal / phrase) * phrase), stretch) for phrase, stretch in PHRASES)
    return next(count for count, stretch in counts if abs(count / ideal - 1) <= stretch)


def _hurried(bars: int, instructions: str) -> int:
    """More bars in the same time, or fewer, where a person asks for it; at least two, or nobody would hear it."""
    change = _speed(instructions) - 1
    step = 2 * max(1, round(bars * abs(change) / 2)) if change else 0
    return max(2, bars + (step if change > 0 else -step))


def _chords(mood: Mood, bars: int, chance: random.Random) -> tuple[int, ...]:
    first, second = chance.sample(mood.chords, 2) if len(mood.chords) > 1 else mood.chords * 2
    phrases = (first, first, second, first)
    chords = [phrases[bar // 4 % 4][bar % 4] for bar in range(bars)]
    if bars > 4 and chords[-1] == chords[0]:
        chords[-1] = 4 if chords[-2] != 4 else 3
    return tuple(chords)


def _fullness(bars: int, *, calmer: bool) -> tuple[float, ...]:
    """Starts thin, is fullest at two thirds, and thins out again towards where it starts over."""
    places, heights = (0.0, 0.25, 0.5, 0.72, 1.0), (0.42, 0.7, 0.9, 1.0, 0.75)
    top = 0.72 if calmer else 1.0
    phrase = 4 if bars >= 12 else 2
    return tuple(top * float(np.interp(bar // phrase * phrase / bars, places, heights)) for bar in range(bars))
