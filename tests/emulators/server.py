"""The emulators on a free port of loopback, in a thread of this process, and how tests speak to them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn

from tests.emulators.application import Application
from tests.emulators.knobs import Fault, Knobs

KEYS = {
    "OPENAI_API_KEY": "sk-emulated",
    "FAL_KEY": "emulated:key",
    "REPLICATE_API_TOKEN": "r8_emulated",
    "SUPABASE_ANON_KEY": "sb_publishable_emulated",
    "SUPABASE_SERVICE_KEY": "sb_secret_emulated",
}
START_S = 10.0


@dataclass(frozen=True)
class Emulators:
    url: str

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which Pixora uses the emulators as if they were the vendors."""
        return {
            **KEYS,
            "OPENAI_BASE_URL": f"{self.url}/openai/v1",
            "FAL_BASE_URL": f"{self.url}/fal",
            "FAL_WEBHOOK_JWKS_URL": f"{self.url}/fal/.well-known/jwks.json",
            "REPLICATE_BASE_URL": f"{self.url}/replicate",
            "SUPABASE_URL": f"{self.url}/supabase",
        }

    def turn(self, vendor: str, **knobs: Any) -> None:
        """Set a vendor's knobs; those that are not named go back to nothing."""
        self._post(f"/knobs/{vendor}", Knobs(**knobs).model_dump())

    def fail(self, vendor: str, kind: str, **more: Any) -> None:
        self.turn(vendor, faults=[Fault.model_validate({"kind": kind, **more})])

    def bills(self, vendor: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ledger(vendor)["bills"]
        return found

    def most_busy(self, vendor: str) -> int:
        return int(self._ledger(vendor)["most_busy"])

    def reset(self) -> None:
        self._post("/reset", {})

    def _ledger(self, vendor: str) -> dict[str, Any]:
        answer: dict[str, Any] = httpx.get(f"{self.url}/ledger/{vendor}", verify=False).raise_for_status().json()
        return answer

    def _post(self, path: str, body: dict[str, Any]) -> None:
        httpx.post(f"{self.url}{path}", json=body, verify=False).raise_for_status()  # no certificates to read


@contextmanager
def running(port: int = 0) -> Iterator[Emulators]:
    application = Application()
    config = uvicorn.Config(application, host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        url = _address(server)
        for name, vendor in application.vendors.items():
            vendor.url = f"{url}/{name}"
        yield Emulators(url)
    finally:
        server.should_exit = True
        thread.join()


def _address(server: uvicorn.Server) -> str:
    until = time.monotonic() + START_S
    while not server.started:
        if time.monotonic() > until:
            raise TimeoutError("the emulators did not start")
        time.sleep(0.005)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    return f"http://{host}:{port}"
