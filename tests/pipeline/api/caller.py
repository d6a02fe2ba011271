"""A program that talks to the API, signed in as somebody."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from pixora.accounts.models import User
from tests.pixora.accounts.doors import bearer

ROOT = "/api/v1/"


class Caller:
    def __init__(self, user: User) -> None:
        self.user = user
        self._client, self._headers = Client(), bearer(user)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.text(method, path, "" if body is None else json.dumps(body), **headers)

    def text(self, method: str, path: str, data: str, **headers: str) -> Any:
        """Send a body as it is written."""
        sent = {**self._headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self._client.generic(method, f"{ROOT}{path}", data, content_type="application/json", headers=sent)

    def get(self, path: str) -> Any:
        """The body of a good answer."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        answer = self.ask("POST", path, body, **headers)
        assert answer.status_code == status, answer.content
        return answer.json()

    def refused(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str, dict[str, Any]]:
        """Status, code and details of a refusal."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code >= 400, answer.content
        error = answer.json()["error"]
        assert error.keys() == {"code", "message", "details"}
        assert error["message"]
        return answer.status_code, error["code"], error["details"]
