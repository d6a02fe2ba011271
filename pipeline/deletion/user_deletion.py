"""Deleting a whole user.

The user's row stays, closed and without a name: the ledger's lines hang on it, and whoever comes back with the same
identity gets neither the old account nor the credits of a new one. It loses its name last, so a deletion that was
killed midway is repeated by the same e-mail address.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_q.tasks import async_task

from media_assets.files import file_models, names_in
from pipeline.deletion import film_deletion, owned_rows
from pipeline.deletion.film_deletion import Proof
from pipeline.models import RUN_ENDED, Run, Task
from pixora.accounts import sessions
from pixora.accounts.models import Session, User
from pixora.foundation.errors import Forbidden, PixoraError, ServiceDown

log = logging.getLogger(__name__)

WORKERS_LET_GO_WITHIN_S = 10.0
"""So that they can cancel what generators elsewhere are making; then the work is taken from them."""
LOOK_EVERY_S = 0.1


ERASE = "pipeline.deletion.user_deletion.delete_asked"


def ask(user: User) -> None:
    """Close one's own account at once, and leave it to a worker to remove everything. Raises Forbidden for staff."""
    if user.is_staff:
        raise Forbidden("You are a member of staff: ask an administrator to end that first.")
    with transaction.atomic():
        User.objects.filter(id=user.id).update(deletion_asked_at=timezone.now())
        _close(user)
        async_task(ERASE, task_name="closed accounts", save=False)


def delete_asked() -> int:
    """Remove whoever closed their account; how many. What an interrupted worker left is removed the next day.

    One that cannot be removed keeps no other from it; then ServiceDown is raised in the end.
    """
    users = list(User.objects.filter(deletion_asked_at__isnull=False))
    failed = sum(not _is_deleted(user) for user in users)
    if failed:
        raise ServiceDown(f"{failed} of {len(users)} closed accounts could not be removed.")
    return len(users)


def _is_deleted(user: User) -> bool:
    try:
        delete_user(user)
    except (DatabaseError, PixoraError, OSError):
        log.exception("the closed account %s could not be removed; the next time goes on with it", user.id)
        return False
    return True


def delete_user(user: User) -> Proof:
    """Sign out, remove films, files and messages, and make the account nobody's. Repeating it is harmless."""
    before = owned_rows.count(user)
    _close(user)
    tasks = list(Task.objects.filter(user=user))
    for task in tasks:
        film_deletion.delete_task(task)
    _wait_for_workers(tasks)
    films = reduce(Proof.__add__, map(film_deletion.remove_task, tasks), Proof())
    rest = _remove_the_rest(user)
    _forget(user)
    return replace(films + rest, rows_before=before)


def _close(user: User) -> None:
    with transaction.atomic():
        User.objects.filter(id=user.id).update(is_active=False)
        sessions.end(Session.objects.filter(user=user))


def _wait_for_workers(tasks: list[Task]) -> None:
    gives_up_at = time.monotonic() + WORKERS_LET_GO_WITHIN_S
    working = Run.objects.filter(task__in=tasks).exclude(status__in=RUN_ENDED)
    while time.monotonic() < gives_up_at and working.exists():
        time.sleep(LOOK_EVERY_S)


def _remove_the_rest(user: User) -> Proof:
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)
        before, names = owned_rows.count(user), set(_files_of(user))
        for rows in owned_rows.own(user):
            rows.delete()
    return film_deletion.remove_files(user, before, names)


def _files_of(user: User) -> Iterator[str]:
    for rows in owned_rows.belongings(user):
        if rows.model in file_models():
            yield from names_in(rows)


def _forget(user: User) -> None:
    nobody = f"{user.id}@deleted.invalid"
    with transaction.atomic():
        kind = ContentType.objects.get_for_model(User)
        LogEntry.objects.filter(content_type=kind, object_id=str(user.id)).update(object_repr=nobody)
        user.groups.clear()
        user.user_permissions.clear()
        user.email, user.last_login, user.deletion_asked_at = nobody, None, None
        user.is_active = user.is_staff = user.is_superuser = user.mail_when_ready = False
        user.set_unusable_password()
        user.save()
