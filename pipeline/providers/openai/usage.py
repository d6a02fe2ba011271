"""What a language model's tokens cost."""

from __future__ import annotations

from openai.types.responses import ResponseUsage

from pipeline.providers.catalogue import TextModel


def cost_micros(usage: ResponseUsage, entry: TextModel) -> int:
    """Dollars for a million tokens are micros for one."""
    tokens = entry.tokens
    cached = usage.input_tokens_details.cached_tokens
    fresh = usage.input_tokens - cached
    return round(fresh * tokens.text_in + cached * tokens.cached_in + usage.output_tokens * tokens.out)
