"""The agent's tool for how a word or name of the film is said."""

from __future__ import annotations

from typing import Any

from chat.agent import speakers
from chat.agent.turn_context import TurnContext
from pipeline.film.settings import parse_settings
from pipeline.services import pronunciations, scripts

Result = dict[str, Any]


def pronounce(turn: TurnContext, *, written: str, said: str = "", ipa: str = "", in_all_films: bool = False) -> Result:
    """Say how a word or name is spoken in the film: `written` as the narration has it, `said` in letters that a voice
    reads right ("KER-ler"), `ipa` in the phonetic alphabet, where the user gave it. It changes what is spoken, never
    captions or script. With neither, the word is spoken as it is written again. `in_all_films`: the user's new films
    begin with it too; only where they ask for that."""
    entry = {"written": written, "said": said, "ipa": ipa}
    task = turn.task
    before = list(task.settings.get("pronunciations", ()))
    changes = {"pronunciations": pronunciations.changed(before, entry)}
    parse_settings(changes)
    told = {"word": entry, "in_all_films": in_all_films, "is_spoken": _is_spoken(turn, written)}
    if not scripts.differs(task, changes) and not in_all_films:
        return {**told, "unchanged": True}
    if in_all_films:
        speakers.check(turn.asked, None)
        pronunciations.enter(turn.user, entry)
    return {**told, **_stored(turn, changes, before)}


def _stored(turn: TurnContext, changes: Result, before: list[Any]) -> Result:
    turn.see()
    waits = turn.is_being_made()
    task = scripts.update_settings(task=turn.task, changes=changes, reason=turn.reason)
    turn.remember({"kind": "settings", "changes": {"pronunciations": before}})
    return turn.priced_anew(waits_for_the_run=waits) if task.scripts.exists() else {}


def _is_spoken(turn: TurnContext, written: str) -> bool:
    """True where a narration has the word."""
    return pronunciations.is_spoken_in(turn.task, written)
