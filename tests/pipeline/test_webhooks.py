"""fal's webhooks: only fal's own count, once each, and all they do is make us look."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from pipeline.film.settings import TaskSettings
from pipeline.models import Attempt, AttemptStatus, Step
from pipeline.services import films
from pipeline.webhooks import signature
from pipeline.webhooks.address import webhook_url
from pixora.accounts.models import User
from pixora.foundation.errors import ServiceDown
from tests.emulators.fal.signer import USER_ID, Signer
from tests.pixora.accounts.key_server import Project, supabase_project

pytestmark = pytest.mark.django_db
KEYS_PATH = "/auth/v1/.well-known/jwks.json"
JOB = "job-7"


@pytest.fixture
def signer() -> Signer:
    return Signer()


@pytest.fixture
def keys(settings: Settings, signer: Signer, services: None) -> Iterator[Project]:
    """A server of keys on loopback, and nothing heard before."""
    cache.clear()
    with supabase_project() as project:
        project.answer = signer.jwks()["keys"]
        settings.FAL_JWKS_URLS = [f"{project.url}{KEYS_PATH}"]
        yield project


@pytest.fixture
def attempt(db: None) -> Attempt:
    user = User.objects.create_user("alice@example.org")
    task = films.order_film(user=user, prompt="A film", settings=TaskSettings(), writes=False)
    step = Step.objects.create(run=films.start_run(task=task), component="audio/1", kind="audio")
    return Attempt.objects.create(step=step, number=1, lease=1, provider="fal", local=False, awaits_webhook=True)


def told(attempt: Attempt, signer: Signer, **changes: Any) -> Any:
    """Send what fal sends when a job is done; `changes` to what is signed, `sent` afterwards."""
    body = json.dumps({"request_id": changes.pop("request_id", JOB), "status": "OK", "payload": {}}).encode()
    url = changes.pop("url", "") or webhook_url("fal", attempt.id)
    sent = changes.pop("sent", body)
    headers = {**signer.headers(JOB, body, **changes.pop("signed", {})), **changes}
    parts = urlsplit(url)
    return Client().post(f"{parts.path}?{parts.query}", sent, content_type="application/json", headers=headers)


def test_a_job_whose_id_was_lost_is_claimed_by_its_webhook(attempt: Attempt, signer: Signer, keys: Project) -> None:
    assert told(attempt, signer).status_code == 200
    attempt.refresh_from_db()
    assert (attempt.request_id, attempt.ticket) == (JOB, {"request_id": JOB})
    assert attempt.status == AttemptStatus.OPEN
    assert attempt.news_at is not None


def test_news_of_a_job_that_is_known_only_makes_us_look(attempt: Attempt, signer: Signer, keys: Project) -> None:
    ticket = {"request_id": JOB, "status_url": "x"}
    Attempt.objects.filter(id=attempt.id).update(request_id=JOB, ticket=ticket)
    assert told(attempt, signer).status_code == 200
    attempt.refresh_from_db()
    assert attempt.ticket == ticket
    assert attempt.news_at is not None


def test_news_of_another_job_than_the_attempts_changes_nothing(attempt: Attempt, signer: Signer, keys: Project) -> None:
    Attempt.objects.filter(id=attempt.id).update(request_id="mine", ticket={"request_id": "mine"})
    assert told(attempt, signer).status_code == 200
    attempt.refresh_from_db()
    assert (attempt.request_id, attempt.news_at) == ("mine", None)


def test_news_that_comes_too_late_stays_with_the_unknown_attempt(
    attempt: Attempt, signer: Signer, keys: Project
) -> None:
    Attempt.objects.filter(id=attempt.id).update(status=AttemptStatus.UNKNOWN)
    assert told(attempt, signer).status_code == 200
    attempt.refresh_from_db()
    assert (attempt.status, attempt.request_id, attempt.ticket) == (AttemptStatus.UNKNOWN, JOB, None)


def test_the_same_news_again_is_received_and_does_nothing(attempt: Attempt, signer: Signer, keys: Project) -> None:
    told(attempt, signer)
    Attempt.objects.filter(id=attempt.id).update(news_at=None)
    assert told(attempt, signer).status_code == 200
    attempt.refresh_from_db()
    assert attempt.news_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {"sent": b'{"request_id": "job-8"}'},
        {"X-Fal-Webhook-Request-Id": "job-8"},
        {"X-Fal-Webhook-User-Id": "another"},
        {"X-Fal-Webhook-Timestamp": str(int(time.time()) + 5)},
        {"X-Fal-Webhook-Timestamp": "soon"},
        {"X-Fal-Webhook-Timestamp": "9" * 400},
        {"X-Fal-Webhook-Timestamp": "9" * 5000},
        {"X-Fal-Webhook-Signature": "00" * 64},
        {"X-Fal-Webhook-Signature": "not hex"},
        {"X-Fal-Webhook-Signature": ""},
        {"signed": {"at": time.time() - 400}},
        {"signed": {"at": time.time() + 1000}},
    ],
    ids=[
        "body",
        "request",
        "user",
        "time",
        "no time",
        "no float",
        "no number",
        "signature",
        "no hex",
        "none",
        "old",
        "new",
    ],
)
def test_what_is_not_signed_as_it_should_be_is_refused(
    changes: dict[str, Any], attempt: Attempt, signer: Signer, keys: Project
) -> None:
    response = told(attempt, signer, **changes)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "not_authenticated"
    attempt.refresh_from_db()
    assert attempt.ticket is None


def test_the_address_is_signed_too(attempt: Attempt, signer: Signer, keys: Project) -> None:
    """fal's signature does not cover it, and fal signs for all of its customers with the same keys."""
    url = webhook_url("fal", "attempt_other").replace("attempt_other", attempt.id)
    assert told(attempt, signer, url=url).status_code == 401


