"""Pixora as it was before its studio was bundled: what the bundle is measured against."""

from __future__ import annotations

from pixora.settings import *  # noqa: F403

PIXORA_BUNDLED = False
