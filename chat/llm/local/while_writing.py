"""PURE: the sentence that tells what cannot be done while the script is being written."""

from __future__ import annotations

from collections.abc import Sequence

from chat.llm.base import ToolResult
from chat.llm.local.film import Film


def what_waits(results: Sequence[ToolResult], film: Film) -> str:
    """Say that it waits, and what it is; nothing of that where the message was read as what a film is about, because
    it is read once more when there is a script."""
    is_read_again = any(result.call.arguments.get("prompt") for result in results)
    found = (film.say("wait.this") if is_read_again else _wish(result, film) for result in results)
    wishes = list(dict.fromkeys(found))
    return film.say("wait.still", what=film.listed(wishes))


def _wish(result: ToolResult, film: Film) -> str:
    """Word the wish so that it stands after "I"."""
    given = result.call.arguments
    match result.call.name:
        case "change_settings" | "write_script" if given.get("duration"):
            return film.say("wait.length", n=given["duration"])
        case "change_settings" | "write_script" if given.get("language"):
            return film.say("wait.language", language=film.say(f"languages.{given['language']}"))
        case "make_version" if given.get("language"):
            return film.say("wait.version", language=film.language_name(given["language"]))
        case "write_script":
            return film.say("wait.rewrite")
        case "add_scene":
            return film.say("wait.add", title=given["title"])
        case "quote_film" | "regenerate" | "savings" | "apply_notes":
            return film.say("wait.price")
    return film.say("wait.this")
