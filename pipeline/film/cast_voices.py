"""PURE: the voice of each speaker of a film: the one that a character was given, or one chosen for its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator

from pipeline.film.script import CharacterProfile, Script, slug_of
from pipeline.film.voices import KNOWN, Gender

_WOMEN = r"woman|women|girl|lady|mother|mum|mom|grandmother|grandma|queen|princess|sister|aunt|wife|female|she|her"
_MEN = r"man|men|boy|gentleman|father|dad|grandfather|grandpa|king|prince|brother|uncle|husband|male|he|his"
_GENDERS: tuple[tuple[Gender, re.Pattern[str]], ...] = (
    ("woman", re.compile(rf"\b(?:{_WOMEN})\b", re.IGNORECASE)),
    ("man", re.compile(rf"\b(?:{_MEN})\b", re.IGNORECASE)),
)


def voice_of(script: Script, speaker: str) -> str:
    """Return the name of the voice that speaks for somebody; the narrator (an empty name) has the film's."""
    return cast_voices(script).get(slug_of(speaker), script.voice) if speaker.strip() else script.voice


def cast_voices(script: Script) -> dict[str, str]:
    """Return the voice of each character and each other speaker, by the slug of the name.

    Voices that were given count first. The others follow from names and looks, each another voice while there are
    any left, and stay the same when somebody is added behind them.
    """
    voices = {profile.slug: profile.voice for profile in script.character_profiles if profile.voice}
    looks = {profile.slug: profile for profile in script.character_profiles}
    for slug in _speakers(script):
        if slug not in voices:
            voices[slug] = _chosen(slug, looks.get(slug), {script.voice, *voices.values()})
    return voices


def _speakers(script: Script) -> Iterator[str]:
    yield from (profile.slug for profile in script.character_profiles)
    yield from (slug_of(line.speaker) for scene in script.scenes for line in scene.lines if line.speaker.strip())


def _chosen(slug: str, profile: CharacterProfile | None, taken: Collection[str]) -> str:
    gender = gender_of(profile.image_prompt if profile else slug)
    fitting = [voice.name for voice in KNOWN if gender in (None, voice.gender)]
    free = [name for name in fitting if name not in taken] or fitting
    return min(free, key=lambda name: hashlib.sha256(f"{slug}/{name}".encode()).digest())


def gender_of(looks: str) -> Gender | None:
    """Return what a description in English says first of somebody's sex; None where it says nothing."""
    found = [(match.start(), gender) for gender, pattern in _GENDERS if (match := pattern.search(looks))]
    return min(found)[1] if found else None
