"""A stand-in for a Supabase project on loopback: real keys, a real JWKS endpoint, and tokens signed for it."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

SECRET = "a-legacy-secret-of-more-than-thirty-two-bytes"


@cache
def private_key(algorithm: str, number: int = 0) -> Any:
    return ec.generate_private_key(ec.SECP256R1()) if algorithm == "ES256" else rsa.generate_private_key(65537, 2048)


def public_jwk(algorithm: str, key_id: str, number: int = 0) -> dict[str, Any]:
    maker = ECAlgorithm if algorithm == "ES256" else RSAAlgorithm
    jwk = maker.to_jwk(private_key(algorithm, number).public_key(), as_dict=True)
    return {**jwk, "kid": key_id, "use": "sig", "alg": algorithm}


class Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not wait for the answer."""


class Project:
    """`answer` is what its JWKS endpoint says: a list of keys, raw bytes, or a status."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answer: list[dict[str, Any]] | bytes | int = [public_jwk("ES256", "es"), public_jwk("RS256", "rs")]
        self.delay_s = 0.0
        self.requests = 0

    def claims(self, **changes: Any) -> dict[str, Any]:
        """The claims of an ordinary user; a None takes a claim away."""
        now = int(time.time())
        usual = {
            "iss": f"{self.url}/auth/v1",
            "aud": "authenticated",
            "role": "authenticated",
            "sub": str(uuid.uuid4()),
            "email": "ann@example.org",
            "iat": now,
            "exp": now + 3600,
        }
        return {name: value for name, value in {**usual, **changes}.items() if value is not None}

    def token(self, algorithm: str = "ES256", *, kid: str | None = None, number: int = 0, **changes: Any) -> str:
        key = SECRET if algorithm == "HS256" else private_key(algorithm, number)
        known = {"ES256": "es", "RS256": "rs"}.get(algorithm)
        headers = {"kid": kid or known} if kid or known else {}
        return jwt.encode(self.claims(**changes), key, algorithm, headers)


@contextmanager
def supabase_project() -> Iterator[Project]:
    server = Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    project = Project(f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = _handler(project)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield project
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(project: Project) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            project.requests += 1
            time.sleep(project.delay_s)
            answer = project.answer
            found = self.path == "/auth/v1/.well-known/jwks.json"
            self.send_response(answer if isinstance(answer, int) else 200 if found else 404)
            self.end_headers()
            if not isinstance(answer, int):
                self.wfile.write(answer if isinstance(answer, bytes) else json.dumps({"keys": answer}).encode())

        def log_message(self, *args: Any) -> None:
            return None

    return Handler
