"""The tool of the agent that corrects a word or a name in the whole film; what a model reads is in `tools.py` too."""

from __future__ import annotations

from typing import Any

from chat.agent.tools import MAX_TITLE_CHARS
from chat.agent.turn_context import TurnContext
from pipeline.film.word_swaps import swapped, told, with_word
from pipeline.services import scripts
from pixora.foundation.errors import NotFound


def replace_word(turn: TurnContext, *, old: str, new: str) -> dict[str, Any]:
    """Put another word or name in the place of one, wherever it stands: title, narration, pictures, characters."""
    content, changed = with_word(turn.script().content, old, new)
    title = turn.task.title
    renamed = swapped(title, old, new)[:MAX_TITLE_CHARS]
    if not changed and renamed == title:
        raise NotFound(f"{old[:60]!r} is nowhere in this film.")
    revised = turn.revise(content, told(old, new))
    if turn.task.title != renamed:
        _rename(turn, title, renamed)
    return {**revised, "replaced": changed, "title": renamed if renamed != title else ""}


def _rename(turn: TurnContext, title: str, renamed: str) -> None:
    scripts.rename(task=turn.task, title=renamed)
    turn.remember({"kind": "title", "title": title})
