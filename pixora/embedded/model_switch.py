"""The switch of Pixora's own language model: a file that `make llm` writes, with the address and key of its server."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from pixora.embedded import paths
from pixora.foundation.errors import ServiceDown

MODEL = "Qwen2.5-Coder-1.5B-Instruct"
FIRST_PORT, PORTS = 21_000, 11_000
"""Below the ports that systems hand out by themselves."""


@dataclass(frozen=True)
class Switch:
    """`key` is asked for by the server: other users of this machine, and pages in a browser, do not have it."""

    port: int
    key: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def read() -> Switch | None:
    """None where the model is switched off, or where PIXORA_LLM_URL leads to another one."""
    if not paths.model_is_wanted():
        return None
    try:
        return Switch(**json.loads(paths.model_switch().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def turn_on() -> Switch:
    """Write the switch, with the port and the key it had before if it was on. Raises ServiceDown."""
    switch = read() or Switch(_free_port(), secrets.token_urlsafe(24))
    draft = paths.model_switch().with_suffix(".part")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(asdict(switch)))
    draft.replace(paths.model_switch())
    return switch


def turn_off() -> bool:
    """Return whether it was on. A server that runs ends soon after."""
    was_on = paths.model_switch().is_file()
    paths.model_switch().unlink(missing_ok=True)
    return was_on


def _free_port() -> int:
    """Each home begins elsewhere, so two of them seldom ask for the same one."""
    for port in _ports():
        with socket.socket(socket.AF_INET) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise ServiceDown("There is no free port on 127.0.0.1 for the language model's server.")


def _ports() -> Iterator[int]:
    start = int(paths.digest(paths.home()), 16)
    yield from (FIRST_PORT + (start + step) % PORTS for step in range(100))
