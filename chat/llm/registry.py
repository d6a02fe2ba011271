"""The choice of the language model that the agent speaks with here."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from chat.llm.base import ChatModel
from pipeline.providers.registry import chosen_vendor
from pipeline.providers.vendors import adapter_of


def agent_provider() -> str:
    """`local` or a vendor's name, as users see it."""
    return chosen_vendor("agent")


def agent_model() -> ChatModel:
    return _built(agent_provider())


@cache
def _built(name: str) -> ChatModel:
    model: ChatModel = import_string(adapter_of("agent", name))()
    return model
