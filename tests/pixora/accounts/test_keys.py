"""Keys of programs: what they open, what they may spend, and how they end."""

from __future__ import annotations

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from pipeline.events import history
from pipeline.models import Task
from pipeline.services import quotes
from pixora.accounts import key_caps, key_secrets, keys, ledger, sessions, staff
from pixora.accounts.keys import Wish
from pixora.accounts.models import ApiKey, Credit, CreditReason, Session, User
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden, Invalid, NotFound
from tests.pipeline.api.conftest import home, scripted  # noqa: F401 (a fixture)
from tests.pipeline.api.document import Operation, operations
from tests.pixora.accounts.doors import bearer, signed_in
from tests.pixora.accounts.test_me_api import refusal, send

pytestmark = pytest.mark.django_db
KEYS = "/api/v1/keys"
NOBODY = str(uuid.uuid4())
ALL = tuple(Scope)
BY_KEY = [each for each in operations() if "x-scope" in each.told]
BY_PEOPLE = [each for each in operations() if "x-scope" not in each.told and each.told.get("security")]


@pytest.fixture
def alice(home: object) -> User:  # noqa: F811
    user = User.objects.create_user("alice@example.org")
    ledger.give(user=user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return user


@pytest.fixture
def task(alice: User) -> Task:
    return scripted(alice)


def made(user: User, *scopes: Scope, **more: Any) -> tuple[ApiKey, str]:
    return keys.create(user, Wish("Nightly films", scopes or ALL, **more))


def asked(secret: str, method: str, path: str, body: Any = None) -> Any:
    return send(Client(), method, path, body, headers={"Authorization": f"Bearer {secret}"})


def address(operation: Operation) -> str:
    """The address with ids of what does not exist."""
    names = {"place": "1", "take": "1", "version": "1", "key": "scene.1"}
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], NOBODY), operation.path)


def test_every_operation_for_keys_is_refused_without_its_scope(alice: User) -> None:
    secrets = {scope: made(alice, *(each for each in ALL if each != scope))[1] for scope in ALL}
    told = {}
    for each in BY_KEY:
        answer = asked(secrets[Scope(each.told["x-scope"])], each.method.upper(), address(each), {})
        told[each.id] = (answer.status_code, answer.json()["error"]["code"], answer.json()["error"]["details"])
    assert told == {each.id: (403, "missing_scope", {"scope": each.told["x-scope"]}) for each in BY_KEY}
    assert len(BY_KEY) > 30


def test_every_operation_for_keys_is_open_with_its_scope(alice: User) -> None:
    _, secret = made(alice)
    told = {each.id: asked(secret, each.method.upper(), address(each), {}).status_code for each in BY_KEY}
    assert [name for name, status in told.items() if status in (401, 403)] == []


def test_only_keys_that_may_see_the_account_are_told_of_it(alice: User, task: Task) -> None:
    history.credits_updated(task.id, alice)
    limited, full = (made(alice, *scopes)[1] for scopes in ((Scope.FILMS_READ, Scope.WEBHOOKS), ALL))
    for secret, sees in ((limited, False), (full, True)):
        events = asked(secret, "GET", f"/api/v1/tasks/{task.id}/events?limit=100").json()["results"]
        assert [bool(each["data"]) for each in events if each["type"] == "credits_updated"] == [sees]
        new = {"url": "https://example.org/pixora", "types": ["*"]}
        webhook = asked(secret, "POST", "/api/v1/webhooks", new).json()
        assert ("*" in webhook["types"], "video_complete" in webhook["types"]) == (sees, not sees)
        moved = asked(limited, "PATCH", f"/api/v1/webhooks/{webhook['id']}", {"url": "https://example.org/other"})
        assert not {"*", "credits_updated"} & set(moved.json()["types"])
    named = asked(limited, "POST", "/api/v1/webhooks", {**new, "types": ["credits_updated"]})
    assert named.json()["error"]["details"] == {"scope": "credits:read"}


def test_what_people_alone_may_do_no_key_does(alice: User) -> None:
    _, secret = made(alice)
    told = {each.id: asked(secret, each.method.upper(), address(each), {}).status_code for each in BY_PEOPLE}
    assert set(told.values()) == {403}
    assert {"create_key", "rotate_key", "delete_account", "change_password"} <= set(told)


