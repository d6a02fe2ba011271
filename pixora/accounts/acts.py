"""What members of staff did, to whom or what, and why: lines of Django's admin log that nobody changes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from pixora.accounts.models import User
from pixora.errors import Invalid

MOST_CHARACTERS = 300


@dataclass(frozen=True)
class Act:
    actor: User
    act: str
    """`regenerate`, `refund`, …"""
    reason: str
    details: Mapping[str, Any]
    at: datetime


def record(actor: User, target: Model, act: str, reason: str, **details: object) -> None:
    """Call it in the transaction of the act itself. `details` are JSON values. Raises Invalid without a reason."""
    message = {"act": act, "reason": checked(reason), "details": details}
    LogEntry.objects.create(
        user=actor,
        content_type=ContentType.objects.get_for_model(target),
        object_id=str(target.pk),
        object_repr=str(target)[:200],
        action_flag=CHANGE,
        change_message=json.dumps(message, ensure_ascii=False, default=str),
    )


def acts_on(target: Model) -> list[Act]:
    """Newest first."""
    kind = ContentType.objects.get_for_model(target)
    lines = LogEntry.objects.filter(content_type=kind, object_id=str(target.pk), change_message__startswith='{"act"')
    return parsed(lines.select_related("user").order_by("-action_time", "-id"))


def parsed(lines: Iterable[LogEntry]) -> list[Act]:
    """Of lines that `record` wrote."""
    return [Act(actor=line.user, **json.loads(line.change_message), at=line.action_time) for line in lines]


def checked(text: str, field: str = "reason", most: int = MOST_CHARACTERS) -> str:
    """Without surrounding white space. Raises Invalid, naming the field, for nothing, too much or unprintable text."""
    text = text.strip()
    if not text:
        raise Invalid(f"{field}: say it in a few words; it is empty.", field=field)
    if len(text) > most:
        raise Invalid(f"{field}: at most {most:,} characters, this has {len(text):,}.", field=field)
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise Invalid(f"{field}: it holds characters that are no text; type it again.", field=field)
    return text
