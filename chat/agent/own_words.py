"""The user's own words in the chat: followed in another way, or others given, and nothing of them lost unasked."""

from __future__ import annotations

from typing import Any

from chat.agent import rewrite_losses
from chat.agent.turn_context import TurnContext
from pipeline.film.own_words.ordered_settings import length_of
from pipeline.film.settings import SourceMode
from pipeline.models import Script, Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import films, own_words, script_versions

Result = dict[str, Any]


def follow(
    turn: TurnContext, *, source: SourceMode | None = None, text: str = "", asset: str = "", duration: int | None = None
) -> Result:
    """Have the script written of the user's own words, or followed in another way. Raises Invalid, NotFound."""
    task, newest = turn.task, script_versions.newest(turn.task)
    if turn.is_written():
        return turn.put_off()
    words = own_words.read(turn.user, own_words.Given(text=text, asset=asset))
    given = {"source": source, "text": text, "asset": asset, "duration": duration}
    if question := asks_of_losses(turn, newest, {name: value for name, value in given.items() if value}):
        return question
    if words and newest is None:
        films.restate(task=task, prompt=own_words.prompt_for(words))
    changes = {"duration": duration} if duration else {}
    run = own_words.change(task=task, mode=source or "", text=words, changes=changes, reason=turn.reason)
    if newest:
        turn.remember({"kind": "script", "version": newest.version})
        turn.remember({"kind": "source", **own_words.standing(task)})
    turn.run_id = run.id
    return {"writing": True, "again": newest is not None, "changed": {}, "own_words": own_words.told(turn.task)}


def asks_of_losses(turn: TurnContext, newest: Script | None, asked: Result) -> Result | None:
    """The question whether the script may be written anew with these arguments, where something would be lost."""
    loses = rewrite_losses.of_rewriting(turn.task, newest) if newest else {}
    return turn.asks_first("write_script", asked, loses) if loses else None


def kept(task: Task, *, instructions: str, duration: int | None) -> Result | None:
    """Return what is not done because the film's words are spoken as written; None where it can be done.

    Other words would not be the user's, and of the length only so much is free as the words leave.
    """
    settings, newest = settings_of(task), script_versions.newest(task)
    found = own_words.source_of_film(task)
    if newest is None or settings.source != "verbatim" or not found.words:
        return None
    lasts = length_of(found, settings.source, settings.language, duration or settings.duration) or settings.duration
    if duration and lasts != duration:
        return {"keeps_words": True, "lasts": lasts, "wanted": duration}
    return {"keeps_words": True} if instructions and not duration else None
