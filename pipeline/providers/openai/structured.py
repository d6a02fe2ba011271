"""An answer of OpenAI's language model as a JSON object by a schema, on the Responses API."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openai import AsyncOpenAI

from pipeline.providers.base import Call
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.answers import is_refused, stop_reason, string, text_of
from pipeline.providers.openai.client import sent
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.usage import text_cost_micros
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model
from pixora.foundation.errors import ProviderError

UNFINISHED = frozenset({"failed", "incomplete", "cancelled", "queued", "in_progress"})
Form = tuple[str, Mapping[str, Any]]
"""The name of a schema, and the schema."""


@dataclass(frozen=True)
class Answer:
    """`cost_micros` is None where the server does not say what it used."""

    text: str
    cost_micros: int | None


async def ask(
    openai: AsyncOpenAI, messages: list[dict[str, Any]], call: Call, *, instructions: str, form: Form, prompt: str
) -> Answer:
    """Ask the script model once; `prompt` is what may be said otherwise where it is refused. Raises ProviderError."""
    entry = call.model or model("script", "openai")
    assert isinstance(entry, TextModel)
    await call.sending()
    with translated(prompt):
        async with asyncio.timeout(call.deadline_s):
            body = _body(entry, messages, instructions, form)
            response = await sent(openai.responses.with_raw_response.create(**body))
    cost = text_cost_micros(response.get("usage"), entry)
    return Answer(_text(response, prompt, cost), cost)


def _body(entry: TextModel, messages: list[dict[str, Any]], instructions: str, form: Form) -> dict[str, Any]:
    """Reasoning models take an effort and no temperature, the others the reverse."""
    name, schema = form
    body = {
        "model": entry.endpoint,
        "instructions": instructions,
        "input": messages,
        "text": {"format": {"type": "json_schema", "name": name, "strict": True, "schema": schema}},
        "max_output_tokens": entry.max_output_tokens,
        "store": False,
    }
    if entry.effort:
        body["reasoning"] = {"effort": entry.effort}
    if entry.temperature is not None:
        body["temperature"] = entry.temperature
    return body


def _text(response: Mapping[str, Any], prompt: str, cost_micros: int | None) -> str:
    """Raises ProviderError where there is none; what was paid for it is told with the error."""
    if is_refused(response):
        raise refused_prompt(prompt)
    if stop_reason(response) == "max_output_tokens":
        raise ProviderError(
            "OpenAI's model reached the end of what it may write before the script was done: ask for a shorter film.",
            code="answer_too_long",
            cost_micros=cost_micros,
        )
    text = text_of(response)
    if string(response.get("status")) in UNFINISHED or not text.strip():
        raise lost_answer("OpenAI answered without a script.")
    return text
