"""Records of what vendors were asked beside the steps of runs: language models for the chat and for stills, moderation
models."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from media_assets.ids import new_id
from pipeline.models.runs import AttemptStatus
from pipeline.models.tasks import Task


def new_call_id() -> str:
    return new_id("call")


class ModelCall(models.Model):
    """One call of a vendor's model outside of a run, as the agent makes them. The row is there before it.

    Its statuses are an attempt's. `reason` names what it was for: the message that was being answered. What is for
    everybody, such as a sample of a voice, has no task.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_call_id, editable=False)
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="model_calls")
    reason = models.CharField(max_length=80)
    status = models.CharField(max_length=16, choices=AttemptStatus.choices, default=AttemptStatus.OPEN)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=120)
    request_id = models.CharField(max_length=200, blank=True, default="")
    cost_micros = models.BigIntegerField(default=0, help_text="What is expected, until it is known.")
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    started_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "model_calls"
        ordering = ["started_at"]
        indexes = [
            models.Index(name="model_calls_newest_first", fields=["-started_at", "-id"]),
            models.Index(name="model_calls_open", fields=["provider", "reason"], condition=models.Q(status="open")),
        ]
        constraints = [
            models.CheckConstraint(
                name="model_calls_known_status", condition=models.Q(status__in=AttemptStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} for {self.task_id or self.reason} ({self.status})"


class Judgement(models.Model):
    """A moderation model's verdict on a text or a picture. Kept by its hash: the content itself is not here."""

    id = models.BigAutoField(primary_key=True)
    content_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=120)
    allowed = models.BooleanField()
    categories = models.JSONField(default=list)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "judgements"
        constraints = [models.UniqueConstraint(name="judgements_one_each", fields=["content_hash", "model"])]

    def __str__(self) -> str:
        return f"{self.content_hash[:12]} by {self.model}: {'allowed' if self.allowed else 'refused'}"


class SeenStill(models.Model):
    """A still as a language model saw it, by the still's hash: each is looked at once, whatever film it is in."""

    id = models.BigAutoField(primary_key=True)
    content_hash = models.CharField(max_length=64)
    model = models.CharField(max_length=160)
    text = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "seen_stills"
        constraints = [models.UniqueConstraint(name="seen_stills_one_each", fields=["content_hash", "model"])]

    def __str__(self) -> str:
        return f"{self.content_hash[:12]} by {self.model}"


class VoiceSample(models.Model):
    """A sentence in a vendor's voice, bought once for everybody who wants to hear it before they choose."""

    id = models.BigAutoField(primary_key=True)
    model = models.CharField(max_length=120)
    voice = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    sound = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "voice_samples"
        constraints = [
            models.UniqueConstraint(name="voice_samples_one_each", fields=["model", "voice", "language"]),
        ]

    def __str__(self) -> str:
        return f"{self.voice} in {self.language} by {self.model}"
