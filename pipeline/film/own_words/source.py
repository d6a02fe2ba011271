"""PURE: a source: a user's text, read as the scenes and the words of their film."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["wish", "script", "steps", "prose"]
"""`wish` says what a film should be about; the others are the words of the film itself."""
Why = Literal[
    "asks", "scenes", "screenplay", "table", "labels", "times", "numbers", "subtitles", "told", "text", "given"
]
"""By what a text was recognised; each has its sentence in the chat's words."""


@dataclass(frozen=True)
class Passage:
    """One scene as the text has it."""

    words: str = ""
    """What is spoken, in one line."""
    picture: str = ""
    """What is to be seen, where the text says it."""
    heading: str = ""
    """Never spoken."""
    seconds: int | None = None
    """Its length, where the text says it."""
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    kind: Kind
    why: Why
    passages: tuple[Passage, ...] = ()
    title: str = ""
    asks: str = ""
    """What stands beside the words: how the film should be."""

    @property
    def is_own_words(self) -> bool:
        return self.kind != "wish"

    @property
    def words(self) -> str:
        """All that is spoken, in its order."""
        return " ".join(passage.words for passage in self.passages if passage.words)
