"""The removal that happens by itself, once a day: of deleted films, files that no row names and expired rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.contrib.sessions.models import Session as BrowserSession
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone
from django_q.models import Task as Job

from media_assets.uploads import remove_unused
from pipeline.deletion import film_deletion
from pipeline.deletion.orphan_files import sweep_orphans
from pipeline.deletion.user_deletion import delete_asked
from pipeline.models import Quote, Task
from pixora.accounts.idempotency import forget_old_answers
from pixora.accounts.models import Mail, Session
from pixora.foundation.errors import PixoraError, ServiceDown

log = logging.getLogger(__name__)

KEEP_SESSIONS = timedelta(days=30)
KEEP_QUOTES = timedelta(days=1)
KEEP_JOBS = timedelta(days=30)
KEEP_MAILS = timedelta(days=30)
MOST_TASKS = 10_000
"""In one go; the rest goes the next day."""


def keep_house() -> Mapping[str, int | None]:
    """Do all parts and return how much of each went: None for one that failed, which keeps no other from being done."""
    return {name: _do(name, part) for name, part in PARTS.items()}


def _do(name: str, part: Callable[[], int]) -> int | None:
    try:
        return part()
    except (DatabaseError, PixoraError, OSError):
        log.exception("housekeeping: %s failed; the next time goes on with it", name)
        return None


def remove_deleted_tasks() -> int:
    """Remove the films whose time for being restored is over. One that cannot be removed keeps no other from it."""
    over = Task.objects.filter(deleted_at__lt=timezone.now() - timedelta(days=settings.PIXORA_KEEP_DELETED_DAYS))
    ids = list(over.values_list("id", flat=True)[:MOST_TASKS])
    failed = [task_id for task_id in ids if _do(f"removing {task_id}", partial(_remove, task_id)) is None]
    if failed:
        raise ServiceDown(f"{len(failed)} of {len(ids)} deleted films could not be removed.")
    return len(ids)


def _remove(task_id: str) -> int:
    task = Task.objects.filter(id=task_id).first()
    return film_deletion.remove_task(task).files_before if task else 0


def remove_sessions() -> int:
    oldest = timezone.now() - KEEP_SESSIONS
    BrowserSession.objects.filter(expire_date__lt=timezone.now()).delete()
    return Session.objects.filter(Q(expires_at__lt=oldest) | Q(revoked_at__lt=oldest)).delete()[0]


def remove_quotes() -> int:
    """Remove the quotes that expired without being used."""
    return Quote.objects.filter(run=None, expires_at__lt=timezone.now() - KEEP_QUOTES).delete()[0]


def remove_jobs() -> int:
    """Remove the queue's own records; what was done stands in the runs."""
    removed: int = Job.objects.filter(stopped__lt=timezone.now() - KEEP_JOBS).delete()[0]
    return removed


def remove_mails() -> int:
    """Remove old mails, also those that were never sent: nobody waits for them any more."""
    return Mail.objects.filter(created_at__lt=timezone.now() - KEEP_MAILS).delete()[0]


PARTS: Mapping[str, Callable[[], int]] = {
    "closed accounts": delete_asked,
    "deleted films": remove_deleted_tasks,
    "unused uploads": remove_unused,
    "files without a row": sweep_orphans,
    "ended sessions": remove_sessions,
    "unused quotes": remove_quotes,
    "old answers": forget_old_answers,
    "finished jobs": remove_jobs,
    "old mails": remove_mails,
}
