"""Removing a film that somebody is just working on."""

from __future__ import annotations

import asyncio
from pathlib import Path

from django.db import connection

from pipeline.deletion import film_deletion
from pipeline.engine.shift import Shift
from pipeline.models import Run, Task
from pipeline.queries import credit_audit
from pipeline.services import quotes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason
from tests.pipeline.doubles import Studio


def test_a_worker_whose_film_is_removed_stops_and_stores_nothing(scripted: Task, studio: Studio, home: Path) -> None:
    alice = scripted.user
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="grant:alice")
    run = quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id)
    asked: list[str] = []

    async def remove_meanwhile(label: str) -> None:
        asked.append(label)
        if label == "scene Scene 2":
            await asyncio.to_thread(_remove, scripted)

    studio.hold = remove_meanwhile
    asyncio.run(Shift(only=run.id).work())
    assert "scene Scene 2" in asked
    assert "motion Motion 2" not in asked
    assert not Task.objects.exists()
    assert not Run.objects.exists()
    assert [path for path in (home / "media").rglob("*") if path.is_file()] == []
    assert ledger.account(alice).held == 0
    assert list(credit_audit.findings()) == []


def _remove(task: Task) -> None:
    film_deletion.delete_task(task)
    assert film_deletion.remove_task(task).is_complete
    connection.close()
