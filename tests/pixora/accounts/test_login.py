from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client

from pixora.accounts import sessions, sign_in_links, tokens
from pixora.accounts.models import Session, User
from pixora.foundation.errors import NotFound
from tests.pixora.accounts.doors import signed_in
from tests.pixora.accounts.key_server import supabase_project

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org", PASSWORD)


def sign_in(email: str, password: str, client: Client | None = None, **more: str) -> Any:
    return (client or Client()).post("/login/", {"email": email, "password": password, **more})


def test_a_password_opens_the_landing_page(alice: User) -> None:
    client = Client()
    answer = sign_in(alice.email, PASSWORD, client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    page = client.get("/").content.decode()
    assert "alice@example.org" in page
    assert "1000" in page
    assert "/admin/" not in page
    alice.refresh_from_db()
    assert alice.last_login


@pytest.mark.parametrize(("url", "secure"), [("http://localhost:8000", False), ("https://films.example", True)])
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    alice: User, settings: Any, url: str, secure: bool
) -> None:
    settings.SESSION_COOKIE_SECURE = url.startswith("https")
    cookie = sign_in(alice.email, PASSWORD).cookies[sessions.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", secure)
    assert tokens.authenticate(cookie.value).user == alice
    assert 43100 < cookie["max-age"] <= 43200


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("alice@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("alice", PASSWORD),
        ("", ""),
        ("a@b.c", "\x00"),
    ],
)
def test_a_wrong_password_lets_nobody_in(alice: User, email: str, password: str) -> None:
    answer = sign_in(email, password)
    assert answer.status_code == 422
    assert sessions.COOKIE not in answer.cookies
    assert 'role="alert"' in answer.content.decode()


def test_a_user_without_a_password_has_none(db: None) -> None:
    user = User.objects.create_user("link@example.org")
    for password in ("", "!", user.password, "None"):
        assert sign_in(user.email, password).status_code == 422


def test_a_closed_account_stays_closed(alice: User) -> None:
    User.objects.update(is_active=False)
    assert sign_in(alice.email, PASSWORD).status_code == 422


def test_guessing_is_limited_per_address(alice: User) -> None:
    for _ in range(10):
        assert sign_in(alice.email, "wrong").status_code == 422
    answer = sign_in(alice.email, PASSWORD)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "try again" in answer.content.decode()
    assert (
        Client().post("/login/", {"email": alice.email, "password": PASSWORD}, REMOTE_ADDR="10.1.1.1").status_code
        == 302
    )


def test_guessing_is_limited_per_account_from_however_many_addresses(alice: User) -> None:
    def guess(number: int) -> int:
        guessed = {"email": alice.email.upper() if number % 2 else alice.email, "password": "wrong"}
        return Client().post("/login/", guessed, REMOTE_ADDR=f"10.1.1.{number}").status_code

    assert {guess(number) for number in range(30)} == {422}
    assert guess(30) == 429


def test_the_forms_want_a_csrf_token(alice: User) -> None:
    assert sign_in(alice.email, PASSWORD, Client(enforce_csrf_checks=True)).status_code == 403
    assert signed_in(alice, enforce_csrf_checks=True).post("/logout/").status_code == 403


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("/admin/", "/admin/"), ("https://evil.example/", "/"), ("//evil.example", "/"), ("javascript:alert(1)", "/")],
)
def test_one_goes_on_to_a_place_of_ours_only(alice: User, wanted: str, place: str) -> None:
    assert sign_in(alice.email, PASSWORD, next=wanted)["Location"] == place
    assert signed_in(alice).get(f"/login/?next={quote(wanted)}")["Location"] == place


def test_signing_out_ends_the_session_everywhere(alice: User) -> None:
    client = signed_in(alice)
    stolen = client.cookies[sessions.COOKIE].value
    answer = client.post("/logout/")
    assert answer["Location"] == "/login/"
    assert answer.cookies[sessions.COOKIE].value == ""
    assert Session.objects.get().revoked_at
    again = Client()
    again.cookies[sessions.COOKIE] = stolen
    assert again.get("/")["Location"] == "/login/?next=/"
    assert client.get("/logout/").status_code == 405


def test_nobody_is_led_to_the_form(db: None) -> None:
    assert Client().get("/")["Location"] == "/login/?next=/"
    page = Client().get("/login/")
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", ""),
        ("?next=/", ""),
        ("?next=/films/task_1/script", "Sign in to go on with your film."),
        ("?ended=1&next=/films/task_1", "You were signed out. Sign in to go on with your film."),
        ("?ended=1&next=/films/", "You were signed out. Sign in to go on with your films."),
        ("?ended=1&next=/", "You were signed out. Sign in to go on."),
        ("?ended=1&next=https://elsewhere.example/films/task_1", "You were signed out. Sign in to go on."),
    ],
)
def test_who_was_signed_out_is_told_so_and_where_the_way_goes_on(query: str, told: str) -> None:
    page = Client().get(f"/login/{query}").content.decode()
    assert told in page
    assert page.count("Sign in to go on") == bool(told)


