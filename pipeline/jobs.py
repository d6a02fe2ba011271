"""The jobs that django-q2 runs. The queue is a doorbell: what is to be done stands in `runs`."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from django.conf import settings
from django_q.models import Schedule

from pipeline.deletion import housekeeping
from pipeline.engine import ending, leases
from pipeline.engine.shift import Shift
from pipeline.event_delivery import addresses
from pipeline.event_delivery.deliverer import deliver_due
from pipeline.services import batches
from pipeline.services.wake_workers import wake
from pixora.accounts import mail
from pixora.accounts.idempotency import forget_old_answers
from pixora.foundation.async_database import Database

STOP_FLAG = "PIXORA_STOP_FLAG"
"""Environment name of the file whose existence tells the shifts of one cluster to end."""
DELIVERING_S = 20.0
"""So long a sweep begins to deliver; the next one comes in a minute."""


def drive() -> None:
    """Work one shift; ring for another where runs are left."""
    asyncio.run(Shift(length_s=settings.PIXORA_SHIFT_S, told_to_stop=told_to_stop).work())
    if leases.unfinished_runs() and not told_to_stop():
        wake()


def sweep() -> None:
    """Each minute: ring for runs that nobody drives and mails that are due, give back what ended runs still hold,
    begin films of batches that wait for nothing, deliver events that no web server has delivered, forget what is too
    old."""
    ending.settle_leftovers()
    forget_old_answers()
    if leases.unclaimed_runs():
        wake()
    batches.go_on()
    mail.give_up_interrupted()
    if mail.is_anything_due():
        mail.ring()
    asyncio.run(_deliver())


async def _deliver() -> None:
    async with Database() as database:
        await deliver_due(database, within_s=DELIVERING_S)


def keep_house() -> None:
    """Clean up, each day. What could not be done is logged, and done the next day."""
    addresses.forget_old_deliveries()
    housekeeping.keep_house()


def told_to_stop() -> bool:
    flag = os.environ.get(STOP_FLAG)
    return bool(flag) and Path(flag or "").exists()


def keep_schedules() -> None:
    Schedule.objects.update_or_create(
        name="sweep", defaults={"func": "pipeline.jobs.sweep", "schedule_type": Schedule.MINUTES, "minutes": 1}
    )
    Schedule.objects.update_or_create(
        name="housekeeping", defaults={"func": "pipeline.jobs.keep_house", "schedule_type": Schedule.DAILY}
    )
