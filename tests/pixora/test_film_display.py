from __future__ import annotations

import io

import pytest
from rich.console import Console

from pixora.management.film_display import Summary, summary


@pytest.mark.parametrize(
    ("is_neural", "said"),
    [(False, "programs, not AI models"), (True, "programs, and a small AI model for the voice")],
)
def test_what_made_a_film_is_told_as_it_is(is_neural: bool, said: str) -> None:
    found = Summary("film.mp4", "folder", 5.0, 1, 9, {}, 4.0, is_voice_neural=is_neural)
    page = io.StringIO()
    Console(file=page, width=200).print(summary(found))
    assert said in page.getvalue()
