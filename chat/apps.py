from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "chat"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pixora.accounts import sessions

        sessions.ended.connect(_end_sockets, dispatch_uid="chat.sign_outs")


def _end_sockets(session_ids: Sequence[UUID], **_: Any) -> None:
    """Of these sessions, in whichever process they are."""
    from pipeline.broadcast import tell_sign_outs

    tell_sign_outs(session_ids)
