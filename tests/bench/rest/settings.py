"""Pixora as it is, and the bare endpoint beside it, behind the same middleware."""

from __future__ import annotations

from pixora.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.rest.urls"
