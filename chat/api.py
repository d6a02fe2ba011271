"""The API operation that lists what was said about a film."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chat import services
from chat.agent import offers
from chat.models import Message, Turn
from pipeline.api import examples
from pipeline.api.parameters import READING, TaskId, film
from pixora.accounts.auth import needs
from pixora.accounts.scopes import Scope
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize

OLDEST_FIRST = Listing("messages", ("created_at", "id"))
EXAMPLE: dict[str, Any] = {
    "id": "5f0c9a3e-2f57-4a3a-9d39-0d6a5b0f7c11",
    "role": "agent",
    "content": "Making all of it costs 106 credits; you have 1000. Shall I?",
    "client_message_id": None,
    "turn": "",
    "waits_for_the_script": False,
    "actions": [{"label": "Make it for 106 credits", "send": {"type": "approve_script"}}],
    "created_at": examples.WHEN,
}

router = Router(tags=["chat"])


class ChatMessage(BaseModel):
    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: UUID
    role: Literal["user", "agent"]
    content: str
    client_message_id: str | None
    turn: Literal["", "waiting", "answering", "answered", "failed"] = Field(
        description="How far the agent is with its answer to this message of a user."
    )
    waits_for_the_script: bool = Field(
        False, description="It was answered, and is taken up again when no script is being written any more."
    )
    actions: list[dict[str, Any]] = Field(
        description="Buttons: `{label, send, used?}`. `send` is a WebSocket frame; one whose price is `used` is over."
    )
    created_at: datetime

    @classmethod
    def of(cls, message: Message, actions: list[dict[str, Any]]) -> ChatMessage:
        told: dict[str, Any] = {
            name: getattr(message, name) for name in ("id", "role", "content", "turn", "created_at")
        }
        told["actions"] = actions
        waits = message.turn == Turn.PUT_OFF
        if waits:
            told["turn"] = "answered"
        return cls(**told, waits_for_the_script=waits, client_message_id=message.client_message_id or None)


class MessagePage(Page[ChatMessage]):
    model_config = examples.page(EXAMPLE)


@router.get(
    "tasks/{task_id}/messages",
    response={200: MessagePage, **refusals(*READING)},
    summary="What was said about a film",
    auth=needs(Scope.FILMS_READ),
)
def list_messages(request: HttpRequest, task_id: TaskId, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    """Oldest first."""
    found = OLDEST_FIRST.page(services.messages_of(film(request, task_id)), cursor, limit)
    actions = offers.shown(found.rows)
    return found.page([ChatMessage.of(message, actions[message.id]) for message in found.rows])
