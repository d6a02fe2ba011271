"""PURE: voices that fit a description, "deep, warm, British", best first, and a voice's description in words."""

from __future__ import annotations

import re

from pipeline.film.voices import KNOWN, Voice

DEEP, HIGH = 4, 2
"""From the first on a voice is deep, down from the second it is high."""
ALIKE = {
    "female": "woman", "lady": "woman", "girl": "woman", "frau": "woman", "weiblich": "woman", "male": "man",
    "guy": "man", "gentleman": "man", "mann": "man", "männlich": "man", "english": "british", "uk": "british",
    "england": "british", "us": "american", "usa": "american", "aussie": "australian", "low": "deep", "dark": "deep",
    "tief": "deep", "bass": "deep", "bright": "high", "hoch": "high", "elderly": "old", "older": "old", "alt": "old",
    "younger": "young", "jung": "young", "soothing": "calm", "ruhig": "calm", "gentle": "soft", "sanft": "soft",
    "happy": "cheerful", "fröhlich": "cheerful", "upbeat": "lively", "energetic": "lively", "raspy": "hoarse",
    "freundlich": "friendly", "ernst": "serious", "narrator": "storyteller", "documentary": "news",
    "britisch": "british", "amerikanisch": "american",
}  # fmt: skip


def fitting_words(description: str) -> list[Voice]:
    """The voices that have most of what is described, in the order of how much; none where no word is known."""
    wanted = {ALIKE.get(word, word) for word in re.findall(r"\w+", description.lower())}
    scores = {voice.name: len(wanted & _words(voice)) for voice in KNOWN}
    best = max(scores.values())
    return [voice for voice in KNOWN if best and scores[voice.name] == best]


def about(voice: Voice) -> str:
    """A line to choose by: "man, middle-aged, British, deep, warm, calm"."""
    height = "deep" if voice.depth >= DEEP else "high" if voice.depth < HIGH else ""
    manner = [each for each in voice.manner if each != height]
    sex = "neutral" if voice.gender == "neutral" else voice.gender
    return ", ".join(filter(None, (sex, voice.age, voice.accent, height, *manner)))


def _words(voice: Voice) -> set[str]:
    """Everything that is true of a voice, each as one word in small letters."""
    height = {"deep"} if voice.depth >= DEEP else {"high"} if voice.depth <= HIGH else set()
    age = {"middle", "aged"} if voice.age == "middle-aged" else {voice.age}
    return {voice.name.lower(), voice.gender, voice.accent.lower(), *voice.manner, *height, *age}
