"""Mails: sent once by a worker, over real SMTP; a server that is away is tried again, and hurts nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ

from pipeline import jobs
from pipeline.models import Run, Task
from pipeline.services import ready_mail
from pixora.accounts import mail
from pixora.accounts.models import Mail, User
from tests.emulators.mail import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as found:
        settings.PIXORA_MAIL = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        yield found


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org", mail_when_ready=True)


def ended_run(user: User, title: str = "A keeper of light", *, seconds: int = 60, **facts: Any) -> Run:
    task = Task.objects.create(user=user, prompt="A film", title=title, request_key="x")
    run = Run.objects.create(task=task, status="succeeded", **facts)
    run.created_at = timezone.now() - timedelta(seconds=seconds)
    return run


def make_due() -> None:
    Mail.objects.update(due_at=timezone.now())


def test_a_film_that_was_waited_for_is_told_once(server: MailServer, alice: User) -> None:
    run = ended_run(alice)
    for _ in range(2):
        ready_mail.film_ready(run)
    assert mail.SEND in [job.func() for job in OrmQ.objects.all()]
    assert (mail.send_waiting(), mail.send_waiting()) == (1, 0)
    [message] = server.messages
    assert (message["To"], message["Subject"]) == ("alice@example.org", "Your film is ready: A keeper of light")
    assert f"/films/{run.task_id}/film" in message.get_payload()
    assert Mail.objects.get().status == "sent"


@pytest.mark.parametrize(
    ("facts", "user"),
    [
        ({"seconds": 5}, {}),
        ({"approved": []}, {}),
        ({}, {"mail_when_ready": False}),
        ({}, {"email": "1@users.invalid"}),
    ],
)
def test_nobody_is_told_what_they_saw_or_did_not_ask_for(
    server: MailServer, facts: dict[str, Any], user: dict[str, Any]
) -> None:
    made = User.objects.create_user(**{"email": "bob@example.org", "mail_when_ready": True, **user})
    ready_mail.film_ready(ended_run(made, **facts))
    assert not Mail.objects.exists()


def test_without_a_mail_server_nothing_is_queued(alice: User) -> None:
    ready_mail.film_ready(ended_run(alice))
    assert not Mail.objects.exists()


def test_a_title_writes_no_headers(server: MailServer, alice: User) -> None:
    ready_mail.film_ready(ended_run(alice, "Sea\r\nBcc: eve@example.org\r\n\r\nHello\x1b" + " wide" * 30))
    assert mail.send_waiting() == 1
    [message] = server.messages
    assert message["Bcc"] is None
    assert message["Subject"].strip().startswith("Your film is ready: Sea Bcc: eve@example.org Hello")
    assert "\n" not in message["Subject"]


def test_a_server_that_refuses_is_tried_again_but_not_for_ever(server: MailServer, alice: User) -> None:
    server.refuses = True
    ready_mail.film_ready(ended_run(alice))
    for tries in (1, 2, 3):
        make_due()
        assert mail.send_waiting() == 0
        assert Mail.objects.get().tries == tries
    found = Mail.objects.get()
    assert (found.status, found.error) == ("failed", "SMTPRecipientsRefused")
    make_due()
    server.refuses = False
    assert mail.send_waiting() == 0


def test_a_server_that_is_back_gets_what_waited(alice: User, server: MailServer, settings: Any) -> None:
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    ready_mail.film_ready(ended_run(alice))
    assert mail.send_waiting() == 0
    OrmQ.objects.all().delete()
    jobs.sweep()
    assert not OrmQ.objects.exists(), "it is not due yet"
    make_due()
    jobs.sweep()
    assert mail.SEND in [job.func() for job in OrmQ.objects.all()]
    settings.EMAIL_PORT = port
    assert mail.send_waiting() == 1


def test_what_an_interrupted_worker_may_have_sent_is_not_sent_again(server: MailServer, alice: User) -> None:
    ready_mail.film_ready(ended_run(alice))
    assert mail._take() is not None
    assert mail.send_waiting() == 0
    assert mail.give_up_interrupted() == 0
    make_due()
    assert mail.give_up_interrupted() == 1
    assert mail.send_waiting() == 0
    assert server.messages == []


def test_a_closed_account_gets_no_mail(server: MailServer, alice: User) -> None:
    ready_mail.film_ready(ended_run(alice))
    User.objects.update(is_active=False)
    assert mail.send_waiting() == 0
