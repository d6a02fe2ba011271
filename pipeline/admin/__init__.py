"""The back office's pages about films: importing this registers them."""

from __future__ import annotations

from pipeline.admin import runs, shares, tasks

__all__ = ["runs", "shares", "tasks"]
