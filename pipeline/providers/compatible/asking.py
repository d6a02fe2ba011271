"""A whole answer of an own language model, asked for in the strictest form that its server knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from pipeline.providers.compatible.answers import Reply, reply_of
from pipeline.providers.compatible.client import posted
from pipeline.providers.compatible.errors import Refused

PATH = "chat/completions"
Message = dict[str, Any]
_first_form: dict[tuple[str, str], int] = {}
"""By address and model, the form that was taken last: those before it were refused."""


async def ask(
    http: httpx.AsyncClient, model: str, messages: Sequence[Message], *, schema: Mapping[str, Any], max_tokens: int
) -> Reply:
    """Ask for a JSON object by its schema, else for any JSON object, else in words. Raises Refused, ValueError."""
    body = {"model": model, "messages": list(messages), "max_tokens": max_tokens, "stream": False}
    key = (str(http.base_url), model)
    forms = list(_forms(schema))
    for place in range(_first_form.get(key, 0), len(forms)):
        try:
            answer = await posted(http, PATH, {**body, **forms[place]})
        except Refused as refused:
            if not refused.about_form or place == len(forms) - 1:
                raise
            continue
        _first_form[key] = place
        return reply_of(answer)
    raise AssertionError


def _forms(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    named = {"name": "film_script", "strict": True, "schema": dict(schema)}
    yield {"response_format": {"type": "json_schema", "json_schema": named}}
    yield {"response_format": {"type": "json_object"}}
    yield {}
