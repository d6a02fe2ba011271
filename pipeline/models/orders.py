"""Records of how users order: presets, which are settings under a name, and batches, which are many films at once."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now, Upper

from pipeline.models.runs import Run
from pipeline.models.tasks import Task
from pixora.accounts.models import ApiKey, User


class Preset(models.Model):
    """Settings of a user under a name; those that are not in it stay as the order says, or as is usual."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presets")
    name = models.CharField(max_length=80)
    settings = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "presets"
        constraints = [models.UniqueConstraint("user", Upper("name"), name="presets_one_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """Films that were ordered together. They cost `credits_at_most` in all, and begin with one yes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="batches")
    credits_at_most = models.PositiveIntegerField()
    approved_at = models.DateTimeField(null=True, blank=True)
    api_key = models.ForeignKey(ApiKey, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The program's that said yes, and that spends."""
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "batches"
        indexes = [models.Index(name="batches_of_a_user", fields=["user", "-created_at", "-id"])]

    def __str__(self) -> str:
        return str(self.id)


class BatchFilm(models.Model):
    """A film of a batch: what it may cost at most, and the run that it was begun with or why it was not."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="films")
    place = models.PositiveIntegerField(help_text="In the batch, from 1.")
    task = models.OneToOneField(Task, on_delete=models.CASCADE, related_name="of_batch")
    credits_at_most = models.PositiveIntegerField()
    run = models.OneToOneField(Run, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    problem = models.CharField(max_length=300, blank=True, default="", help_text="Why it was not begun.")

    class Meta:
        db_table = "batch_films"
        indexes = [models.Index(name="batch_films_waiting", fields=["batch"], condition=models.Q(run=None, problem=""))]
        constraints = [models.UniqueConstraint(fields=["batch", "place"], name="batch_films_one_a_place")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"