def test_a_key_is_shown_once_and_kept_as_a_hash(alice: User) -> None:
    wish = {"name": " CI ", "scopes": ["films:read"], "credits_total": 10}
    answer = send(Client(), "POST", KEYS, wish, headers=bearer(alice))
    shown = answer.json()
    assert (answer.status_code, shown["name"], shown["spent"]) == (201, "CI", 0)
    assert Session.objects.get(key=shown["id"]).secret_hash == key_secrets.hash_of(shown["key"])
    [listed] = send(Client(), "GET", KEYS, headers=bearer(alice)).json()["results"]
    assert "key" not in listed
    assert asked(shown["key"], "GET", "/api/v1/tasks").status_code == 200
    assert ApiKey.objects.get().last_used_at


@pytest.mark.parametrize(
    ("wish", "field"),
    [({"name": ""}, "name"), ({"scopes": []}, "scopes"), ({"scopes": ["films:all"]}, "scopes[0]"),
     ({"credits_total": -1}, "credits_total"), ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
     ({"expires_at": "2040-01-01T00:00:00"}, "expires_at"), ({"expires_at": "9999-12-31T23:59:59-12:00"}, "expires_at"),
     ({"name": "a\x00b"}, "name"), ({"admin": True}, "admin")],
)  # fmt: skip
def test_a_key_that_may_not_be_is_refused_by_its_field(alice: User, wish: dict[str, Any], field: str) -> None:
    answer = send(Client(), "POST", KEYS, {"name": "CI", "scopes": ["films:read"], **wish}, headers=bearer(alice))
    assert refusal(answer) == (422, "invalid", field)
    assert not ApiKey.objects.exists()


def test_other_peoples_keys_do_not_exist(alice: User) -> None:
    key, secret = made(alice)
    bob = bearer(User.objects.create_user("bob@example.org"))
    for method, path in (("PATCH", ""), ("POST", "/rotate"), ("DELETE", "")):
        assert send(Client(), method, f"{KEYS}/{key.id}{path}", {}, headers=bob).status_code == 404
    assert asked(secret, "GET", "/api/v1/tasks").status_code == 200


def test_a_rotated_key_holds_for_the_overlap_and_a_revoked_one_no_longer(alice: User) -> None:
    key, old = made(alice)
    new = send(Client(), "POST", f"{KEYS}/{key.id}/rotate", {"overlap_s": 60}, headers=bearer(alice)).json()["key"]
    assert [asked(each, "GET", "/api/v1/tasks").status_code for each in (old, new)] == [200, 200]
    Session.objects.filter(secret_hash=key_secrets.hash_of(old)).update(expires_at=timezone.now())
    assert [asked(each, "GET", "/api/v1/tasks").status_code for each in (old, new)] == [401, 200]
    assert send(Client(), "DELETE", f"{KEYS}/{key.id}", headers=bearer(alice)).status_code == 204
    assert asked(new, "GET", "/api/v1/tasks").status_code == 401
    assert keys.live(alice).count() == 0


def test_a_key_that_has_expired_opens_nothing(alice: User) -> None:
    _, secret = made(alice, expires_at=timezone.now() + timedelta(seconds=0.2))
    Session.objects.filter(key__user=alice).update(expires_at=timezone.now())
    answer = asked(secret, "GET", "/api/v1/tasks")
    assert (answer.status_code, "expired" in answer.json()["error"]["message"]) == (401, True)


@pytest.mark.parametrize("token", ["pxk_", "pxk_" + "A" * 38, "pxk_" + "é" * 38, "pxk_" + "A" * 9_000])
def test_what_is_made_up_is_refused_without_the_database(
    alice: User, token: str, django_assert_num_queries: Any
) -> None:
    assert not key_secrets.is_genuine(token)
    from pixora.accounts import tokens

    with django_assert_num_queries(0):
        tokens.admit([token])


def test_a_key_is_no_cookie_and_opens_no_page(alice: User) -> None:
    staff_user = User.objects.create_superuser("staff@example.org", "x")
    _, secret = made(staff_user)
    browser = Client()
    browser.cookies[sessions.COOKIE] = secret
    assert browser.get("/api/v1/tasks").status_code == 401
    assert browser.get("/admin/").status_code == 302
    assert Client(headers={"Authorization": f"Bearer {secret}"}).get("/admin/").status_code == 302


