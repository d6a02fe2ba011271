"""Deleting a film for the time being, and taking it back."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pipeline import events, services
from pipeline.models import Task
from pixora.accounts.models import User


def delete_task(*, task: Task) -> None:
    """Hide a film and end its runs; its rows and files stay until housekeeping."""
    with transaction.atomic():
        services.cancel(task=task)
        Task.objects.filter(id=task.id, deleted_at=None).update(deleted_at=timezone.now())
        events.publish(task.id, "task_updated", {"status": task.status, "deleted": True})


def deleted_tasks_of(user: User) -> QuerySet[Task]:
    return Task.objects.filter(user=user, deleted_at__isnull=False)


def restore_task(*, user: User, task_id: str) -> Task:
    """Take a deleted film back; one that is not deleted stays as it is. Raises NotFound for other people's, too."""
    found = services.only(Task.objects.filter(user=user), task_id)
    if found.deleted_at:
        with transaction.atomic():
            found.deleted_at = None
            found.save(update_fields=["deleted_at", "updated_at"])
            events.publish(found.id, "task_updated", {"status": found.status, "deleted": False})
    return found
