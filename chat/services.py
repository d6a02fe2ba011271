"""The chat's services: accepting a user's message, and storing the agent's answer to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from chat.llm.local import attached_pictures
from chat.models import Message, Role, Turn
from chat.protocol import Say
from media_assets import uploads
from pipeline.api.parameters import FILMS
from pipeline.events import history
from pipeline.models import Event, Task
from pipeline.services import films, own_material, own_words, presets
from pixora.accounts.models import ApiKey, User


@dataclass(frozen=True)
class Accepted:
    task_id: str
    opened: bool
    again: bool
    """It had been accepted before."""
    receipt: dict[str, Any]
    """The `message_accepted` event, as clients get it."""


def accept(user: User, said: Say, *, message_id: UUID, api_key: ApiKey | None = None) -> Accepted:
    """Store what a user says, open a film where it names none, leave the answer to a turn. Repeating is harmless."""
    try:
        with transaction.atomic():
            opened_before = None if said.task_id else _known(user, said, message_id)
            return opened_before or _accept(user, said, message_id, api_key)
    except IntegrityError:
        again = _known(user, said, message_id)
        if again is None:
            raise
        return again


def _known(user: User, said: Say, message_id: UUID) -> Accepted | None:
    mine = Message.objects.filter(user=user)
    found = mine.filter(id=message_id).first()
    if found is None and said.client_message_id:
        found = mine.filter(client_message_id=said.client_message_id).first()
    if found is None or found.task_id is None:
        return None
    told = Event.objects.get(task_id=found.task_id, type="message_accepted", payload__message_id=str(found.id))
    return Accepted(found.task_id, said.task_id is None, True, history.as_message(told))


def _accept(user: User, said: Say, message_id: UUID, api_key: ApiKey | None) -> Accepted:
    task = films.task_of(user, said.task_id) if said.task_id else _open(user, said)
    if said.metadata.reference_upload and not (
        task.scripts.exists() and attached_pictures.is_for_a_scene(said.content)
    ):
        upload = uploads.upload_of(user, said.metadata.reference_upload)
        own_material.change_reference(task=task, upload=upload)
    message = Message.objects.create(
        id=message_id,
        user=user,
        task=task,
        api_key=api_key,
        role=Role.USER,
        content=said.content.strip(),
        metadata=said.metadata.model_dump(exclude_none=True, exclude={"source": {"text"}}),
        client_message_id=said.client_message_id or "",
        turn=Turn.WAITING,
        created_at=timezone.now(),
    )
    [told] = history.write(task.id, [("message_accepted", _receipt(message))])
    return Accepted(task.id, said.task_id is None, False, history.as_message(told))


def _open(user: User, said: Say) -> Task:
    """Order a film whose script the agent has written, once it has asked what it has to. Raises RateLimited."""
    FILMS.count(f"user {user.pk}")
    prompt, source = said.metadata.prompt or said.content, said.metadata.source
    given = own_words.Given(**source.model_dump(exclude_none=True)) if source else own_words.Given()
    text = own_words.read(user, given)
    chosen = presets.with_preset(user, said.metadata.preset, said.metadata.settings())
    wanted = own_words.ordered(prompt, chosen, text, mode=given.mode, is_said=True)
    return films.order_film(user=user, prompt=wanted.prompt, settings=wanted.settings, source=wanted.text, writes=False)


def _receipt(message: Message) -> dict[str, Any]:
    source = message.metadata.get("source") or {}
    uploaded = filter(None, (message.metadata.get("reference_upload"), source.get("asset")))
    return {
        "message_id": str(message.id),
        "client_message_id": message.client_message_id or None,
        "content": message.content,
        "attachments": list(uploaded),
        **({"source": source} if source else {}),
    }


def answer(
    asked: Message,
    *,
    content: str,
    message_id: UUID,
    actions: Sequence[Mapping[str, Any]] = (),
    undo: Sequence[Mapping[str, Any]] = (),
    metadata: Mapping[str, Any] | None = None,
) -> Message:
    """The agent's whole message, in the caller's transaction."""
    assert asked.task_id is not None
    said = Message.objects.create(
        id=message_id,
        user_id=asked.user_id,
        task_id=asked.task_id,
        role=Role.AGENT,
        content=content,
        actions=list(actions),
        undo=list(undo),
        metadata=dict(metadata or {}),
        created_at=timezone.now(),
    )
    told = {"content": content, "message_id": str(said.id), "actions": said.actions}
    history.publish(asked.task_id, "agent_message", told)
    return said


def messages_of(task: Task) -> QuerySet[Message]:
    return Message.objects.filter(task=task)
