"""The tables of words and numbers in the TOML files beside the modules that use them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def table(module: str, name: str) -> dict[str, Any]:
    """Read `name`.toml from the folder of a module, given as its `__file__`. Arrays become tuples."""
    return {key: _fixed(value) for key, value in tomllib.loads(_file(module, name).read_text(encoding="utf-8")).items()}


def _file(module: str, name: str) -> Path:
    return Path(module).with_name(f"{name}.toml")


def _fixed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    return {key: _fixed(one) for key, one in value.items()} if isinstance(value, dict) else value
