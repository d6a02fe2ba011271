"""The addresses that a film's events are sent to, how far each film has come there, and what came of each try."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from pipeline.models.tasks import Task


class WebhookAddress(models.Model):
    """An address of a user's that gets the events of all their films."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=2_000)
    types = models.JSONField(default=list, help_text='Types of events; ["*"] for all.')
    description = models.CharField(max_length=200, blank=True, default="")
    secret = models.CharField(max_length=80, help_text="Signs what is sent, as Standard Webhooks says.")
    old_secret = models.CharField(max_length=80, blank=True, default="")
    old_secret_until = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, help_text="It failed for too long; nothing is sent.")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "webhook_addresses"
        indexes = [
            models.Index(name="webhook_addresses_open", fields=["user"], condition=models.Q(paused_at=None)),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookCursor(models.Model):
    """A mark of how far the events of one film have come at one address; the events themselves are the film's.

    `due_at` is when it goes on: soon after a failure, or when the lease of whoever is at it (`holder`) runs out.
    """

    address = models.ForeignKey(WebhookAddress, on_delete=models.CASCADE, related_name="cursors")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    seq = models.BigIntegerField(default=0, db_default=0, help_text="The last event that is done with.")
    tries = models.PositiveIntegerField(default=0, db_default=0, help_text="Failed ones of the next event.")
    failing_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(db_default=Now())
    holder = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "webhook_cursors"
        indexes = [
            models.Index(name="webhook_cursors_held", fields=["address"], condition=models.Q(holder__isnull=False)),
        ]
        constraints = [models.UniqueConstraint(name="webhook_cursors_one_per_film", fields=["address", "task"])]

    def __str__(self) -> str:
        return f"{self.task_id} at {self.seq}"


class WebhookDelivery(models.Model):
    """A try to deliver an event. Those that a user asked for wait here, with `asked_at`, until they are sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.ForeignKey(WebhookAddress, on_delete=models.CASCADE, related_name="deliveries")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    seq = models.BigIntegerField(default=0)
    type = models.CharField(max_length=40)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="What the receiver answered.")
    problem = models.CharField(max_length=200, blank=True, default="", help_text="Why there was no answer.")
    answer = models.CharField(max_length=500, blank=True, default="", help_text="The beginning of its text.")
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "webhook_deliveries"
        indexes = [
            models.Index(name="webhook_deliveries_newest", fields=["address", "-created_at", "-id"]),
            models.Index(
                name="webhook_deliveries_asked", fields=["asked_at"], condition=models.Q(asked_at__isnull=False)
            ),
            models.Index(name="webhook_deliveries_by_age", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.type} to {self.address_id}"
