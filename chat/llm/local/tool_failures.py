"""PURE: the sentences for what a tool refused or could not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local import clip_endings
from chat.llm.local.film import Film
from chat.llm.local.wording import OTHERWISE, sentences


def _missing_credits(error: Mapping[str, Any], film: Film) -> str:
    told = error["message"] if film.tongue == OTHERWISE else film.say("failed.credits")
    return film.say("price.missing", message=told)


TOLD_OF: Mapping[str, Callable[[Mapping[str, Any], Film], str]] = {
    "missing_scope": lambda error, film: film.without_scope(error["details"]["scope"]),
    "quote_changed": lambda error, film: film.say("price.changed", credits=error["details"]["credits"]),
    "insufficient_credits": _missing_credits,
}
SAID_OF = {"one_question": "ask.one_question", "run_active": "wait.price_with_it", "key_ended": "key.ended"}


def told(result: ToolResult, film: Film) -> str:
    error = result.result["error"]
    if tell := TOLD_OF.get(error["code"]):
        return tell(error, film)
    if error["code"] in SAID_OF:
        return film.say(SAID_OF[error["code"]])
    if result.call.name == "undo" and error["code"] == "not_found":
        return film.say("did.nothing_undone")
    if result.call.name == "write_script" and error["code"] == "not_ready" and film.language != "en":
        return film.say("did.not_rewritten")
    if clip_endings.FIELD in error["message"]:
        return clip_endings.refusal(film)
    if film.tongue != OTHERWISE:
        key = f"failed.{error['code']}"
        return film.say(key if key in sentences(film.tongue) else "failed.otherwise")
    return film.say("status.error", message=error["message"])
