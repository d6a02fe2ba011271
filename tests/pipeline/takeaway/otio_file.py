"""Timelines read by OpenTimelineIO's own library. It has no wheel for Python 3.14: there a test that asks for it is
skipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


def opened(path: Path) -> Any:
    return pytest.importorskip("opentimelineio").adapters.read_from_file(str(path))
