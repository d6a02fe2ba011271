"""What was said between a user and the agent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Role(models.TextChoices):
    USER = "user"
    AGENT = "agent"


class Message(models.Model):
    """One line of a conversation. A client's own id makes a re-sent line the same line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    task = models.ForeignKey("pipeline.Task", on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    role = models.CharField(max_length=16, choices=Role.choices)
    content = models.TextField()
    metadata = models.JSONField(default=dict, blank=True)
    client_message_id = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "messages"
        ordering = ["created_at"]
        indexes = [models.Index(name="messages_newest_first", fields=["-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(name="messages_known_role", condition=models.Q(role__in=Role.values)),
            models.UniqueConstraint(
                name="messages_one_per_client_id",
                fields=["user", "client_message_id"],
                condition=~models.Q(client_message_id=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.content[:40]}"
