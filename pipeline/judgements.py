"""What moderation models said, kept so that the same content is judged once."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Judgement(models.Model):
    """What a moderation model said of a text or a picture. Kept by its hash: the content itself is not here."""

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