def test_another_accounts_webhook_is_refused_where_ours_is_known(
    settings: Settings, attempt: Attempt, signer: Signer, keys: Project
) -> None:
    settings.FAL_USER_ID = USER_ID
    assert told(attempt, signer, signed={"user_id": "github|another"}).status_code == 401
    assert told(attempt, signer).status_code == 200


def test_keys_are_fetched_once_and_again_when_none_fits_but_not_each_time(
    attempt: Attempt, signer: Signer, keys: Project
) -> None:
    told(attempt, signer)
    told(attempt, signer, request_id="job-8")
    assert keys.requests == 1
    stranger = Signer()
    for _ in range(3):
        assert told(attempt, stranger).status_code == 401
    assert keys.requests == 1, "a wrong signature may not make us ask more than once a minute"


def test_a_new_key_is_found(signer: Signer, keys: Project) -> None:
    held = signature.Keys([f"{keys.url}{KEYS_PATH}"], refetch_pause_s=0.0)
    assert held.fit(b"message", bytes.fromhex(_signed(signer)))
    for _ in range(2):
        signer.rotate()
    keys.answer = signer.jwks()["keys"]
    assert held.fit(b"message", bytes.fromhex(_signed(signer)))
    assert keys.requests == 2


def test_the_second_address_of_keys_serves_where_the_first_does_not(signer: Signer, keys: Project) -> None:
    held = signature.Keys([f"{keys.url}/nothing/here", f"{keys.url}{KEYS_PATH}"])
    assert held.fit(b"message", bytes.fromhex(_signed(signer)))


def test_who_waited_in_vain_for_keys_does_not_ask_for_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []

    def published(_url: str) -> list[Any]:
        asked.append(2 * signature.TIMEOUT_S)  # so long it takes
        return []

    monkeypatch.setattr(signature, "time", SimpleNamespace(monotonic=lambda: sum(asked)))
    monkeypatch.setattr(signature, "_published", published)
    held = signature.Keys(["https://keys.example"])
    for _ in range(2):
        with pytest.raises(ServiceDown):
            held.fit(b"message", b"")
    assert len(asked) == 1


def _signed(signer: Signer) -> str:
    return signer.sign(b"message").hex()


@pytest.mark.parametrize("answer", [503, b"garbage", b"[]", [{"kty": "RSA"}], []])
def test_without_keys_fal_is_asked_to_come_again(answer: Any, attempt: Attempt, signer: Signer, keys: Project) -> None:
    keys.answer = answer
    assert told(attempt, signer).status_code == 503


def test_a_body_that_names_no_job_is_refused(attempt: Attempt, signer: Signer, keys: Project) -> None:
    assert told(attempt, signer, request_id="").status_code == 422
