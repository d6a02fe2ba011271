"""Which language model the agent speaks with here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.module_loading import import_string

from chat.llm.base import ChatModel
from pipeline.providers.registry import chosen_vendor

MODELS: Mapping[str, str] = {"local": "chat.llm.local.model.LocalModel"}


def agent_provider() -> str:
    """The vendor that serves, as users see it; whoever has no model here leaves it to the local one."""
    vendor = chosen_vendor("agent")
    return vendor if vendor in MODELS else "local"


def agent_model() -> ChatModel:
    return _built(agent_provider())


@cache
def _built(name: str) -> ChatModel:
    model: ChatModel = import_string(MODELS[name])()
    return model
