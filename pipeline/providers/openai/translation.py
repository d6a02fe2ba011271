"""Translations of scripts by structured output on the Responses API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.film.translation import Translation
from pipeline.providers.base import Call, TranslationRequest
from pipeline.providers.openai.answers import json_object
from pipeline.providers.openai.client import client
from pipeline.providers.openai.structured import ask
from pipeline.providers.openai.wording import wording
from pipeline.providers.translating import INSTRUCTIONS, REPAIR, SCHEMA, Costs, Faults, brief, listed, translate_parts

AT_ONCE = 20
"""Scenes in one request: a minute or two of film, so that each is told with those around it."""


async def translate(request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
    """Have scenes translated. Raises ProviderError; what it cost is None where OpenAI does not say."""
    costs = Costs()
    async with client(call.deadline_s) as openai:

        async def asked(part: TranslationRequest, wrong: Faults, before: str) -> Mapping[str, Any]:
            answer = await ask(
                openai,
                _messages(part, wrong, before),
                call,
                instructions=wording(INSTRUCTIONS),
                form=("translation", SCHEMA),
                prompt=part.scenes[0].script or part.title,
            )
            costs.add(answer.cost_micros)
            return json_object(answer.text)

        made = await translate_parts(request, asked, at_once=AT_ONCE, report=call.report)
    return made, costs.micros


def _messages(part: TranslationRequest, wrong: Faults, before: str) -> list[dict[str, Any]]:
    messages = [{"role": "user", "content": brief(part)}]
    if wrong:
        messages.append({"role": "assistant", "content": before})
        messages.append({"role": "user", "content": wording(REPAIR, faults=listed(wrong))})
    return messages
