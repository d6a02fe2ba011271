"""Tools of the agent that bring characters into a film and take them out; what a model reads is in `tools.py` too."""

from __future__ import annotations

from typing import Any

from chat.agent.turn_context import TurnContext
from pipeline.film import script_edits


def add_character(
    turn: TurnContext, *, name: str, image_prompt: str, scenes: list[int], shown: str = ""
) -> dict[str, Any]:
    """Add a character: its name, its look and the scenes it is seen in. `shown`: what it does in their pictures."""
    content = turn.script().content
    return turn.revise(script_edits.with_new_character(content, name, image_prompt, scenes, shown))


def remove_character(turn: TurnContext, *, name: str, scenes: list[int] | None = None) -> dict[str, Any]:
    """Take a character out of the whole film, or only out of some scenes. Repeat nothing else of them."""
    return turn.revise(script_edits.without_character(turn.script().content, name, scenes))
