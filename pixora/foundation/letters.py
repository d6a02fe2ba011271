"""PURE: the name of the writing that a letter is of, as Unicode has it."""

from __future__ import annotations

import unicodedata


def writing_of(letter: str) -> str:
    """Return what Unicode calls the letters of its kind.

    `LATIN` for a full-width or a small capital A, `CJK` for a compatibility ideograph.
    """
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[:1], "LATIN").split()[0].split("-")[0]