def test_keys_are_no_devices(alice: User) -> None:
    _, secret = made(alice)
    browser = signed_in(alice)
    assert len(browser.get("/api/v1/me/sessions").json()["results"]) == 1
    assert sessions.close_others(Session.objects.filter(key=None).latest("created_at")) == 0
    assert asked(secret, "GET", "/api/v1/tasks").status_code == 200


def test_a_key_spends_up_to_its_cap_and_the_ledger_says_which(alice: User, task: Task) -> None:
    key, secret = made(alice, credits_per_day=5)
    quote = asked(secret, "POST", f"/api/v1/tasks/{task.id}/quote", {}).json()
    runs = f"/api/v1/tasks/{task.id}/runs"
    answer = asked(secret, "POST", runs, {"quote_id": quote["quote_id"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "key_cap")
    assert answer.json()["error"]["details"] == {"cap": "credits_per_day", "limit": 5, "spent": 0, "left": 5}
    assert ledger.account(alice).held == 0
    keys.change(key, {"credits_per_day": quote["credits"]})
    run = asked(secret, "POST", runs, {"quote_id": quote["quote_id"]})
    assert run.status_code == 202
    assert Credit.objects.get(reason=CreditReason.HOLD).api_key == key
    assert key_caps.spent(key) == key_caps.Spent(quote["credits"], quote["credits"])
    ledger.release(run_id=run.json()["run_id"], charged=3)
    assert key_caps.spent(key) == key_caps.Spent(3, 3)
    Credit.objects.filter(reason=CreditReason.HOLD).update(created_at=timezone.now() - timedelta(days=1))
    assert key_caps.spent(key) == key_caps.Spent(0, 3)


def test_support_ends_a_users_keys_with_the_sessions(alice: User) -> None:
    _, secret = made(alice)
    boss = User.objects.create_superuser("staff@example.org", "x")
    staff.sign_out_everywhere(boss, alice, "lost laptop")
    assert asked(secret, "GET", "/api/v1/tasks").status_code == 401


def test_a_revoked_or_expired_key_gets_no_new_secret(alice: User) -> None:
    """Whoever found it a moment before it was revoked does not bring it to life again."""
    key, _ = made(alice)
    keys.revoke(key)
    with pytest.raises(NotFound):
        keys.rotate(key, overlap=timedelta(0))
    assert not Session.objects.filter(key=key, revoked_at=None).exists()
    other, _ = made(alice)
    ApiKey.objects.filter(id=other.id).update(expires_at=timezone.now())
    with pytest.raises(Invalid, match="expired"):
        keys.rotate(other, overlap=timedelta(0))


@pytest.mark.parametrize("since", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now()}, {"scopes": []}])
def test_what_a_key_asked_for_is_not_bought_when_it_no_longer_may(
    alice: User, task: Task, since: dict[str, Any]
) -> None:
    """The agent acts on a message a while after it was said: the key was read then."""
    key, _ = made(alice)
    quote = quotes.quote(task=task)
    ApiKey.objects.filter(id=key.id).update(**since)
    with pytest.raises(Forbidden):
        quotes.use(task=task, quote_id=quote.id, api_key=key)
    assert not Credit.objects.filter(reason=CreditReason.HOLD).exists()
    assert not task.runs.exists()
    assert quotes.use(task=task, quote_id=quote.id)


@pytest.mark.django_db(transaction=True)
def test_a_cap_holds_for_many_who_spend_at_once(alice: User) -> None:
    tasks = [scripted(alice) for _ in range(4)]
    found = [quotes.quote(task=each) for each in tasks]
    key, secret = made(alice, credits_total=2 * found[0].credits)

    def spend(at: int) -> int:
        try:
            path, body = f"/api/v1/tasks/{tasks[at].id}/runs", {"quote_id": found[at].id}
            return int(asked(secret, "POST", path, body).status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        told = sorted(threads.map(spend, range(4)))
    assert told == [202, 202, 402, 402]
    assert key_caps.spent(key).in_all == 2 * found[0].credits
