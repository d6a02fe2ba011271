"""Brings the database's tables up to this code, once, however many processes start together."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOCK = 0x5069786F7261
"""`Pixora`: one number for all processes that share a database."""


LOOK_AGAIN_S = 0.2


def migrate_if_needed() -> None:
    while not _has_lock():
        time.sleep(LOOK_AGAIN_S)
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _has_lock() -> bool:
    """Ask for the lock without waiting for it: an index that is built concurrently waits for every statement that
    is under way, and one that waited for this lock would wait for the index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_ours,) = cursor.fetchone()
    return bool(is_ours)
