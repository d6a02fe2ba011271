"""Auth: the public keys, signing in with a password, and whose token it is."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulators.supabase.errors import Refused
from tests.emulators.supabase.keys import ANON_KEY, KEY_ID, LEGACY_ANON_KEY, SECRET_KEY, claims_of, user_token
from tests.emulators.vendor import Handler, Vendor
from tests.pixora.accounts.key_server import public_jwk

PASSWORD = "correct horse"
"""Of every user: whoever signs in with it exists from then on."""
KNOWN_KEYS = {ANON_KEY, LEGACY_ANON_KEY, SECRET_KEY}
CORS = {"access-control-allow-origin": "*", "access-control-allow-headers": "authorization, apikey, content-type"}


@dataclass
class Accounts:
    ids: dict[str, str] = field(default_factory=dict)
    """By e-mail address."""
    refresh: dict[str, str] = field(default_factory=dict)
    """The address by its refresh token, each of which works once."""

    def clear(self) -> None:
        self.ids.clear()
        self.refresh.clear()

    def user(self, email: str) -> dict[str, Any]:
        user_id = self.ids.setdefault(email, str(uuid.uuid5(uuid.NAMESPACE_URL, email)))
        return {
            **{"id": user_id, "aud": "authenticated", "role": "authenticated", "email": email},
            **{"is_anonymous": False, "app_metadata": {"provider": "email"}, "user_metadata": {}},
        }

    def session(self, email: str, issuer: str) -> dict[str, Any]:
        user, refresh = self.user(email), uuid.uuid4().hex[:12]
        self.refresh[refresh] = email
        token = user_token(issuer, user["id"], email)
        return {
            **{"access_token": token, "token_type": "bearer", "expires_in": 3600, "refresh_token": refresh},
            "user": user,
        }

    async def token(self, request: Request, here: Vendor) -> Response:
        body, issuer = await request.json(), f"{here.url}/auth/v1"
        match request.query_params.get("grant_type"):
            case "password":
                if body.get("password") != PASSWORD or not body.get("email"):
                    return _refused(400, "invalid_credentials", "Invalid login credentials")
                return JSONResponse(self.session(body["email"], issuer), headers=CORS)
            case "refresh_token":
                if body.get("refresh_token") not in self.refresh:
                    return _refused(400, "refresh_token_not_found", "Invalid Refresh Token: Refresh Token Not Found")
                return JSONResponse(self.session(self.refresh.pop(body["refresh_token"]), issuer), headers=CORS)
        return _refused(400, "validation_failed", "unsupported_grant_type")

    async def whose(self, request: Request, here: Vendor) -> Response:
        try:
            claims = claims_of(request.headers.get("authorization", "").removeprefix("Bearer "))
        except Refused as refused:
            return _refused(403, "bad_jwt", f"invalid JWT: {refused}")
        return JSONResponse(self.user(claims["email"]), headers=CORS)


def add(supabase: Vendor) -> Accounts:
    accounts = Accounts()
    supabase.operation("auth.keys", "GET", "/auth/v1/.well-known/jwks.json")(_keys)
    supabase.operation("auth.token", "POST", "/auth/v1/token")(_with_key(accounts.token))
    supabase.operation("auth.user", "GET", "/auth/v1/user")(_with_key(accounts.whose))
    supabase.routes.append(Route("/auth/v1/{rest:path}", _allowed, methods=["OPTIONS"]))
    return accounts


async def _keys(request: Request, here: Vendor) -> Response:
    return JSONResponse({"keys": [public_jwk("ES256", KEY_ID)]})


def _with_key(handler: Handler) -> Handler:
    """The gateway wants a key of the project's."""

    async def answer(request: Request, here: Vendor) -> Response:
        if request.headers.get("apikey") not in KNOWN_KEYS:
            return JSONResponse({"message": "No API key found in request"}, 401, headers=CORS)
        return await handler(request, here)

    return answer


def _refused(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": status, "error_code": code, "msg": message}, status, headers=CORS)


async def _allowed(request: Request) -> Response:
    return Response(headers={**CORS, "access-control-allow-methods": "GET, POST"})
