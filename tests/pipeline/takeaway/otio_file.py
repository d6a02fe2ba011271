"""Timelines read by OpenTimelineIO's own library. It has no wheel for Python 3.14: there alone a test that asks for it
is skipped."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import pytest

HAS_NO_WHEEL = sys.version_info >= (3, 14)


def library(*, whole_module: bool = False) -> Any:
    """Return OpenTimelineIO; elsewhere than on that Python a library that is missing is an error."""
    if HAS_NO_WHEEL:
        pytest.skip("OpenTimelineIO has no wheel for this Python", allow_module_level=whole_module)
    return importlib.import_module("opentimelineio")


def opened(path: Path) -> Any:
    return library().adapters.read_from_file(str(path))
