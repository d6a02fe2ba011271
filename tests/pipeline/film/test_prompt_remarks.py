"""What a prompt wishes of settings that cannot be had is said, and nothing else is."""

from __future__ import annotations

import pytest

from pipeline.film.prompt_remarks import remarks_on
from tests.pipeline.film.test_prompt_settings import MEANT


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("a 21:9 film about whales", "The shape 21:9 is not to be had: it can be 16:9, 9:16, 1:1, 4:3 or 3:4."),
        ("whales in 4K", "The resolution 4K is not to be had: it can be 720p or 1080p."),
        ("a 17-second film about whales", "A film lasts a multiple of 5 seconds: this one 15 instead of 17."),
        ("ein Film über Wale, 10 Minuten", "A film lasts 300 seconds at most."),
        ("whales, 3 seconds", "A film lasts 5 seconds at least."),
        ("whales, narrated by Morgan Freeman", "There is no voice named Morgan Freeman: choose one of the list."),
        ("whales at 60 fps", "How many pictures a second a film has cannot be chosen."),
    ],
)
def test_a_wish_that_no_setting_can_meet_is_remarked_on(prompt: str, told: str) -> None:
    assert [str(remark) for remark in remarks_on(prompt)] == [told]


@pytest.mark.parametrize(
    "prompt", [*(prompt for prompt, _ in MEANT), "we won 3:2 last night", "whales, read by George"]
)
def test_a_wish_that_is_met_is_not_remarked_on(prompt: str) -> None:
    assert remarks_on(prompt) == ()
