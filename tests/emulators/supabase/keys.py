"""The project's keys, and whose request it is."""

from __future__ import annotations

import time
from typing import Any, Literal

import jwt
from starlette.requests import Request

from tests.emulators.supabase.errors import unauthorized
from tests.pixora.accounts.key_server import SECRET, private_key

ANON_KEY, SECRET_KEY = "sb_publishable_emulated", "sb_secret_emulated"
KEY_ID = "es"
LEGACY_SERVICE_KEY = jwt.encode({"iss": "supabase", "role": "service_role", "exp": 2_000_000_000}, SECRET, "HS256")
LEGACY_ANON_KEY = jwt.encode({"iss": "supabase", "role": "anon", "exp": 2_000_000_000}, SECRET, "HS256")

Role = Literal["service_role", "authenticated", "anon"]


def role_of(request: Request) -> Role:
    """Raises Refused, in the words of the library that the service verifies with."""
    _, _, token = request.headers.get("authorization", "").partition(" ")
    if token == SECRET_KEY == request.headers.get("apikey"):
        return "service_role"
    if token == ANON_KEY == request.headers.get("apikey"):
        return "anon"
    role: Role = claims_of(token).get("role", "anon")
    return role


def claims_of(token: str) -> dict[str, Any]:
    try:
        algorithm = jwt.get_unverified_header(token).get("alg")
        key = SECRET if algorithm == "HS256" else private_key("ES256", 0).public_key()
        return jwt.decode(token, key, ["HS256"] if algorithm == "HS256" else ["ES256"], options={"verify_aud": False})
    except jwt.ExpiredSignatureError:
        raise unauthorized('"exp" claim timestamp check failed') from None
    except jwt.InvalidSignatureError:
        raise unauthorized("signature verification failed") from None
    except jwt.PyJWTError:
        raise unauthorized("Invalid Compact JWS") from None


def user_token(issuer: str, user_id: str, email: str, *, life_s: int = 3600) -> str:
    now = int(time.time())
    claims = {
        **{"iss": issuer, "aud": "authenticated", "role": "authenticated", "sub": user_id, "email": email},
        **{"iat": now, "exp": now + life_s, "aal": "aal1", "session_id": user_id, "is_anonymous": False},
    }
    return jwt.encode(claims, private_key("ES256", 0), "ES256", {"kid": KEY_ID})
