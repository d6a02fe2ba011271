"""The formats of numbers and moments in the back office."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince


def dollars(micros: int | None) -> str:
    """Millionths of a US dollar."""
    value = (micros or 0) / 1_000_000
    return f"${value:,.2f}" if value == 0 or abs(value) >= 1 else f"${value:.4f}"


def seconds(value: float | None) -> str:
    """`0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`."""
    if value is None:
        return "–"
    if value < 10:
        return f"{value:.1f} s"
    if value < 120:
        return f"{value:.0f} s"
    minutes, rest = divmod(round(value), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def when(moment: datetime | None) -> str:
    """Write how long ago a moment was, and when exactly for a pointer or a screen reader that asks."""
    if moment is None:
        return "–"
    exact = moment.strftime("%Y-%m-%d %H:%M:%S UTC")
    since = timesince(moment, timezone.now(), depth=1) if moment <= timezone.now() else ""
    said = "just now" if since.startswith("0") else f"{since} ago" if since else exact
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, said)


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, default=str)


def signed(value: int) -> str:
    return f"{value:+,d}".replace("-", "−")


def compact(value: Any) -> str:
    """Write a value as JSON on one line of 240 characters at most."""
    return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(240)


def spaced(name: str) -> str:
    return name.replace("_", " ")
