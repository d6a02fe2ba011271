"""The names of browsers and programs as their users know them: "Firefox on Windows"."""

from __future__ import annotations

import re

from django.http import HttpRequest

LONGEST = 80
BROWSERS = {
    "Edge": r"\bEdg(e|A|iOS)?/",
    "Opera": r"\b(OPR|Opera)/",
    "Samsung Internet": r"\bSamsungBrowser/",
    "Firefox": r"\b(Firefox|FxiOS)/",
    "Chrome": r"\b(Chrome|CriOS|HeadlessChrome)/",
    "Safari": r"\bSafari/",
}
"""The first that is found: later ones name themselves in the words of earlier ones, too."""
SYSTEMS = {
    "iPhone": r"\biPhone\b",
    "iPad": r"\biPad\b",
    "Android": r"\bAndroid\b",
    "Windows": r"\bWindows\b",
    "ChromeOS": r"\bCrOS\b",
    "Mac": r"\bMac(intosh| OS)\b",
    "Linux": r"\bLinux\b",
}


def of(request: HttpRequest) -> str:
    return name(request.headers.get("User-Agent", ""))


def name(user_agent: str) -> str:
    """Name a browser and its system, or an unknown program by its own first words; empty for nothing."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser:
        return f"{browser} on {system}" if system else browser
    return " ".join(re.sub(r"[^\x20-\x7e]+", " ", user_agent).split())[:LONGEST]


def _first(patterns: dict[str, str], text: str) -> str:
    return next((found for found, pattern in patterns.items() if re.search(pattern, text)), "")
