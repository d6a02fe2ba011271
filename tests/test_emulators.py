from __future__ import annotations

import httpx
import pytest

from tests.emulators.server import Emulators

KEY = {"Authorization": "Bearer sk-emulated"}


def model(emulators: Emulators, name: str = "gpt-6-luna", **headers: str) -> httpx.Response:
    return httpx.get(f"{emulators.url}/openai/v1/models/{name}", headers={**KEY, **headers}, timeout=5)


def test_a_model_that_was_shut_down_is_gone(emulators: Emulators) -> None:
    assert model(emulators, "gpt-4o").json()["shutdown_date"] == "2027-01-14"
    gone = model(emulators, "gpt-image-1")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "model_not_found")


def test_a_wrong_key_is_refused(emulators: Emulators) -> None:
    refused = model(emulators, Authorization="Bearer hunter2")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize("kind", ["dropped", "truncated"])
def test_an_answer_is_lost_on_its_way(emulators: Emulators, kind: str) -> None:
    emulators.fail("openai", kind)
    with pytest.raises(httpx.RemoteProtocolError):
        model(emulators)
    assert model(emulators).status_code == 200


def test_a_limit_says_when_to_come_again(emulators: Emulators) -> None:
    emulators.fail("openai", "rate_limited", retry_after_s=7, times=2)
    answers = [model(emulators) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"


def test_garbage_is_no_json(emulators: Emulators) -> None:
    emulators.fail("openai", "garbage")
    with pytest.raises(ValueError, match="decode"):
        model(emulators).json()


def test_an_unknown_knob_is_refused(emulators: Emulators) -> None:
    assert httpx.post(f"{emulators.url}/knobs/openai", json={"lag": 3}).status_code == 422
