"""The language a chat is held in: that of the last message that shows one."""

from __future__ import annotations

from chat.llm.local.into_english import language_of
from chat.llm.local.wording import OTHERWISE
from chat.models import Message, Role
from pipeline.models import Task

REMEMBERED = 20
"""Messages."""


def language_of_chat(task: Task) -> str:
    newest = Message.objects.filter(task=task, role=Role.USER).order_by("-created_at")[:REMEMBERED]
    language = OTHERWISE
    for text in reversed(newest.values_list("content", flat=True)):
        language = language_of(text, language)
    return language
