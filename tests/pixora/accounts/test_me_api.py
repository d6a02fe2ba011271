"""One's own account: password, devices, mail, and the end of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django_q.models import OrmQ

from pipeline.deletion import film_deletion, user_deletion
from pipeline.models import Task
from pixora.accounts import devices, sessions
from pixora.accounts.models import Session, User
from pixora.foundation.errors import ServiceDown
from tests.pixora.accounts.doors import bearer, signed_in
from tests.pixora.accounts.key_server import Project, supabase_project

pytestmark = pytest.mark.django_db
ME, PASSWORD, SESSIONS, DELETION = (f"/api/v1/{name}" for name in ("me", "me/password", "me/sessions", "me/deletion"))
OLD, NEW = "a lantern in the fog", "two lanterns at the pier"


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@example.org", OLD)


@pytest.fixture
def project(settings: Any) -> Iterator[Project]:
    with supabase_project() as project:
        settings.SUPABASE_URL, settings.PIXORA_SUPABASE_ACCOUNTS = project.url, True
        yield project


class Device:
    """A signed-in program of a user's."""

    def __init__(self, user: User) -> None:
        self._headers = bearer(user)
        self.session = Session.objects.latest("created_at")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return send(Client(), method, path, body, headers=self._headers)

    def is_signed_in(self) -> bool:
        return bool(self.ask("GET", ME).status_code == 200)


def send(client: Client, method: str, path: str, body: Any = None, **more: Any) -> Any:
    return client.generic(method, path, "" if body is None else json.dumps(body), "application/json", **more)


def refusal(answer: Any) -> tuple[int, str, str]:
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["details"].get("field", "")


def test_a_new_password_ends_the_other_sessions(alice: User) -> None:
    mine, other = Device(alice), Device(alice)
    answer = mine.ask("POST", PASSWORD, {"current_password": OLD, "new_password": NEW})
    assert (answer.status_code, answer.json()) == (200, {"ended": 1})
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert (mine.is_signed_in(), other.is_signed_in()) == (True, False)


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW, "current_password"), ("", NEW, "current_password"), (OLD, "short", "new_password"),
     (OLD, "password1", "new_password"), (OLD, "alice@example.org", "new_password"),
     (OLD, f"{NEW}\x00", "new_password")],
)  # fmt: skip
def test_a_password_that_may_not_be_changes_nothing(alice: User, current: str, new: str, field: str) -> None:
    mine, other = Device(alice), Device(alice)
    answer = mine.ask("POST", PASSWORD, {"current_password": current, "new_password": new})
    assert refusal(answer) == (422, "invalid", field)
    alice.refresh_from_db()
    assert alice.check_password(OLD)
    assert other.is_signed_in()


def test_a_current_password_cannot_be_guessed(alice: User) -> None:
    mine = Device(alice)
    tries = [mine.ask("POST", PASSWORD, {"current_password": str(n), "new_password": NEW}) for n in range(6)]
    assert [answer.status_code for answer in tries] == [422] * 5 + [429]
    assert mine.ask("POST", PASSWORD, {"current_password": OLD, "new_password": NEW}).status_code == 429


def test_somebody_who_came_by_a_link_may_choose_a_first_password() -> None:
    user = User.objects.create_user("linked@example.org")
    assert Device(user).ask("GET", ME).json()["has_password"] is False
    assert Device(user).ask("POST", PASSWORD, {"new_password": NEW}).status_code == 200
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_password_at_supabase_is_not_changed_here(project: Project) -> None:
    mine = Device(User.objects.create_user("there@example.org"))
    told = mine.ask("GET", ME).json()
    assert (told["accounts"], told["can_change_password"]) == ("supabase", False)
    answer = mine.ask("POST", PASSWORD, {"new_password": NEW})
    assert refusal(answer)[:2] == (403, "forbidden")
    assert "Supabase" in answer.json()["error"]["message"]


def test_the_cookie_changes_nothing_without_the_csrf_token(alice: User) -> None:
    client = signed_in(alice, enforce_csrf_checks=True)
    for method, path, body in (
        ("POST", PASSWORD, {"current_password": OLD, "new_password": NEW}),
        ("DELETE", SESSIONS, None),
        ("POST", DELETION, {"email": alice.email}),
        ("PATCH", ME, {"mail_when_ready": False}),
    ):
        answer = send(client, method, path, body)
        assert refusal(answer)[:2] == (403, "forbidden"), path
    alice.refresh_from_db()
    assert alice.check_password(OLD)
    assert alice.is_active


