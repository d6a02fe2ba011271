"""Requests in ever simpler forms, for servers that refuse what they do not know; what was taken is asked for first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from pipeline.providers.compatible.errors import Refused

Form = TypeVar("Form")
T = TypeVar("T")

_taken: dict[tuple[str, ...], int] = {}
"""By what was asked where, the place of the form that was taken last: those before it were refused."""


async def in_simplest(key: tuple[str, ...], forms: Sequence[Form], send: Callable[[Form], Awaitable[T]]) -> T:
    """Send the first form that is taken. Raises Refused of the last, or of any that is not about its form."""
    for place in range(_taken.get(key, 0), len(forms)):
        try:
            answer = await send(forms[place])
        except Refused as refused:
            if not refused.about_form or place == len(forms) - 1:
                raise
            continue
        _taken[key] = place
        return answer
    raise AssertionError(key)


def forget() -> None:
    """Begin with the fullest form again everywhere."""
    _taken.clear()
