"""How a film stands, in the database's words and in those for people."""

from __future__ import annotations

from django.db import models


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
