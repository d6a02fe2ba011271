from __future__ import annotations

import pytest

from pipeline.progress import Stage, Steps, percent, stage


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (Steps(all=0, left=0, generated_left=0), 0),
        (Steps(all=3, left=3, generated_left=2), 0),
        (Steps(all=3, left=1, generated_left=0), 66),
        (Steps(all=3, left=0, generated_left=0), 99),
    ],
)
def test_percent_counts_the_pieces_of_the_film(steps: Steps, expected: int) -> None:
    assert percent(steps) == expected


@pytest.mark.parametrize(
    ("steps", "writes_script", "expected"),
    [
        (Steps(all=0, left=0, generated_left=0), True, "writing_script"),
        (Steps(all=0, left=0, generated_left=0), False, "generating_assets"),
        (Steps(all=5, left=3, generated_left=1), False, "generating_assets"),
        (Steps(all=5, left=2, generated_left=0), False, "cutting"),
    ],
)
def test_the_stage_is_what_is_left_to_do(steps: Steps, writes_script: bool, expected: Stage) -> None:
    assert stage(steps, writes_script=writes_script) == expected
