"""PURE: reads what OpenAI, and servers that speak its formats, answer.

An answer is plain JSON of any shape: fields may be missing, null or of another type. Each function returns what can
be used and raises nothing for what it does not know; the adapters turn "nothing to use" into an error that names the
vendor.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
"""What some models write before their answer."""
DATA_URL = re.compile(r"data:[\w.+/-]*(;[\w.+=-]+)*;base64,", re.IGNORECASE)
MOST_TOKENS = 50_000_000
"""No call has more; a larger number is a mistake of the server's."""
MOST_STARTS = 200
"""So many opening braces are tried before a text counts as one without an object."""


def as_object(value: Any) -> Mapping[str, Any]:
    """The value where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON objects among a list's entries."""
    return (entry for entry in value if isinstance(entry, dict)) if isinstance(value, list) else iter(())


def string(value: Any) -> str:
    """The value where it is a text, else an empty one."""
    return str(storable(value)) if isinstance(value, str) else ""


def storable(value: Any) -> Any:
    """The same JSON without what PostgreSQL and UTF-8 cannot hold: NULs, and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {storable(key): storable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [storable(inner) for inner in value]
    return value


def text_of(response: Mapping[str, Any]) -> str:
    """All text of a response's messages, in their order."""
    parts = (part for item in objects(response.get("output")) for part in _parts(item))
    return "".join(string(part.get("text")) for part in parts if part.get("type") == "output_text")


def text_of_item(item: Any) -> str:
    """The text of one output item."""
    return text_of({"output": [item]})


def is_refused(response: Mapping[str, Any]) -> bool:
    """True where the model, or a filter before or behind it, declined to answer."""
    refusals = (part for item in objects(response.get("output")) for part in _parts(item))
    return stop_reason(response) == "content_filter" or any(part.get("type") == "refusal" for part in refusals)


def stop_reason(response: Mapping[str, Any]) -> str:
    """Return why the answer is incomplete, in the vendor's word; empty where it is not, or nothing is said."""
    return string(as_object(response.get("incomplete_details")).get("reason"))


def _parts(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return objects(item.get("content")) if item.get("type", "message") == "message" else iter(())


def json_object(text: str) -> dict[str, Any]:
    """The one JSON object in a text: alone, in a fence, or after a model's thinking. Empty where there is none."""
    said = THINKING.sub("", text)
    starts = [found.start() for found in re.finditer(r"\{", said)][:MOST_STARTS]
    return next((found for start in starts if (found := _first_object(said[start:]))), {})


def _first_object(text: str) -> dict[str, Any]:
    try:
        found, _ = json.JSONDecoder().raw_decode(text)
        return dict(storable(found))
    except (ValueError, RecursionError):
        return {}


def tokens(value: Any) -> int | None:
    """A number of tokens as a server says it; None where it says nothing usable."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value <= MOST_TOKENS else None


def picture_bytes(entry: Mapping[str, Any]) -> bytes:
    """A picture that stands in the answer itself: base64, with line breaks or as a data URL too. Empty otherwise."""
    for said in (string(entry.get("b64_json")), string(entry.get("url"))):
        is_data_url = DATA_URL.match(said)
        if said and (is_data_url or not said.startswith("http")):
            return _decoded(DATA_URL.sub("", said, count=1))
    return b""


def picture_address(entry: Mapping[str, Any]) -> str:
    """Return where a picture is to be fetched from; empty where no address is named."""
    url = string(entry.get("url"))
    return url if url.startswith(("https://", "http://")) else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""
