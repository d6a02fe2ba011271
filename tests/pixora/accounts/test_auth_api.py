from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from pixora.accounts import api, sessions, tokens
from pixora.accounts.models import Session, User
from pixora.foundation.request_limits import Limit
from tests.pixora.accounts.doors import bearer, signed_in
from tests.pixora.accounts.key_server import Project, supabase_project

pytestmark = pytest.mark.django_db
TOKEN, REFRESH, LOGOUT, ME = (f"/api/v1/{name}" for name in ("auth/token", "auth/refresh", "auth/logout", "me"))


@pytest.fixture
def few_exchanges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "EXCHANGES", Limit("few-exchanges", times=3))


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def project(settings: Any) -> Iterator[Project]:
    with supabase_project() as project:
        settings.SUPABASE_URL, settings.PIXORA_SUPABASE_ACCOUNTS = project.url, True
        yield project


def exchange(token: Any, **headers: str) -> Any:
    return Client().post(TOKEN, {"token": token}, content_type="application/json", headers=headers)


def code(response: Any) -> str:
    error = response.json()["error"]
    assert error.keys() == {"code", "message", "details"}
    return str(error["code"])


def test_a_first_token_makes_the_user_with_the_same_id(project: Project, settings: Any) -> None:
    user_id = str(uuid.uuid4())
    answer = exchange(project.token(sub=user_id, email="new@example.org"))
    assert answer.status_code == 200
    assert answer.json().keys() == {"session_token", "expires_at"}
    assert answer["Cache-Control"] == "no-store"
    assert sessions.COOKIE not in answer.cookies
    me = Client().get(ME, headers={"Authorization": f"Bearer {answer.json()['session_token']}"}).json()
    assert (me["id"], me["email"], me["is_staff"]) == (user_id, "new@example.org", False)
    assert me["credits"] == {"balance": settings.PIXORA_NEW_USER_CREDITS, "held": 0}


def test_a_second_token_finds_the_user_and_gives_nothing(project: Project, settings: Any) -> None:
    user_id = str(uuid.uuid4())
    for email in ("old@example.org", "new@example.org"):
        assert exchange(project.token(sub=user_id, email=email)).status_code == 200
    [user] = User.objects.filter(id=user_id)
    assert user.email == "new@example.org"
    assert [line.amount for line in user.credits.all()] == [settings.PIXORA_NEW_USER_CREDITS]


def test_an_email_address_opens_nobody_elses_account(project: Project) -> None:
    admin = User.objects.create_superuser("boss@example.org")
    user_id = uuid.uuid4()
    assert exchange(project.token(sub=str(user_id), email="boss@example.org")).status_code == 200
    assert not User.objects.get(id=user_id).is_staff
    admin.refresh_from_db()
    assert admin.email == "boss@example.org"


def test_a_closed_account_is_told_so(project: Project, alice: User) -> None:
    User.objects.update(is_active=False)
    answer = exchange(project.token(sub=str(alice.id)))
    assert (answer.status_code, code(answer)) == (403, "forbidden")


def test_a_bad_token_is_answered_as_the_brief_says(project: Project) -> None:
    for token in ("rubbish", project.token(aud="anon"), project.token(exp=1)):
        answer = exchange(token)
        assert (answer.status_code, answer.json()) == (401, {"error": "Invalid token"})


def test_without_supabase_no_token_is_good(project: Project, settings: Any) -> None:
    settings.PIXORA_SUPABASE_ACCOUNTS = False
    assert exchange(project.token()).json() == {"error": "Invalid token"}


def test_an_outage_is_no_bad_token(project: Project) -> None:
    project.answer = 502
    answer = exchange(project.token())
    assert (answer.status_code, code(answer)) == (503, "service_unavailable")


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", "{}", '{"token": 5}', '{"token": null}', '{"token": "\\ud800"}']
)
def test_a_body_that_is_no_token_is_invalid(body: str) -> None:
    answer = Client().post(TOKEN, body, content_type="application/json")
    assert (answer.status_code, code(answer)) == (422, "invalid")


def test_a_field_is_named_and_its_value_not_repeated() -> None:
    answer = exchange({"secret": "hunter2"})
    assert answer.json()["error"]["details"]["field"] == "token"
    assert "hunter2" not in answer.content.decode()


def test_exchanges_are_limited_per_address(few_exchanges: None) -> None:
    answers = [exchange("x") for _ in range(4)]
    assert {answer.status_code for answer in answers[:3]} == {401}
    assert (answers[3].status_code, code(answers[3])) == (429, "rate_limited")
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert Client().post(TOKEN, {}, REMOTE_ADDR="10.0.0.9", content_type="application/json").status_code == 422


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 401)])
def test_an_address_told_by_a_proxy_counts_where_there_is_one(
    settings: Any, few_exchanges: None, proxies: int, status: int
) -> None:
    settings.PIXORA_PROXIES = proxies
    answers = [exchange("x", **{"X-Forwarded-For": f"1.1.1.1, 10.0.0.{number}"}) for number in range(4)]
    assert answers[3].status_code == status


def test_a_refreshed_token_is_of_the_same_session(alice: User) -> None:
    headers = bearer(alice)
    answer = Client().post(REFRESH, headers=headers)
    assert answer.status_code == 200
    assert tokens.authenticate(answer.json()["session_token"]).id == Session.objects.get().id


def test_after_twelve_hours_one_signs_in_again(alice: User) -> None:
    headers = bearer(alice)
    Session.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = Client().post(REFRESH, headers=headers)
    assert (answer.status_code, code(answer)) == (401, "login_again")
    assert code(Client().get(ME, headers=headers)) == "not_authenticated"


