"""The prompts that we send, each a file with a version: `prompts/<name>.v<version>.md`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

PROMPTS = Path(__file__).with_name("prompts")


@cache
def _template(name: str) -> Template:
    return Template((PROMPTS / f"{name}.md").read_text(encoding="utf-8").strip())


def wording(name: str, /, **values: str) -> str:
    return _template(name).substitute(values)
