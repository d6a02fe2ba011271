from __future__ import annotations

import pytest

from pipeline.engine.retry import CALL, RetryPolicy


@pytest.mark.parametrize(("failures", "delay_s"), [(1, 1.0), (2, 3.0), (3, 5.0), (4, None), (9, None)])
def test_it_waits_longer_each_time_and_then_gives_up(failures: int, delay_s: float | None) -> None:
    policy = RetryPolicy(tries=4, first_delay_s=1.0, growth=3.0, longest_delay_s=5.0)
    assert policy.delay_s(failures) == delay_s


def test_a_provider_is_tried_eight_times_within_about_a_minute() -> None:
    delays = [CALL.delay_s(failures) for failures in range(1, 9)]
    assert delays[-1] is None
    assert 50 < sum(filter(None, delays)) < 70
