"""Tests of what OpenAI's answers may look like when other servers give them."""

from __future__ import annotations

import base64
from typing import Any, cast

import pytest

from pipeline.providers.models_and_prices import ImageModel, TextModel, catalogue
from pipeline.providers.openai.answers import (
    is_refused,
    json_object,
    picture_address,
    picture_bytes,
    stop_reason,
    text_of,
    tokens,
)
from pipeline.providers.openai.usage import image_cost_micros, text_cost_micros
from pipeline.providers.vendor_ids import LENGTH, stored_id

TEXT = cast(TextModel, catalogue().find("script", "gpt-5.6-luna"))
IMAGE = cast(ImageModel, next(model for model in catalogue().models["image"].values() if model.vendor == "openai"))
ENCODED = base64.b64encode(b"a picture").decode()


@pytest.mark.parametrize(
    "text",
    [
        '{"scenes": []}',
        '```json\n{"scenes": []}\n```',
        'Here it is:\n```\n{"scenes": []}\n```\nEnjoy!',
        '<think>A {draft} of "scenes": [.</think>{"scenes": []}',
        '<THINKING>hm</THINKING>\n\n{"scenes": []}',
        '{not json} but {"scenes": []}',
    ],
)
def test_the_object_in_a_text_is_found(text: str) -> None:
    assert json_object(text) == {"scenes": []}


@pytest.mark.parametrize("text", ["", "no object", "[1]", '"{"', "<think>{}", "{" * 100_000, '{"a": '])
def test_a_text_without_an_object_has_none(text: str) -> None:
    assert json_object(text) == {}


def test_what_cannot_be_stored_is_left_out() -> None:
    assert json_object('{"title": "a\\u0000b\\ud83d", "list": ["\\u0000"]}') == {"title": "ab", "list": [""]}


@pytest.mark.parametrize("output", [None, [], {}, "text", [None, 3, {}], [{"type": "message", "content": None}]])
def test_an_answer_without_text_is_empty(output: Any) -> None:
    assert text_of({"output": output}) == ""
    assert not is_refused({"output": output, "incomplete_details": None})


def test_text_and_refusals_are_read_from_messages() -> None:
    parts = [{"type": "output_text", "text": "a"}, {"type": "output_text", "text": None}, {"text": "c"}]
    assert text_of({"output": [{"type": "message", "content": parts}, {"type": "reasoning", "content": parts}]}) == "a"
    assert is_refused({"output": [{"type": "message", "content": [{"type": "refusal", "refusal": "no"}]}]})
    assert is_refused({"incomplete_details": {"reason": "content_filter"}})
    assert stop_reason({"incomplete_details": {"reason": ["odd"]}}) == ""


@pytest.mark.parametrize("details", [None, {}, {"cached_tokens": None}, [], {"cached_tokens": "12"}])
def test_missing_details_of_usage_cost_nothing_less(details: Any) -> None:
    usage = {"input_tokens": 1000, "output_tokens": 100, "input_tokens_details": details}
    assert text_cost_micros(usage, TEXT) == round(1000 * TEXT.tokens.text_in + 100 * TEXT.tokens.out)


@pytest.mark.parametrize("usage", [None, {}, [], {"input_tokens": 5}, {"input_tokens": "5", "output_tokens": 10**40}])
def test_usage_that_says_nothing_leaves_the_expected_price(usage: Any) -> None:
    assert text_cost_micros(usage, TEXT) is None
    assert image_cost_micros(usage, IMAGE) is None


def test_a_picture_without_details_is_counted_by_its_sums() -> None:
    usage = {"input_tokens": 100, "output_tokens": 1000, "input_tokens_details": None}
    assert image_cost_micros(usage, IMAGE) == round(100 * IMAGE.tokens.text_in + 1000 * IMAGE.tokens.out)


@pytest.mark.parametrize("value", [True, -1, float("nan"), float("inf"), 10**40, "3", None, [3]])
def test_odd_numbers_of_tokens_are_unknown(value: Any) -> None:
    assert tokens(value) is None


@pytest.mark.parametrize(
    "entry",
    [
        {"b64_json": ENCODED},
        {"b64_json": f"{ENCODED[:4]}\n{ENCODED[4:]}\r\n"},
        {"b64_json": f"data:image/png;base64,{ENCODED}"},
        {"b64_json": None, "url": f"data:image/webp;base64,{ENCODED}"},
    ],
)
def test_a_picture_in_the_answer_is_found(entry: dict[str, Any]) -> None:
    assert picture_bytes(entry) == b"a picture"


@pytest.mark.parametrize("entry", [{}, {"b64_json": "$$$"}, {"url": ["http://a"]}, {"url": "file:///etc/hostname"}])
def test_what_holds_no_picture_holds_none(entry: dict[str, Any]) -> None:
    assert (picture_bytes(entry), picture_address(entry)) == (b"", "")


def test_a_picture_may_be_elsewhere() -> None:
    assert picture_address({"url": "https://cdn.example/a.png"}) == "https://cdn.example/a.png"


def test_long_ids_are_stored_and_stay_apart() -> None:
    one, other = "x" * 400 + "1", "x" * 400 + "2"
    assert len(stored_id(one)) == LENGTH
    assert stored_id(one) == stored_id(one) != stored_id(other)
    assert [stored_id(said) for said in ("req_1", "", None, 7, "a\x00b")] == ["req_1", "", "", "", "ab"]
