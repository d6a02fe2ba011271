"""PURE: an own server's address, in whichever of the usual ways somebody writes it."""

from __future__ import annotations

import re

OPERATIONS = re.compile(r"/(chat/completions|completions|responses|models|images/(generations|edits)|audio/speech)$")


def api_root(address: str) -> str:
    """Return what stands before `/chat/completions`: `http://localhost:11434` is `http://localhost:11434/v1`."""
    root = OPERATIONS.sub("", address.strip().rstrip("/"))
    return f"{root}/v1" if "/" not in root.partition("://")[2] else root


def server_root(address: str) -> str:
    """Return the address without the version: where servers tell of themselves in ways of their own."""
    return re.sub(r"/(api/)?v\d+$", "", api_root(address))
