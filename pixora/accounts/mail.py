"""Mails to users: rows first, sent by a worker after the commit. A mail server that is away delays nothing else."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from pixora.accounts.models import Mail, MailStatus, User

log = logging.getLogger(__name__)

SEND = "pixora.accounts.mail.send_waiting"
PAUSES = (timedelta(minutes=1), timedelta(minutes=15))
"""After a try that failed; after the last one there is no further try."""
SENT_WITHIN = timedelta(minutes=10)
"""Whoever did not report by then was interrupted, and may have sent it."""
MOST_AT_ONCE = 50
NO_ADDRESS = (".invalid", "@localhost")


def can_reach(user: User) -> bool:
    """True where mails can be sent at all, and the user has an address."""
    return settings.PIXORA_MAIL and not user.email.endswith(NO_ADDRESS)


def queue(user: User, *, key: str, subject: str, text: str) -> None:
    """Leave a mail to a worker, in the caller's transaction. The same key again is the same mail."""
    Mail.objects.get_or_create(key=key, defaults={"user": user, "subject": _one_line(subject), "text": text})
    ring()


def ring() -> None:
    """Ask a worker to send what waits; inside a transaction, once it commits."""
    async_task(SEND, task_name="mails", save=False)


def is_anything_due() -> bool:
    return Mail.objects.filter(status=MailStatus.WAITING, due_at__lte=timezone.now()).exists()


def send_waiting() -> int:
    """Send the mails that are due, and return how many were sent."""
    return sum(_send(mail) for mail in iter(_take, None))


def give_up_interrupted() -> int:
    """Give up mails whose sender has not reported: they may be out, so nobody sends them again. Return how many."""
    late = Mail.objects.filter(status=MailStatus.SENDING, due_at__lt=timezone.now())
    return late.update(status=MailStatus.FAILED, error="interrupted", ended_at=timezone.now())


def _take() -> Mail | None:
    """The next one, which is ours from here on. It counts as a try before it is sent."""
    due = Mail.objects.filter(status=MailStatus.WAITING, due_at__lte=timezone.now(), user__is_active=True)
    with transaction.atomic():
        mail = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").order_by("due_at").first()
        if mail:
            mail.status, mail.tries, mail.due_at = MailStatus.SENDING, mail.tries + 1, timezone.now() + SENT_WITHIN
            mail.save(update_fields=["status", "tries", "due_at"])
    return mail


def _send(mail: Mail) -> bool:
    message = EmailMessage(mail.subject, mail.text, to=[mail.user.email], headers={"Auto-Submitted": "auto-generated"})
    try:
        message.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        log.warning("a mail could not be sent (%s), try %s", type(error).__name__, mail.tries)
        _put_back(mail, type(error).__name__)
        return False
    _end(mail, MailStatus.SENT)
    return True


def _put_back(mail: Mail, error: str) -> None:
    mail.error = error
    if mail.tries > len(PAUSES):
        _end(mail, MailStatus.FAILED)
    else:
        mail.status, mail.due_at = MailStatus.WAITING, timezone.now() + PAUSES[mail.tries - 1]
        mail.save(update_fields=["status", "due_at", "error"])


def _end(mail: Mail, status: MailStatus) -> None:
    mail.status, mail.ended_at = status, timezone.now()
    mail.save(update_fields=["status", "ended_at", "error"])


def _one_line(text: str) -> str:
    """Make it what a header may be: without line breaks and other control characters."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:200]