def test_only_who_runs_pixora_is_told_its_commands(settings: Any) -> None:
    def names_commands(address: str) -> bool:
        return "manage.py" in Client().get("/login/", REMOTE_ADDR=address).content.decode()

    settings.DEBUG = False
    assert [names_commands(address) for address in ("127.0.0.1", "::1", "10.1.1.1", "")] == [True, True, False, False]
    settings.DEBUG = True
    assert names_commands("10.1.1.1")


def test_a_link_signs_in_once(alice: User) -> None:
    path = sign_in_links.new_link(alice, site="")
    assert Client().head(path).status_code == 405
    client = Client()
    assert client.get(path)["Location"] == "/"
    assert "alice@example.org" in client.get("/").content.decode()
    assert Client().get(path)["Location"] == "/login/?link=used"
    assert "used already" in Client().get("/login/?link=used").content.decode()


def test_links_are_not_guessed(db: None) -> None:
    for _ in range(20):
        assert Client().get("/login/guess")["Location"] == "/login/?link=used"
    assert Client().get("/login/guess")["Location"] == "/login/?link=busy"


def test_a_link_is_printed_for_the_first_user_or_for_somebody(alice: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("sign_in_link")
    call_command("sign_in_link", "ALICE@example.org")
    first, second = (line.rpartition("/")[2] for line in capsys.readouterr().out.split())
    owner = sign_in_links.redeem(first)
    assert owner
    assert owner.is_superuser
    assert sign_in_links.redeem(second) == alice
    with pytest.raises(NotFound):
        call_command("sign_in_link", "nobody@example.org")


def test_with_supabase_passwords_are_for_staff(alice: User, settings: Any) -> None:
    settings.PIXORA_SUPABASE_ACCOUNTS = True
    assert sign_in(alice.email, PASSWORD).status_code == 422
    User.objects.update(is_staff=True)
    assert sign_in(alice.email, PASSWORD).status_code == 302


def test_a_supabase_user_signs_in_on_our_page(settings: Any) -> None:
    with supabase_project() as project:
        settings.SUPABASE_URL, settings.SUPABASE_ANON_KEY, settings.PIXORA_SUPABASE_ACCOUNTS = project.url, "anon", True
        page = Client().get("/login/")
        assert f'data-url="{project.url}" data-key="anon"' in page.content.decode()
        assert f"connect-src 'self' {project.url};" in page["Content-Security-Policy"]
        client = Client()
        answer = client.post("/login/supabase/", {"token": project.token(), "next": "/admin/"})
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert "ann@example.org" in client.get("/").content.decode()
        refused = Client().post("/login/supabase/", {"token": "rubbish"})
        assert refused.status_code == 401
        assert sessions.COOKIE not in refused.cookies
        project.answer = 503
        assert Client(enforce_csrf_checks=True).post("/login/supabase/", {"token": project.token()}).status_code == 403


def test_the_back_office_sends_everybody_to_the_one_form(alice: User) -> None:
    at_the_door = Client().get("/admin/")
    assert at_the_door["Location"] == "/admin/login/?next=/admin/"
    assert Client().get(at_the_door["Location"])["Location"] == "/login/?next=%2Fadmin%2F"
    refused = signed_in(alice).get("/admin/login/?next=/admin/")
    assert refused.status_code == 403
    assert "staff only" in refused.content.decode()
    User.objects.update(is_staff=True, is_superuser=True)
    staff = signed_in(User.objects.get())
    assert staff.get("/admin/").status_code == 200
    assert "/admin/" in staff.get("/").content.decode()


def test_pages_say_what_they_may_load_and_cannot_be_framed(db: None) -> None:
    page = Client().get("/login/")
    assert "script-src 'self';" in page["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert (page["X-Frame-Options"], page["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert page["Referrer-Policy"] == "same-origin"


def test_static_files_are_served_without_collecting_them(db: None) -> None:
    style = Client().get("/static/pixora/tokens.css")
    assert style.status_code == 200
    assert style["Content-Type"].startswith("text/css")
    assert b"--accent" in style.content
    assert (
        Client().get("/static/pixora/tokens.css", headers={"If-Modified-Since": style["Last-Modified"]}).status_code
        == 304
    )


async def _page(path: str) -> Any:
    from django.test import AsyncClient

    return await AsyncClient().get(path)


def test_an_unknown_page_says_so_in_our_colours(db: None) -> None:
    answer = Client().get("/nothing")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_pages_work_asynchronously() -> None:
    from asgiref.sync import async_to_sync

    for path, status in (("/login/", 200), ("/", 302), ("/static/pixora/icon.svg", 200), ("/api/v1/me", 401)):
        assert async_to_sync(_page)(path).status_code == status


def test_a_link_leads_to_the_studio_that_started_last(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBLIC_URL", raising=False)
    sign_in_links.studio_is_at("http://localhost:8123")
    call_command("sign_in_link")
    assert capsys.readouterr().out.startswith("http://localhost:8123/login/")
    monkeypatch.setenv("PUBLIC_URL", "https://films.example.org")
    call_command("sign_in_link")
    assert not capsys.readouterr().out.startswith("http://localhost:8123")
