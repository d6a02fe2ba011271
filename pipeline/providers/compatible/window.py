"""PURE: the length of texts in a model's tokens, as far as it can be guessed without its tokenizer."""

from __future__ import annotations

BYTES_PER_TOKEN = 3
"""English prose has about four letters to a token, JSON three, Chinese a character of three bytes: few are shorter."""
PER_MESSAGE = 8
"""Tokens that a message's frame takes."""


def tokens_in(text: str) -> int:
    """A number that is seldom too small."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)
