"""PURE: the words said in a scene, in the order in which they are heard: the narration, then the scene's lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

NARRATION = 0
"""The place of a scene's narration among what is said in it; its lines follow from 1."""


@dataclass(frozen=True, slots=True)
class Said:
    """A narration or a line. `place` is 0 for the narration, else the line's number; an empty speaker narrates."""

    place: int
    speaker: str
    text: str


class Speech(Protocol):
    """A line as a script has it."""

    @property
    def speaker(self) -> str: ...

    @property
    def text(self) -> str: ...


class Spoken(Protocol):
    """A scene, by what is said in it."""

    @property
    def script(self) -> str: ...

    @property
    def lines(self) -> Sequence[Speech]: ...


def said_in(scene: Spoken) -> tuple[Said, ...]:
    """Return what is spoken in a scene. What has no letter and no digit is a pause, and left out."""
    lines = (Said(place, line.speaker.strip(), line.text.strip()) for place, line in enumerate(scene.lines, 1))
    everything = (Said(NARRATION, "", scene.script.strip()), *lines)
    return tuple(said for said in everything if is_spoken(said.text))


BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Fillers of Korean writing: letters to Unicode, and nothing to see or to say."""


def is_spoken(text: str) -> bool:
    """True where the text has words to speak: dashes, dots, accents or blanks alone are a pause."""
    return any(letter.isalnum() and letter not in BLANK_LETTERS for letter in text)


def has_lines(scenes: Iterable[Spoken]) -> bool:
    """True where anybody but the narrator of the scenes speaks in them."""
    return any(said.place for scene in scenes for said in said_in(scene))


def label(speaker: str, before: str) -> str:
    """Return what a caption says in front of a speaker's words ("MIA: "); nothing while the speaker stays the same."""
    if speaker.casefold() == before.casefold():
        return ""
    return f"{speaker.upper()}: " if speaker else NARRATOR_LABEL


NARRATOR_LABEL = "– "
"""In front of the narrator's words behind somebody's line: a dash is read in every language."""
