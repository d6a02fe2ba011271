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
class Turn:
    """Words that somebody says without a break; an empty speaker is the narrator."""

    speaker: str
    words: str


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
    turns: tuple[Turn, ...] = ()
    """The words by who says them, where the text names anybody: joined by spaces they are `words`."""

    def turns_between(self, begin: int, end: int) -> tuple[Turn, ...]:
        """Return who says what of the words from one place to another; empty where nobody is named."""
        found, at = [], 0
        for turn in self.turns:
            said = turn.words[max(begin - at, 0) : max(end - at, 0)].strip()
            found.append(Turn(turn.speaker, said))
            at += len(turn.words) + 1
        return tuple(turn for turn in found if turn.words)


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
