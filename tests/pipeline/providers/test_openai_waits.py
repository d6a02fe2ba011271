"""Tests of how long OpenAI may ask us to wait."""

from __future__ import annotations

import httpx2
import openai
import pytest

from pipeline.providers.openai.errors import LONGEST_WAIT_S, _retry_after_s

SAID = {
    "2": 2.0, "0.5": 0.5, "99999": LONGEST_WAIT_S, "315360000": LONGEST_WAIT_S,
    "-5": 0.0, "nan": 0.0, "1e9": 0.0, "": 0.0, "Wed, 21 Oct 2015 07:28:00 GMT": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_no_server_puts_a_film_off_for_hours(said: str) -> None:
    request = httpx2.Request("POST", "https://api.openai.com/v1/responses")
    answer = httpx2.Response(429, headers={"Retry-After": said}, request=request)
    assert _retry_after_s(openai.RateLimitError("busy", response=answer, body=None)) == SAID[said]
