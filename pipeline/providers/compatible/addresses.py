"""PURE: an own server's address, in whichever of the usual ways somebody writes it."""

from __future__ import annotations

import re

OPERATIONS = re.compile(r"/(chat/completions|completions|responses|models|images/(generations|edits)|audio/speech)$")

ITSELF = re.compile(r"^https?://(localhost|127(\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)(:\d{1,5})?(?=/|$)")


def api_root(address: str) -> str:
    """Return what stands before `/chat/completions`: `http://localhost:11434` is `http://localhost:11434/v1`."""
    root = OPERATIONS.sub("", address.strip().rstrip("/"))
    return f"{root}/v1" if "/" not in root.partition("://")[2] else root


def file_address(named: object, server: str) -> str:
    """Return where a file is fetched that an own server names; empty where it names none.

    A path is one at that server, and so is any address of this very machine: in its own container the server calls
    itself `localhost`.
    """
    said = named if isinstance(named, str) else ""
    here = "/".join(api_root(server).split("/")[:3])
    if said.startswith("/") and not said.startswith("//"):
        return f"{here}{said}"
    return ITSELF.sub(here, said) if said.startswith(("http://", "https://")) else ""


def server_root(address: str) -> str:
    """Return the address without the version: where servers tell of themselves in ways of their own."""
    return re.sub(r"/(api/)?v\d+$", "", api_root(address))
