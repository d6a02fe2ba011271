from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F
from pytest_django import Settings

from pipeline.models import Run, Task
from pipeline.services import films, quotes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, Mail
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive


def waited_for(run: Run) -> Run:
    Run.objects.filter(id=run.id).update(created_at=F("created_at") - timedelta(minutes=5))
    return run


def test_the_end_of_a_run_that_was_waited_for_is_told_by_mail_and_a_free_cut_is_not(
    scripted: Task, studio: Studio, drive: Drive, settings: Settings
) -> None:
    settings.PIXORA_MAIL = True
    scripted.user.mail_when_ready = True
    scripted.user.save()
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant")
    paid = waited_for(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    assert drive(paid).status == "succeeded"
    recut = waited_for(films.start_run(task=scripted, approved=(), forced={"fullvideo": ""}))
    assert drive(recut).status == "succeeded"
    found: list[Any] = list(Mail.objects.values_list("key", "user__email"))
    assert found == [(f"ready:{paid.id}", scripted.user.email)]
    assert f"Switch it off: {settings.PUBLIC_URL}/account/#mail" in Mail.objects.get().text
