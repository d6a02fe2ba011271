"""PURE: the one who speaks: a voice by its name, or one's own by the sample that it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.film.cast_voices import voice_of
from pipeline.film.script import OWN_VOICE, Script, slug_of


@dataclass(frozen=True)
class Speaker:
    voice: str
    """One of the voices by name; it speaks where no model here can speak from the sample."""
    sample: str = ""
    """The id of an own voice; empty without one."""

    def asks(self) -> dict[str, Any]:
        """Return what a component asks for to be spoken so, as it stands in its fingerprint."""
        return {"voice": self.voice, **({"sample": self.sample} if self.sample else {})}


def spoken_by(script: Script, speaker: str = "") -> Speaker:
    """The speaker for one of the cast, an empty name is the narrator; in one's own voice where the script names one."""
    character = _own_voices(script).get(slug_of(speaker), "") if speaker.strip() else script.voice_character
    return Speaker(voice_of(script, speaker), character if is_own(character) else "")


def _own_voices(script: Script) -> dict[str, str]:
    return {profile.slug: profile.voice_character for profile in script.character_profiles}


def is_own(character: str) -> bool:
    """True for the id of an own voice, false for an address or anything else."""
    return bool(OWN_VOICE.fullmatch(character))