def test_an_ended_token_is_not_renewed(alice: User) -> None:
    ended = tokens.issue(sessions.open_session(alice), life=timedelta(seconds=-1)).token
    answer = Client().post(REFRESH, headers={"Authorization": f"Bearer {ended}"})
    assert (answer.status_code, code(answer)) == (401, "login_again")


def test_logging_out_revokes_what_was_given_out(alice: User) -> None:
    headers = bearer(alice)
    assert Client().post(LOGOUT, headers=headers).status_code == 204
    for answer in (Client().get(ME, headers=headers), Client().post(REFRESH, headers=headers)):
        assert (answer.status_code, code(answer)) == (401, "not_authenticated")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}])
def test_nobody_is_told_to_sign_in(headers: dict[str, str]) -> None:
    answer = Client().get(ME, headers=headers)
    assert (answer.status_code, code(answer)) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_the_cookie_opens_the_api_and_changes_need_a_csrf_token(alice: User) -> None:
    client = signed_in(alice, enforce_csrf_checks=True)
    assert client.get(ME).json()["email"] == "alice@example.org"
    refused = client.post(REFRESH)
    assert (refused.status_code, code(refused)) == (403, "forbidden")
    client.get("/login/")
    client.get("/")
    csrf = client.cookies["csrftoken"].value
    assert client.post(REFRESH, headers={"X-CSRFToken": csrf}).status_code == 200
    assert client.post(LOGOUT, headers={"X-CSRFToken": csrf}).status_code == 204
    assert client.get(ME).status_code == 401


def test_a_header_counts_before_a_cookie(alice: User) -> None:
    bob = User.objects.create_user("bob@example.org")
    assert signed_in(alice).get(ME, headers=bearer(bob)).json()["email"] == "bob@example.org"
    assert signed_in(alice).get(ME, headers={"Authorization": "Bearer x"}).status_code == 401


def test_only_configured_frontends_may_read_answers(alice: User, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    for origin, allowed in (("https://app.example", "https://app.example"), ("https://evil.example", None)):
        ask = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization",
        }
        for answer in (
            Client().options(ME, headers=ask),
            Client().get(ME, headers={"Origin": origin, **bearer(alice)}),
        ):
            assert answer.get("Access-Control-Allow-Origin") == allowed
    assert "Access-Control-Allow-Credentials" not in answer
    assert "Access-Control-Allow-Origin" not in Client().get("/login/", headers={"Origin": "https://app.example"})


def test_refusals_reach_frontends_too(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    for path in ("/api/v1/nothing", ME):
        answer = Client().get(path, headers={"Origin": "https://app.example"})
        assert answer["Access-Control-Allow-Origin"] == "https://app.example"
        assert code(answer) in ("not_found", "not_authenticated")


def test_what_django_refuses_has_the_same_shape(alice: User) -> None:
    assert code(Client().get("/api/v1/nothing")) == "not_found"
    wrong_method = Client().delete(ME, headers=bearer(alice))
    assert (wrong_method.status_code, code(wrong_method)) == (405, "method_not_allowed")
    assert set(wrong_method["Allow"].split(", ")) == {"GET", "PATCH"}
    assert code(Client().get(ME, HTTP_HOST="evil.example")) == "invalid"


def test_a_body_that_is_too_large_is_refused(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = exchange("x" * 200)
    assert (answer.status_code, code(answer)) == (413, "too_large")


def test_a_failure_of_ours_says_nothing_of_the_inside(alice: User, monkeypatch: Any) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret inside")

    headers = bearer(alice)
    monkeypatch.setattr("pixora.accounts.ledger.account", fail)
    answer = Client(raise_request_exception=False).get(ME, headers=headers)
    assert (answer.status_code, code(answer)) == (500, "internal")
    assert "inside" not in answer.content.decode()


def test_every_answer_has_a_request_id() -> None:
    assert Client().get("/healthz", headers={"X-Request-ID": "abc-12345678"})["X-Request-ID"] == "abc-12345678"
    assert len(Client().get(ME, headers={"X-Request-ID": "a b\n"})["X-Request-ID"]) == 32


def test_requests_are_logged_without_what_is_secret(alice: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "pixora.requests"):
        token = bearer(alice)["Authorization"].removeprefix("Bearer ")
        Client().get(f"{ME}?s=signed-secret", headers={"Authorization": f"Bearer {token}"})
        Client().get("/login/one-time-secret")
    fields = [record.fields for record in caplog.records if record.name == "pixora.requests"]  # type: ignore[attr-defined]
    assert [(line["route"], line["status"]) for line in fields] == [("api/v1/me", 200), ("login/<str:token>", 302)]
    everything = json.dumps([record.__dict__ for record in caplog.records], default=str)
    assert not [secret for secret in (token, "signed-secret", "one-time-secret") if secret in everything]


def test_the_document_tells_every_operation_with_its_errors_and_its_doors() -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["components"]["securitySchemes"].keys() == {"BearerToken", "SessionCookie"}
    operations = {path: methods for path, methods in document["paths"].items() if "/auth/" in path or path == ME}
    assert operations.keys() == {TOKEN, REFRESH, LOGOUT, ME}
    assert document["paths"][TOKEN]["post"]["responses"].keys() == {"200", "401", "403", "422", "429", "503"}
    assert "security" not in document["paths"][TOKEN]["post"]
    ids = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(set(ids)) == len(ids)
    assert Client().get("/api/v1/docs").status_code == 200
