"""Records of what is wanted: a task, the versions of its script, and its history."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models.functions import Now

from media_assets.ids import new_id

FILM_WORDS = SearchVector("title", "prompt", config="simple")
"""What films are found by; `simple` knows no language, so each word counts as it is written."""


def new_task_id() -> str:
    return new_id("task")


def new_script_id() -> str:
    return new_id("script")


class TaskStatus(models.TextChoices):
    """draft → scripted → generating → complete | failed | cancelled; from these three back to generating.

    The labels are the studio's words.
    """

    DRAFT = "draft", "Draft"
    SCRIPTED = "scripted", "Script ready"
    GENERATING = "generating", "In production"
    COMPLETE = "complete", "Finished"
    FAILED = "failed", "Needs a look"
    CANCELLED = "cancelled", "Stopped"


class OriginKind(models.TextChoices):
    """The part that a version of a film has of its own. The labels are the back office's words."""

    LANGUAGE = "language", "Language"
    SHAPE = "shape", "Shape"
    CUT = "cut", "Length"


class Carrying(models.TextChoices):
    """The fate of an edit of something that the versions of a film share."""

    ASK = "ask", "Asked each time"
    ALL = "all", "In all versions"
    HERE = "here", "Only in the one that was edited"


class Task(models.Model):
    """One video a user is making. The versions of a film (languages, shapes, lengths) are tasks of one family."""

    id = models.CharField(primary_key=True, max_length=40, default=new_task_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tasks")
    prompt = models.TextField()
    source = models.TextField(blank=True, default="", help_text="The film's own words, where the prompt is not them.")
    title = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=16, choices=TaskStatus.choices, default=TaskStatus.DRAFT)
    settings = models.JSONField(default=dict)
    request_key = models.CharField(max_length=64, help_text="Hash of prompt and settings: the same request again.")
    last_seq = models.BigIntegerField(default=0, help_text="The number of the newest event.")
    family = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="The first film of all versions; empty: alone."
    )
    origin = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="made_versions",
        db_index=False,
        help_text="The film that this version was made from.",
    )
    origin_kind = models.CharField(
        max_length=16, choices=OriginKind.choices, blank=True, default="", db_default="", help_text="What differs."
    )
    carrying = models.CharField(
        max_length=8,
        choices=Carrying.choices,
        default=Carrying.ASK,
        db_default=Carrying.ASK.value,
        help_text="Where edits of shared pieces go.",
    )
    carried_version = models.PositiveIntegerField(
        default=0, db_default=0, help_text="The script up to which other versions know its edits; 0: it has none."
    )
    carried_at = models.DateTimeField(null=True, blank=True, help_text="When it was last decided where its edits go.")
    only_talk = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Nothing was said yet that it could be about: no list shows it.",
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True, help_text="Hidden since then, until housekeeping.")

    class Meta:
        db_table = "tasks"
        ordering = ["-created_at"]
        indexes = [
            models.Index(name="tasks_by_request", fields=["user", "request_key"]),
            models.Index(name="tasks_of_a_user", fields=["user", "-created_at", "-id"]),
            models.Index(name="tasks_newest_first", fields=["-created_at", "-id"]),
            models.Index(name="tasks_of_a_status", fields=["status", "-created_at", "-id"]),
            models.Index(name="tasks_of_a_family", fields=["family"], condition=~models.Q(family="")),
            models.Index(name="tasks_by_origin", fields=["origin"], condition=models.Q(origin__isnull=False)),
            GinIndex(FILM_WORDS, name="tasks_by_words"),
        ]
        constraints = [
            models.CheckConstraint(name="tasks_known_status", condition=models.Q(status__in=TaskStatus.values)),
            models.CheckConstraint(name="tasks_prompt_not_empty", condition=~models.Q(prompt="")),
        ]

    def __str__(self) -> str:
        return self.id

    def standing(self, *, plays: bool) -> TaskStatus:
        """The film's state as it stands for whoever looks: finished where only its update was stopped, and the film
        `plays` as before.

        The studio's list says the same.
        """
        found = TaskStatus(self.status)
        return TaskStatus.COMPLETE if found is TaskStatus.CANCELLED and plays else found


class Script(models.Model):
    """One version of a task's script; every edit makes a new one.

    Only `pipeline/services/script_versions.py` stores one: the task's settings and title follow it there.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_script_id, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="scripts")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    title = models.CharField(max_length=200, blank=True, default="", help_text="Of the film, while this is its script.")
    reason = models.CharField(max_length=200, blank=True, default="", help_text="The sentence or act that made it.")
    instructions = models.TextField(blank=True, default="", help_text="What its writer was told, the newest first.")
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "scripts"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(name="scripts_one_per_version", fields=["task", "version"]),
            models.CheckConstraint(name="scripts_versions_count_from_one", condition=models.Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} v{self.version}"


class Event(models.Model):
    """One durable, numbered line of a task's history; what clients replay."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    type = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "events"
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(name="events_one_per_number", fields=["task", "seq"])]

    def __str__(self) -> str:
        return f"{self.task_id} {self.seq} {self.type}"
