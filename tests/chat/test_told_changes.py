"""How the agent tells what a picture's description has more of."""

from __future__ import annotations

import pytest

from chat.llm.local import looks
from chat.llm.local.changes import added_to

CORGI = "A corgi in the sand, lighthouse above the ocean at sunset, wide shot"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (f"{CORGI}, darker", ["darker"]),
        ("A corgi in the sand, lighthouse above the ocean, wide shot, at night", ["at night"]),
        ("Another picture", None),
        (None, []),
    ],
)
def test_only_what_was_added_is_told(new: str | None, told: list[str] | None) -> None:
    assert added_to(CORGI, new) == told


@pytest.mark.parametrize(
    ("asked", "prompt"),
    [
        (["at sunset"], CORGI),
        (["wide shot"], CORGI),
        (["at night"], "A corgi in the sand, lighthouse above the ocean, wide shot, at night"),
        (["darker"], f"{CORGI}, darker"),
    ],
)
def test_what_a_picture_shows_already_is_not_asked_of_it_again(asked: list[str], prompt: str) -> None:
    assert looks.seen_too(CORGI, asked) == prompt
