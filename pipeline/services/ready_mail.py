"""The mail that tells users, where they asked for it, that a film is ready that they waited for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from pipeline.models import Run
from pixora.accounts import mail

A_MOMENT = timedelta(seconds=30)
"""Whoever waited no longer is still there."""
MOST_OF_A_TITLE = 80

TEXT = """Your film "{title}" is ready.

Watch it: {site}/films/{task}/film

You get this mail because you switched it on. Switch it off: {site}/account/#mail
"""


def film_ready(run: Run) -> None:
    """Queue the mail in the transaction that ends the run, once for each run. A free cut by itself sends none."""
    user = run.task.user
    is_worth_it = run.approved != [] and timezone.now() - run.created_at >= A_MOMENT
    if not (is_worth_it and user.mail_when_ready and mail.can_reach(user)):
        return
    title = _short(run.task.title or run.task.prompt)
    text = TEXT.format(title=title, site=settings.PUBLIC_URL, task=run.task_id)
    mail.queue(user, key=f"ready:{run.id}", subject=f"Your film is ready: {title}", text=text)


def _short(title: str) -> str:
    """Return a title in one line, shortened for a subject."""
    words = " ".join(title.split())
    return words if len(words) <= MOST_OF_A_TITLE else f"{words[: MOST_OF_A_TITLE - 1]}…"
