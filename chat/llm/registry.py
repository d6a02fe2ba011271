"""The choice of the language model that the agent speaks with here."""

from __future__ import annotations

from functools import cache

from django.utils.module_loading import import_string

from chat.llm.base import ChatModel, ReadsAhead
from pipeline.providers.registry import adapter_path, chosen_vendor


def agent_provider() -> str:
    """`local` or a vendor's name, as users see it."""
    return chosen_vendor("agent")


def agent_model() -> ChatModel:
    return _built(agent_provider())


async def get_ready() -> None:
    """Have the model here read what it can before anybody says anything."""
    model = agent_model()
    if isinstance(model, ReadsAhead):
        await model.read_ahead()


@cache
def _built(name: str) -> ChatModel:
    model: ChatModel = import_string(adapter_path("agent", name))()
    return model
