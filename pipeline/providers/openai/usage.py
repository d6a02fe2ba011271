"""PURE: the cost of a call, from the tokens a server says it used.

Servers that speak OpenAI's formats leave details out or say null. What is not known is None: the price that was
expected then stands, and the answer is kept whatever is said here.
"""

from __future__ import annotations

from typing import Any

from pipeline.providers.models_and_prices import ImageModel, TextModel
from pipeline.providers.openai.answers import as_object, tokens


def text_cost_micros(usage: Any, entry: TextModel) -> int | None:
    """Millionths of a dollar for a language model's call. Dollars for a million tokens are micros for one."""
    said, price = as_object(usage), entry.tokens
    read, written = tokens(said.get("input_tokens")), tokens(said.get("output_tokens"))
    if read is None or written is None:
        return None
    cached = min(tokens(as_object(said.get("input_tokens_details")).get("cached_tokens")) or 0, read)
    return round((read - cached) * price.text_in + cached * price.cached_in + written * price.out)


def image_cost_micros(usage: Any, entry: ImageModel) -> int | None:
    """Millionths of a dollar for a picture. Without details, all that was read counts as text."""
    said, price = as_object(usage), entry.tokens
    details = as_object(said.get("input_tokens_details"))
    read, made = tokens(said.get("input_tokens")), tokens(said.get("output_tokens"))
    seen = tokens(details.get("image_tokens")) or 0
    words = tokens(details.get("text_tokens"))
    if words is None:
        words = None if read is None else max(0, read - seen)
    if words is None or made is None:
        return None
    return round(words * price.text_in + seen * price.image_in + made * price.out)
