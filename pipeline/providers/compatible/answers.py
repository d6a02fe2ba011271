"""PURE: reads the answers of `/chat/completions`, however little of them is as OpenAI's.

Fields may be missing, null or of another type. Each function returns what can be used and raises nothing for the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import json_repair

from pipeline.providers.openai.answers import THINKING, as_object, objects, storable, string

LATE_THINKING = re.compile(r"\A.*?</(think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
"""Thinking whose beginning the server has swallowed."""
REASONING = ("reasoning_content", "reasoning", "thinking")
"""Where servers put what a model thought, beside what it says."""
CUT = frozenset({"length", "max_tokens"})
OPENING = re.compile(r"""\{\s*(["'}]|\w+\s*:)""")
MOST_REPAIRED = 200_000
"""Characters; nothing longer is a script."""


@dataclass(frozen=True)
class Reply:
    """A whole answer. `thought` is what the server tells apart as reasoning."""

    text: str
    thought: str
    is_cut: bool
    is_filtered: bool


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """Read the first choice of an answer that came whole."""
    choice = next(objects(answer.get("choices")), {})
    message = as_object(choice.get("message"))
    reason = string(choice.get("finish_reason"))
    text = text_in(message.get("content")) or string(choice.get("text"))
    is_filtered = reason == "content_filter" or bool(string(message.get("refusal")))
    return Reply(text, thought_in(message), reason in CUT, is_filtered)


def text_in(content: Any) -> str:
    """The text of a message's content: a string, or a list of parts."""
    if isinstance(content, list):
        return "".join(part if isinstance(part, str) else string(as_object(part).get("text")) for part in content)
    return string(content)


def thought_in(message: Mapping[str, Any]) -> str:
    return next((found for name in REASONING if (found := string(message.get(name)))), "")


def without_thinking(text: str) -> str:
    """The text without what a model thought before it, whole, begun before the text or never ended."""
    return THINKING.sub("", LATE_THINKING.sub("", THINKING.sub("", text, count=1), count=1)).strip()


def object_in(text: str) -> dict[str, Any]:
    """The JSON object in a text, repaired where it is nearly one: cut short, with single quotes or a comma too many.

    Empty where there is none.
    """
    said = without_thinking(text)
    start = OPENING.search(said)
    if not start or len(said) > MOST_REPAIRED:
        return {}
    return _read(said[start.start() :], strictly) or _read(said[start.start() :], json_repair.loads)


def strictly(text: str) -> Any:
    """The JSON value at a text's beginning. Raises ValueError."""
    return json.JSONDecoder().raw_decode(text)[0]


def _read(text: str, read: Callable[[str], Any]) -> dict[str, Any]:
    try:
        found = read(text)
    except (ValueError, RecursionError):
        return {}
    if isinstance(found, list):
        found = next(objects(found), {})
    return dict(storable(found)) if isinstance(found, dict) else {}
