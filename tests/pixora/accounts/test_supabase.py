from __future__ import annotations

import base64
import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from pixora.accounts.supabase import Identity, InvalidToken, Verifier
from pixora.foundation.errors import ServiceDown
from tests.pixora.accounts.key_server import SECRET, Project, private_key, public_jwk, supabase_project

LONG_AGO, FAR_AHEAD = 1_000_000_000, 4_000_000_000


@pytest.fixture
def project() -> Iterator[Project]:
    with supabase_project() as project:
        yield project


@pytest.fixture
def verifier(project: Project) -> Verifier:
    return Verifier(project.url, SECRET, timeout_s=0.5, outage_pause_s=0.3)


@pytest.mark.parametrize("algorithm", ["ES256", "RS256", "HS256"])
def test_a_users_token_says_who_it_is(project: Project, verifier: Verifier, algorithm: str) -> None:
    user = uuid.uuid4()
    token = project.token(algorithm, sub=str(user), email="bob@example.org")
    assert verifier.verify(token) == Identity(user, "bob@example.org")


def test_a_user_needs_no_email(project: Project, verifier: Verifier) -> None:
    assert verifier.verify(project.token(email=None)).email == ""
    assert verifier.verify(project.token(email=["x"])).email == ""


@pytest.mark.parametrize("algorithm", ["ES256", "HS256"])
@pytest.mark.parametrize(
    "claims",
    [
        {"email": "bob\x00@example.org"},
        {"email": "bob\ud800@example.org"},
        {"email": "bob@example.org\r\nX: y"},
        {"aud": "anon"},
        {"aud": None},
        {"iss": "https://other.supabase.co/auth/v1"},
        {"iss": "supabase"},
        {"iss": None},
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "soon"},
        {"nbf": FAR_AHEAD},
        {"sub": None},
        {"sub": ""},
        {"sub": "not-a-uuid"},
        {"role": "service_role"},
        {"role": "anon"},
        {"role": None},
        {"is_anonymous": True},
    ],
    ids=str,
)
def test_a_token_that_is_not_a_users_is_refused(
    project: Project, verifier: Verifier, algorithm: str, claims: dict[str, Any]
) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(project.token(algorithm, **claims))


@pytest.mark.parametrize("role", ["anon", "service_role"])
def test_a_projects_own_keys_are_no_users(verifier: Verifier, role: str) -> None:
    key = jwt.encode({"iss": "supabase", "ref": "abc", "role": role, "iat": 1, "exp": 2**31}, SECRET, "HS256")
    with pytest.raises(InvalidToken):
        verifier.verify(key)


def test_a_clock_may_be_ten_seconds_off(project: Project, verifier: Verifier) -> None:
    assert verifier.verify(project.token(exp=int(time.time()) - 5))


def test_a_key_of_somebody_else_signs_nothing_here(project: Project, verifier: Verifier) -> None:
    for algorithm in ("ES256", "RS256"):
        with pytest.raises(InvalidToken):
            verifier.verify(project.token(algorithm, number=1))
    with pytest.raises(InvalidToken):
        verifier.verify(jwt.encode(project.claims(), "another secret, which is long enough too", "HS256"))


def test_a_public_key_is_no_secret(project: Project, verifier: Verifier) -> None:
    """The classic confusion: HS256 with the text of the public key as its secret."""
    public = private_key("RS256").public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for secret in (pem, json.dumps(public_jwk("RS256", "rs")).encode()):
        with pytest.raises(InvalidToken):
            verifier.verify(_signed_by_hand({"alg": "HS256", "kid": "rs"}, project.claims(), secret))
    assert project.requests == 0


@pytest.mark.parametrize("algorithm", ["none", "None", "HS384", "HS512", "PS256", "ES384", "", None, 7])
def test_no_other_algorithm_is_known(project: Project, verifier: Verifier, algorithm: Any) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(_signed_by_hand({"alg": algorithm, "kid": "es"}, project.claims(), SECRET.encode()))


def test_a_key_serves_its_own_algorithm_only(project: Project, verifier: Verifier) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(project.token("RS256", kid="es"))


def test_without_a_secret_nothing_is_signed_by_one(project: Project) -> None:
    for secret in (SECRET, ""):
        with pytest.raises(InvalidToken):
            Verifier(project.url).verify(_signed_by_hand({"alg": "HS256"}, project.claims(), secret.encode()))


@pytest.mark.parametrize(
    "text", ["", "a", "a.b.c", "..", "ü.b.c", "\ud800", "x" * 5000, "eyJhbGciOiJFUzI1NiJ9..", "a b", "null", "[].{}.x"]
)
def test_what_is_no_token_is_refused_without_asking_anybody(project: Project, verifier: Verifier, text: str) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(text)
    assert project.requests == 0


def test_a_token_without_a_key_id_asks_nobody(project: Project, verifier: Verifier) -> None:
    with pytest.raises(InvalidToken):
        verifier.verify(jwt.encode(project.claims(), private_key("ES256"), "ES256"))
    assert project.requests == 0


def test_keys_are_fetched_once(project: Project, verifier: Verifier) -> None:
    for algorithm in ("ES256", "RS256", "ES256"):
        verifier.verify(project.token(algorithm))
    assert project.requests == 1


def test_a_flood_of_unknown_key_ids_asks_once(project: Project, verifier: Verifier) -> None:
    def try_key(number: int) -> bool:
        try:
            verifier.verify(project.token(kid=f"unknown-{number}"))
        except InvalidToken:
            return True
        return False

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(try_key, range(40)))
    assert project.requests == 1
    assert verifier.verify(project.token())


@pytest.mark.parametrize("answer", [500, 404, 302, b"<html>", b"[]", b"", b"\xff\xfe"])
def test_a_project_that_gives_no_keys_is_an_outage(project: Project, verifier: Verifier, answer: bytes | int) -> None:
    project.answer = answer
    with pytest.raises(ServiceDown):
        verifier.verify(project.token())


def test_an_unreachable_project_is_an_outage(project: Project) -> None:
    gone = Verifier("http://127.0.0.1:9", timeout_s=0.5)
    with pytest.raises(ServiceDown):
        gone.verify(project.token())


def test_a_project_that_does_not_answer_costs_one_wait(project: Project, verifier: Verifier) -> None:
    project.delay_s = 1.0
    began = time.monotonic()
    for _ in range(5):
        with pytest.raises(ServiceDown):
            verifier.verify(project.token())
    assert time.monotonic() - began < 0.9
    assert project.requests == 1


def test_an_outage_ends(project: Project, verifier: Verifier) -> None:
    project.answer = 503
    with pytest.raises(ServiceDown):
        verifier.verify(project.token())
    project.answer = [public_jwk("ES256", "es")]
    time.sleep(0.35)
    assert verifier.verify(project.token())


def test_a_project_without_public_keys_asks_rarely_and_refuses(project: Project, verifier: Verifier) -> None:
    """So do projects that still sign with the secret alone."""
    project.answer = []
    for _ in range(5):
        with pytest.raises(InvalidToken):
            verifier.verify(project.token())
    assert project.requests == 1
    assert verifier.verify(project.token("HS256"))


def _signed_by_hand(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    """Sign what the library refuses to sign."""
    import hashlib
    import hmac

    parts = b".".join(_url64(json.dumps(part).encode()) for part in ({"typ": "JWT", **header}, claims))
    return (parts + b"." + _url64(hmac.new(secret, parts, hashlib.sha256).digest())).decode()


def _url64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
