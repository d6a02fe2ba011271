"""A whole answer of an own language model, asked for in the strictest form that its server knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from pipeline.providers.compatible.answers import Reply, reply_of
from pipeline.providers.compatible.chat_answers import whole
from pipeline.providers.compatible.simpler_requests import in_simplest

Message = dict[str, Any]


async def ask(
    http: httpx.AsyncClient,
    model: str,
    messages: Sequence[Message],
    *,
    schema: Mapping[str, Any],
    max_tokens: int,
    temperature: float | None = None,
) -> Reply:
    """Ask for a JSON object by its schema, else for any JSON object, else in words. Raises Refused, ValueError."""
    named = {"name": "film_script", "strict": True, "schema": dict(schema)}
    chosen = {} if temperature is None else {"temperature": temperature}
    plain = {"model": model, "messages": list(messages), "max_tokens": max_tokens, "stream": False, **chosen}
    forms = [
        {**plain, "response_format": {"type": "json_schema", "json_schema": named}},
        {**plain, "response_format": {"type": "json_object"}},
        plain,
        {**plain, "messages": one_voice(messages)},
    ]
    return reply_of(await in_simplest((str(http.base_url), model), forms, lambda body: whole(http, body)))


def one_voice(messages: Sequence[Message]) -> list[Message]:
    """The same without a system message, for which the templates of some models have no place."""
    system, first, *rest = messages
    return [{**first, "content": f"{system['content']}\n\n{first['content']}"}, *rest]
