from __future__ import annotations

import httpx
import pytest

from pixora.accounts.supabase import Verifier
from tests.emulators.server import Emulators
from tests.emulators.supabase.auth import PASSWORD
from tests.emulators.supabase.keys import ANON_KEY, SECRET_KEY, user_token

KEY = {"Authorization": "Bearer sk-emulated"}


def model(emulators: Emulators, name: str = "gpt-6-luna", **headers: str) -> httpx.Response:
    return httpx.get(f"{emulators.url}/openai/v1/models/{name}", headers={**KEY, **headers}, timeout=5)


def test_a_model_that_was_shut_down_is_gone(emulators: Emulators) -> None:
    assert model(emulators, "gpt-4o").json()["shutdown_date"] == "2027-01-14"
    gone = model(emulators, "gpt-image-1")
    assert (gone.status_code, gone.json()["error"]["code"]) == (404, "model_not_found")


def test_a_wrong_key_is_refused(emulators: Emulators) -> None:
    refused = model(emulators, Authorization="Bearer hunter2")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "invalid_api_key")


@pytest.mark.parametrize("kind", ["dropped", "truncated"])
def test_an_answer_is_lost_on_its_way(emulators: Emulators, kind: str) -> None:
    emulators.fail("openai", kind)
    with pytest.raises(httpx.RemoteProtocolError):
        model(emulators)
    assert model(emulators).status_code == 200


def test_a_limit_says_when_to_come_again(emulators: Emulators) -> None:
    emulators.fail("openai", "rate_limited", retry_after_s=7, times=2)
    answers = [model(emulators) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"


def test_garbage_is_no_json(emulators: Emulators) -> None:
    emulators.fail("openai", "garbage")
    with pytest.raises(ValueError, match="decode"):
        model(emulators).json()


def test_an_unknown_knob_is_refused(emulators: Emulators) -> None:
    assert httpx.post(f"{emulators.url}/knobs/openai", json={"lag": 3}).status_code == 422


def test_a_supabase_user_signs_in_and_is_known_by_the_token(emulators: Emulators) -> None:
    project = f"{emulators.url}/supabase"
    key = {"apikey": ANON_KEY}
    body = {"email": "ann@example.org", "password": PASSWORD}
    session = httpx.post(f"{project}/auth/v1/token?grant_type=password", json=body, headers=key, verify=False).json()
    identity = Verifier(project).verify(session["access_token"])
    assert (str(identity.id), identity.email) == (session["user"]["id"], "ann@example.org")
    renewed = {"refresh_token": session["refresh_token"]}
    answers = [
        httpx.post(f"{project}/auth/v1/token?grant_type=refresh_token", json=renewed, headers=key, verify=False)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 400]


def test_whose_supabase_token_it_is_can_be_asked(emulators: Emulators) -> None:
    address = f"{emulators.url}/supabase/auth/v1/user"
    token = user_token(f"{emulators.url}/supabase/auth/v1", "1", "ann@example.org")

    def ask(**headers: str) -> httpx.Response:
        return httpx.get(address, headers=headers, verify=False)

    assert ask(apikey=ANON_KEY, Authorization=f"Bearer {token}").json()["email"] == "ann@example.org"
    assert ask(Authorization=f"Bearer {token}").status_code == 401
    refused = ask(apikey=ANON_KEY, Authorization="Bearer hunter2")
    assert (refused.status_code, refused.json()["error_code"]) == (403, "bad_jwt")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("pixora/no.mp4", ("404", "not_found")),
        ("other/no.mp4", ("404", "Bucket not found")),
        ("pixora/ü.mp4", ("400", "InvalidKey")),
    ],
)
def test_supabase_says_most_things_under_400(emulators: Emulators, path: str, said: tuple[str, str]) -> None:
    headers = {"apikey": SECRET_KEY, "Authorization": f"Bearer {SECRET_KEY}"}
    answer = httpx.get(f"{emulators.url}/supabase/storage/v1/object/{path}", headers=headers, verify=False)
    assert answer.status_code == 400
    assert (answer.json()["statusCode"], answer.json()["error"]) == said


@pytest.mark.parametrize(
    ("field", "value"), [("file", None), ("x-upsert", "false"), ("limit", "ten"), ("prefixes", [])], ids=str
)
def test_supabase_refuses_what_it_cannot_read(emulators: Emulators, field: str, value: object) -> None:
    base = f"{emulators.url}/supabase/storage/v1/object"
    with httpx.Client(headers={"apikey": SECRET_KEY, "Authorization": f"Bearer {SECRET_KEY}"}, verify=False) as client:
        client.post(f"{base}/pixora/a.txt", files={"file": ("a.txt", b"a", "text/plain")}).raise_for_status()
        match field:
            case "file":
                refused = client.post(f"{base}/pixora/b.txt", files={"other": b"b"}, data={"file": "text"})
            case "x-upsert":
                refused = client.post(f"{base}/pixora/a.txt", files={"file": b"b"}, headers={"x-upsert": "false"})
            case "limit":
                refused = client.post(f"{base}/list/pixora", json={"prefix": "", "limit": value})
            case _:
                refused = client.request("DELETE", f"{base}/pixora", json={"prefixes": value})
    assert refused.status_code == 400
    assert refused.json()["statusCode"] == ("409" if field == "x-upsert" else "400")
