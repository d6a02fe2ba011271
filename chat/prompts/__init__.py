"""The agent's instructions: one text file for each version; a changed text is a new file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

AGENT = "agent-6"


@cache
def instructions(name: str = AGENT) -> str:
    return Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8")
