"""An endpoint that does nothing but answer: what a film's page is measured against."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from tests.bench.rest import BYTES

bare = NinjaAPI(urls_namespace="bare", docs_url=None, openapi_url=None)


@bare.get("task")
def answer(request: HttpRequest) -> Any:
    return _read()


@cache
def _read() -> Any:
    return json.loads(Path(os.environ[BYTES]).read_bytes())
