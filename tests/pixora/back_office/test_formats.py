from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pixora.back_office import formats


@pytest.mark.parametrize(
    ("micros", "written"),
    [(None, "$0.00"), (0, "$0.00"), (1_234, "$0.0012"), (40_000, "$0.0400"), (2_500_000_000, "$2,500.00")],
)
def test_cost_is_written_as_exactly_as_it_matters(micros: int | None, written: str) -> None:
    assert formats.dollars(micros) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(None, "–"), (0.04, "0.0 s"), (9.94, "9.9 s"), (61, "61 s"), (200, "3 min 20 s"), (7_500, "2 h 5 min")],
)
def test_a_length_of_time_is_written_for_people(value: float | None, written: str) -> None:
    assert formats.seconds(value) == written


def test_a_moment_says_how_long_ago_and_when_exactly() -> None:
    moment = timezone.now() - timedelta(hours=3, minutes=10)
    assert "3\xa0hours ago</time>" in formats.when(moment)
    assert f'datetime="{moment.isoformat()}"' in formats.when(moment)
    assert formats.when(None) == "–"
    assert "just now" in formats.when(timezone.now())


def test_what_others_wrote_is_escaped_and_kept_short() -> None:
    assert formats.compact({"a": "é" * 1_000}).endswith("…")
    assert formats.pretty({"a": "é"}) == '{\n  "a": "é"\n}'
    assert formats.signed(-1_200) == "−1,200"
