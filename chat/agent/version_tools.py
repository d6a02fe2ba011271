"""The tool of the agent that makes versions of a film: shorter cuts, other shapes, other languages."""

from __future__ import annotations

from typing import Any

from chat.agent.turn_context import TurnContext
from pipeline.film.shorter_cut import scenes_for
from pipeline.services import quotes, versions, writing
from pixora.foundation.errors import Conflict


def make_version(
    turn: TurnContext,
    *,
    seconds: int = 0,
    scenes: list[int] | None = None,
    aspect_ratio: str = "",
    language: str = "",
) -> dict[str, Any]:
    """Make another version beside this film, which stays as it is; nothing is bought by that. Give one: `scenes` (the
    places of those that a shorter cut shows) or its `seconds`, an `aspect_ratio` to crop to, or a `language` (its
    code). A language is for "translate it" or "also in
    French" once something of the film is made; it is translated, and only its voices cost anything. The answer has the
    version's id, its address and the credits that it still needs; null while it is being translated."""
    if aspect_ratio and (there := versions.in_shape(turn.task, aspect_ratio)):
        raise Conflict(
            f"There is a version in {aspect_ratio} already, at /films/{there.id}/: open it there.", code="conflict"
        )
    places = scenes or (scenes_for(turn.script().content, seconds) if seconds else None)
    said: dict[str, Any] = {"scenes": places, "aspect_ratio": aspect_ratio or None, "language": language or None}
    made = versions.make(task=turn.task, **said)
    return {
        "made": {
            "id": made.id,
            "address": f"/films/{made.id}/",
            "scenes": places,
            "seconds": made.settings["duration"],
            "title": made.title,
        },
        "credits": None if writing.under_way(made).exists() else quotes.price_of(made)["credits"],
    }
