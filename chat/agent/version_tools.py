"""The tool of the agent that makes versions of a film: shorter cuts, other shapes, other languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chat.agent import offers
from chat.agent.turn_context import TurnContext
from pipeline.film.shorter_cut import scenes_for
from pipeline.models import Task
from pipeline.services import quotes, script_versions, translations, versions, writing
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
    price = None if writing.under_way(made).exists() else quotes.price_of(made)
    credits = price["credits"] if price else None
    return {"made": _told(made, places), "credits": credits, **offers.shared(price and price["shares"])}


def _told(made: Task, places: list[int] | None) -> dict[str, Any]:
    return {
        "id": made.id,
        "address": f"/films/{made.id}/",
        "scenes": places,
        "seconds": _seconds(made),
        "title": made.title,
    }


def _seconds(made: Task) -> int:
    """Return how long it is by its script; until a translation is written, as long as it is wanted."""
    script = script_versions.newest(made)
    return int(script.content["expected_duration"] if script else made.settings["duration"])


def is_translation(task: Task) -> bool:
    return translations.origin_of(task) is not None


def translate_again(turn: TurnContext, told: Mapping[str, Any]) -> dict[str, Any]:
    """Translate what was changed in the source alone; what else was edited here stays."""
    due = translations.to_translate(turn.task)
    if not due.places:
        return {"unchanged": True, "translates": []}
    newest = turn.script()
    run = translations.translate_again(task=turn.task, reason=turn.reason)
    turn.remember({"kind": "script", "version": newest.version})
    turn.run_id = str(run.pk)
    return {**told, "translates": list(due.places), "titles_only": due.places == due.titles}
