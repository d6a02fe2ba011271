from __future__ import annotations

import pytest

from pipeline.film.shorter_cut import scenes_for
from tests.pipeline.scripts import scene, script


def film(*seconds: int) -> dict[str, object]:
    return script([scene(n, duration=lasts) for n, lasts in enumerate(seconds, start=1)]).model_dump(mode="json")


@pytest.mark.parametrize(
    ("lengths", "seconds", "chosen"),
    [
        ((5,) * 6, 15, [1, 3, 6]),
        ((5,) * 6, 10, [1, 6]),
        ((5, 5, 10), 10, [1, 2]),
        ((5,) * 6, 5, [1]),
        ((10, 5, 5, 10), 20, [1, 4]),
        ((10, 5, 5, 10), 25, [1, 2, 4]),
        ((10, 10), 15, [1]),
        ((5,), 30, [1]),
        ((5,) * 3, 60, [1, 2, 3]),
    ],
)
def test_a_cut_opens_and_ends_as_the_film_does(lengths: tuple[int, ...], seconds: int, chosen: list[int]) -> None:
    assert scenes_for(film(*lengths), seconds) == chosen


def test_a_long_film_is_cut_quickly() -> None:
    found = scenes_for(film(*(5,) * 60), 30)
    assert (found[0], found[-1], len(found)) == (1, 60, 6)
