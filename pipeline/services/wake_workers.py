"""Wakes a worker, by a task of django-q2: what is to be done stands in `runs`."""

from __future__ import annotations

from django.utils import timezone
from django_q.models import OrmQ
from django_q.tasks import async_task

SHIFT = "pipeline.jobs.drive"


def wake() -> None:
    """Ask for a shift; inside a transaction, once it commits. One bell that nobody has heard yet is enough."""
    waiting = OrmQ.objects.filter(lock__lte=timezone.now())[:20]
    if any(bell.func() == SHIFT for bell in waiting):
        return
    async_task(SHIFT, task_name="shift", save=False)
