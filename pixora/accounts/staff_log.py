"""The acts of members of staff, on whom or what, and why: lines of Django's admin log that nobody changes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from pixora.accounts.models import User
from pixora.back_office.piece_names import Names, piece_names
from pixora.foundation.errors import Invalid

MOST_CHARACTERS = 300


@dataclass(frozen=True)
class Act:
    actor: User
    act: str
    """`regenerate`, `refund`, …"""
    reason: str
    details: Mapping[str, Any]
    at: datetime
    film: str = ""
    """The id of the film it was about, where it was about one."""


def record(actor: User, target: Model, act: str, reason: str, **details: object) -> None:
    """Record an act; call it in that act's transaction. `details` are JSON values. Raises Invalid without a reason."""
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
    """List the acts on this record, newest first."""
    kind = ContentType.objects.get_for_model(target)
    lines = LogEntry.objects.filter(content_type=kind, object_id=str(target.pk), change_message__startswith='{"act"')
    return parsed(lines.select_related("user", "content_type").order_by("-action_time", "-id"))


def parsed(lines: Iterable[LogEntry]) -> list[Act]:
    """Read the acts from lines that `record` wrote."""
    return [_parsed(line, **json.loads(line.change_message)) for line in lines]


def _parsed(line: LogEntry, act: str, reason: str, details: Mapping[str, Any]) -> Act:
    film = details.get("task") or (line.object_id if line.content_type and line.content_type.model == "task" else "")
    return Act(actor=line.user, act=act, reason=reason, details=details, at=line.action_time, film=film or "")


def named(found: Sequence[Act]) -> list[Act]:
    """Return the acts with the pieces called as people call them."""
    names = piece_names({act.film for act in found if act.details.get("component")})
    return [_named(act, names) for act in found]


def _named(act: Act, names: Mapping[str, Names]) -> Act:
    if not act.details.get("component"):
        return act
    return replace(act, details={**act.details, "component": names[act.film].name(act.details["component"])})


def checked(text: str, field: str = "reason", most: int = MOST_CHARACTERS) -> str:
    """Strip surrounding white space. Raises Invalid, naming the field, for nothing, too much or unprintable text."""
    text = text.strip()
    if not text:
        raise Invalid(f"{field}: say it in a few words; it is empty.", field=field)
    if len(text) > most:
        raise Invalid(f"{field}: at most {most:,} characters, this has {len(text):,}.", field=field)
    if any(unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t" for character in text):
        raise Invalid(f"{field}: it holds characters that are no text; type it again.", field=field)
    return text