def test_devices_are_listed_and_signed_out_one_by_one(alice: User) -> None:
    bob = Device(User.objects.create_user("bob@example.org"))
    sessions.close_session(sessions.open_session(alice))
    sessions.open_session(alice, device="Firefox on Windows")
    other, mine = Device(alice), Device(alice)
    listed = mine.ask("GET", SESSIONS).json()["results"]
    assert [(each["device"], each["is_this"]) for each in listed] == [
        ("", True),
        ("", False),
        ("Firefox on Windows", False),
    ]
    assert mine.ask("DELETE", f"{SESSIONS}/{other.session.id}").status_code == 204
    assert not other.is_signed_in()
    for gone in (other.session.id, bob.session.id):
        assert refusal(mine.ask("DELETE", f"{SESSIONS}/{gone}"))[:2] == (404, "not_found")
    assert mine.ask("DELETE", SESSIONS).json() == {"ended": 1}
    assert (mine.is_signed_in(), bob.is_signed_in()) == (True, True)


def test_a_browser_is_called_what_its_user_calls_it(alice: User) -> None:
    chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
    edge = f"{chrome.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/140.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"
    assert [devices.name(each) for each in (chrome, edge, phone, "curl/8.5.0", "", "\x01\x00é")] == [
        "Chrome on Linux", "Edge on Windows", "Safari on iPhone", "curl/8.5.0", "", "",
    ]  # fmt: skip
    assert len(devices.name("x" * 500)) == devices.LONGEST
    Client().post("/login/", {"email": alice.email, "password": OLD}, headers={"User-Agent": chrome})
    assert Session.objects.get(user=alice).device == "Chrome on Linux"


def test_mail_is_off_until_it_is_switched_on_and_only_where_there_is_any(alice: User, settings: Any) -> None:
    mine = Device(alice)
    assert {name: mine.ask("GET", ME).json()[name] for name in ("mail_possible", "mail_when_ready")} == {
        "mail_possible": False, "mail_when_ready": False,
    }  # fmt: skip
    assert refusal(mine.ask("PATCH", ME, {"mail_when_ready": True}))[:2] == (409, "not_ready")
    settings.PIXORA_MAIL = True
    assert mine.ask("PATCH", ME, {"mail_when_ready": True}).json()["mail_when_ready"] is True
    alice.refresh_from_db()
    assert alice.mail_when_ready
    nowhere = Device(User.objects.create_user("1234@users.invalid"))
    assert nowhere.ask("GET", ME).json()["mail_possible"] is False


def test_an_account_is_closed_at_once_and_emptied_by_a_worker(alice: User) -> None:
    task = Task.objects.create(user=alice, prompt="A film", request_key="x")
    mine, other = Device(alice), Device(alice)
    assert refusal(mine.ask("POST", DELETION, {"email": "bob@example.org"})) == (422, "invalid", "email")
    assert mine.is_signed_in()
    assert mine.ask("POST", DELETION, {"email": " Alice@Example.org "}).status_code == 204
    assert not mine.is_signed_in()
    assert not other.is_signed_in()
    assert [job.func() for job in OrmQ.objects.all()] == [user_deletion.ERASE]
    answer = Client().post("/login/", {"email": alice.email, "password": OLD})
    assert answer.status_code == 422
    assert user_deletion.delete_asked() == 1
    assert not Task.objects.filter(id=task.id).exists()
    alice.refresh_from_db()
    assert (alice.email, alice.deletion_asked_at) == (f"{alice.id}@deleted.invalid", None)
    assert user_deletion.delete_asked() == 0


def test_an_account_that_cannot_be_removed_keeps_no_other(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    bob = User.objects.create_user("bob@example.org")
    for user in (alice, bob):
        Task.objects.create(user=user, prompt="A film", request_key="x")
        user_deletion.ask(user)
    remove = film_deletion.remove_task

    def refusing(task: Task) -> film_deletion.Proof:
        if task.user_id == alice.id:
            raise OSError("The storage is away.")
        return remove(task)

    monkeypatch.setattr(film_deletion, "remove_task", refusing)
    with pytest.raises(ServiceDown, match="1 of 2"):
        user_deletion.delete_asked()
    assert list(Task.objects.values_list("user__email", flat=True)) == ["alice@example.org"]
    monkeypatch.setattr(film_deletion, "remove_task", remove)
    assert user_deletion.delete_asked() == 1


def test_who_closed_an_account_at_supabase_gets_no_second_one(project: Project) -> None:
    user = User.objects.create_user("there@example.org")
    assert Device(user).ask("POST", DELETION, {"email": user.email}).status_code == 204
    user_deletion.delete_asked()
    token = project.token(sub=str(user.id), email="there@example.org")
    answer = Client().post("/api/v1/auth/token", {"token": token}, content_type="application/json")
    assert answer.status_code == 403


def test_members_of_staff_do_not_close_their_account(alice: User) -> None:
    mine = Device(User.objects.create_superuser("root@example.org"))
    assert refusal(mine.ask("POST", DELETION, {"email": "root@example.org"}))[:2] == (403, "forbidden")
    assert mine.is_signed_in()
