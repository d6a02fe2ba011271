"""However an answer is cut into pieces, the same is heard; and whatever comes, nothing breaks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.llm.compatible.hearing import Ear
from chat.llm.compatible.stream import Heard
from chat.llm.compatible.tool_text import arguments_in, calls_in
from pipeline.providers.compatible.answers import object_in, reply_of, without_thinking
from pipeline.providers.compatible.repair import repaired
from pipeline.providers.compatible.responses import chunk_of, completion_of
from pipeline.providers.openai.draft import Draft, as_script, mended
from tests.pipeline.providers.test_contract_script import request

TOOLS = frozenset({"undo", "edit_scene"})
CALL = '{"name": "undo", "arguments": {}}'
BITS = (
    *("Hello. ", "a < b ", "<b>", "</think>", "<think>", "so ", "</thinking>", "`x` ", "``` ", "```json\n", "\n```"),
    *("<tool_call>", "</tool_call>", "<tools>", "</tools>", "[", "]", "[TOOL_CALLS]", "{", "}", CALL, '{"scene": 2}'),
    *("<function=undo>", "</function>", "<function", "\n\n", "Ünïcode 日本 ", '"', "'", "<|python_tag|>"),
)
TEXTS = st.lists(st.sampled_from(BITS), max_size=12).map("".join)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 60) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=25,
) if (NAMES := ("scenes", "scene", "clips", "music", "title", "script", "duration", "characters", "name", "prompt",
                "image_prompt", "video_prompt", "transition", "scene_indexes", "character_profiles", "film", "choices",
                "delta", "message", "content", "tool_calls", "function", "arguments", "index", "id", "finish_reason",
                "error", "type", "response", "output", "item", "text")) else st.none()  # fmt: skip


def heard(pieces: Sequence[str]) -> tuple[str, list[object]]:
    ear = Ear(TOOLS)
    found = [one for piece in pieces for one in ear.hear(piece)] + [*ear.end()]
    return "".join(one for one in found if isinstance(one, str)), [one for one in found if not isinstance(one, str)]


def cut(text: str, places: Sequence[int]) -> Iterator[str]:
    """The text in pieces that end at these places."""
    ends = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return (text[start:end] for start, end in pairwise(ends))


@given(TEXTS, st.lists(st.integers(0, 400), max_size=20))
def test_pieces_change_nothing(text: str, places: list[int]) -> None:
    assert heard(list(cut(text, places))) == heard([text])
    assert heard(list(text)) == heard([text])


@given(TEXTS)
def test_words_without_thinking_or_calls_are_told_whole(text: str) -> None:
    plain = text.replace("think", "thunk").replace("undo", "undone")
    assert heard([plain]) == (plain.strip(), [])


@pytest.mark.parametrize(
    ("said", "words", "calls"),
    [
        ("<think>hm {x}</think>Hi", "Hi", 0),
        (f"Sure.\n<tool_call>{CALL}</tool_call>", "Sure.\n", 1),
        (f"<tools>{CALL}\n{CALL}</tools>", "", 2),
        (f"<tools>[{CALL}, {CALL}]</tools>", "", 2),
        (f"```json\n{CALL}\n```", "", 1),
        ('```json\n{"scene": 2}\n```', '```json\n{"scene": 2}\n```', 0),
        (f"[TOOL_CALLS][{CALL}]", "", 1),
        (CALL, "", 1),
        (f"[{CALL}]", "", 1),
        (json.dumps({"tool_calls": [{"function": {"name": "undo", "arguments": "{}"}}]}), "", 1),
        ('<function=undo>{"x": null}</function>', "", 1),
        ("<think>never ended", "", 0),
        ("begun before</think>Hi", "begun beforeHi", 0),
    ],
)
def test_calls_in_words(said: str, words: str, calls: int) -> None:
    text, found = heard([said])
    assert (text.strip(), len(found)) == (words.strip(), calls)


@given(TEXTS | st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    without_thinking(text)
    object_in(text)
    calls_in(text, TOOLS)
    arguments_in(text)


@given(JSON)
def test_any_json_is_read_without_a_fault(value: object) -> None:
    answer = value if isinstance(value, dict) else {"choices": [{"delta": value, "message": value}]}
    whole = Heard(Ear(TOOLS))
    list(whole.parts(answer))
    list(whole.rest())
    reply_of(answer)
    reply_of(completion_of(answer))
    if chunk := chunk_of(answer):
        list(Heard(Ear(TOOLS)).parts(chunk))


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
def test_any_draft_has_the_form_that_was_asked_for(draft: dict[str, object]) -> None:
    found = repaired(draft, request())
    assert found.keys() == Draft.model_fields.keys()
    as_script(mended(found, request()), request())


@pytest.mark.parametrize(
    ("said", "words"),
    [("so {x}</think>Hi", "Hi"), ("Hi", "Hi"), (f"so</think>{CALL}", ""), ("<think>so</think>Hi", "Hi")],
)
def test_thinking_whose_beginning_was_swallowed_is_dropped_once_that_is_known(said: str, words: str) -> None:
    ear = Ear(TOOLS, begins_in_thought=True)
    found = [*(one for letter in said for one in ear.hear(letter)), *ear.end()]
    assert "".join(one for one in found if isinstance(one, str)) == words
