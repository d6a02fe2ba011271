"""The links that show a film to people without an account, their notes on it, and their yes to it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now

from pipeline.models.runs import Run
from pipeline.models.tasks import Task

NO_PINS = models.Value({}, models.JSONField())
NO_ORIGINS = models.Value([], models.JSONField())


class Can(models.TextChoices):
    """The acts that a link lets its guests do; each may do all that the one before it may."""

    VIEW = "view", "watch"
    COMMENT = "comment", "watch and leave notes"
    APPROVE = "approve", "watch, leave notes and approve"


class Follow(models.TextChoices):
    NEWEST = "newest", "always the newest cut"
    THIS = "this", "the cut of the day it was made"


class Share(models.Model):
    """A link to a film. Only a hash of its token is kept; `pinned` are the assets of the cut that it stays at."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="shares")
    token_hash = models.CharField(max_length=64, unique=True)
    can = models.CharField(max_length=8, choices=Can.choices)
    follow = models.CharField(max_length=8, choices=Follow.choices, default=Follow.NEWEST)
    versions = models.BooleanField(
        default=False, db_default=False, help_text="Its guests may switch to the film's other languages and shapes."
    )
    pinned = models.JSONField(default=dict, db_default=NO_PINS, blank=True)
    password = models.CharField(max_length=128, blank=True, default="", help_text="Hashed; empty for none.")
    embed_origins = models.JSONField(default=list, db_default=NO_ORIGINS, blank=True, help_text="Who may frame it.")
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    opens = models.PositiveIntegerField(default=0, db_default=0, help_text="How often its page was opened.")
    first_opened_at = models.DateTimeField(null=True, blank=True)
    last_opened_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "shares"
        indexes = [
            models.Index(name="shares_of_a_film", fields=["task", "-created_at", "-id"]),
            models.Index(name="shares_newest_first", fields=["-created_at", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(name="shares_known_can", condition=models.Q(can__in=Can.values)),
            models.CheckConstraint(name="shares_known_follow", condition=models.Q(follow__in=Follow.values)),
        ]

    def __str__(self) -> str:
        return f"{self.can} {self.task_id}"


class Note(models.Model):
    """A remark on one moment of one scene. `at_ms` counts from the scene's beginning, so it outlives a re-cut.

    A note without a `share` is the owner's. `author_hash` is of the secret by which a guest proves to be its author;
    `run` is the run that was to do what it asks for, and `piece` what that changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notes")
    share = models.ForeignKey(Share, on_delete=models.CASCADE, null=True, blank=True, related_name="notes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    scene = models.PositiveIntegerField(help_text="The scene's id, which is never renumbered.")
    at_ms = models.PositiveIntegerField(help_text="From the scene's beginning.")
    take = models.PositiveIntegerField(help_text="The cut that its author saw.")
    name = models.CharField(max_length=80)
    text = models.TextField()
    author_hash = models.CharField(max_length=64, blank=True, default="")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=80, blank=True, default="")
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="notes")
    piece = models.CharField(max_length=600, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "notes"
        indexes = [models.Index(name="notes_of_a_film", fields=["task", "created_at", "id"])]
        constraints = [models.CheckConstraint(name="notes_say_something", condition=~models.Q(text=""))]

    def __str__(self) -> str:
        return f"{self.task_id} scene {self.scene} at {self.at_ms} ms"


class Approval(models.Model):
    """A guest's yes or no to one scene of a film, or to all of it (`scene` 0), as they saw it in the cut `take`."""

    FILM = 0

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="approvals")
    scene = models.PositiveIntegerField(default=FILM, help_text="The scene's id; 0 for the whole film.")
    yes = models.BooleanField()
    name = models.CharField(max_length=80)
    take = models.PositiveIntegerField()
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "approvals"
        constraints = [models.UniqueConstraint(name="approvals_one_per_scene", fields=["share", "scene"])]

    def __str__(self) -> str:
        return f"{self.share_id} scene {self.scene}: {self.yes}"
