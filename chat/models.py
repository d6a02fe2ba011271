"""The messages between a user and the agent, and how far the agent is with its answers."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Role(models.TextChoices):
    USER = "user"
    AGENT = "agent"


class Turn(models.TextChoices):
    """waiting → answering → answered | failed, or put off until the script is there, and then answering again.

    The agent's own messages have none.
    """

    NONE = ""
    WAITING = "waiting"
    ANSWERING = "answering"
    ANSWERED = "answered"
    FAILED = "failed"
    PUT_OFF = "put_off"


class Message(models.Model):
    """One line of a conversation. A client's own id makes a re-sent line the same line.

    A user's line is also the record of the agent's turn that answers it: whoever raised `turn_tries` last may write,
    until `turn_lease_expires_at`; `done` is what the turn has carried out, in words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    task = models.ForeignKey("pipeline.Task", on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    api_key = models.ForeignKey(
        "accounts.ApiKey",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="The program's key that said it: what it starts counts as this key's.",
    )
    role = models.CharField(max_length=16, choices=Role.choices)
    content = models.TextField()
    metadata = models.JSONField(default=dict, blank=True)
    client_message_id = models.CharField(max_length=80, blank=True, default="")
    turn = models.CharField(max_length=16, choices=Turn.choices, blank=True, default=Turn.NONE)
    turn_tries = models.PositiveIntegerField(default=0)
    turn_lease_expires_at = models.DateTimeField(null=True, blank=True)
    done = models.JSONField(default=list, blank=True)
    put_off = models.JSONField(
        null=True, blank=True, help_text="Why it waits for the script, or waited, and what had been done until then."
    )
    actions = models.JSONField(default=list, blank=True, help_text="Buttons: {label, send}.")
    undo = models.JSONField(
        default=list, blank=True, help_text="How to take back what this turn changed; newest first."
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "messages"
        ordering = ["created_at"]
        indexes = [
            models.Index(
                name="messages_open_turns",
                fields=["created_at"],
                condition=models.Q(turn__in=["waiting", "answering", "put_off"]),
            ),
            models.Index(name="messages_of_a_task", fields=["task", "created_at", "id"]),
            models.Index(name="messages_newest_first", fields=["-created_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(name="messages_known_role", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(name="messages_known_turn", condition=models.Q(turn__in=Turn.values)),
            models.UniqueConstraint(
                name="messages_one_per_client_id",
                fields=["user", "client_message_id"],
                condition=~models.Q(client_message_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.content[:40]}"
