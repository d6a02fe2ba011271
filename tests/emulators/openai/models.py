"""Which models there are, as `GET /v1/models` tells it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.emulators.openai.errors import no_such_model

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Known:
    """Prices in US dollars for a million tokens."""

    kind: str
    text_in: float = 0.0
    image_in: float = 0.0
    out: float = 0.0
    reasons: bool = True
    any_size: bool = False
    fidelity: bool = False
    shut_down: str | None = None

    def gone(self) -> bool:
        return self.shut_down is not None and date.fromisoformat(self.shut_down) <= TODAY


KNOWN = {
    "gpt-6-luna": Known("text", 0.1, out=0.5),
    "gpt-5.6-luna": Known("text", 0.2, out=1.2),
    "gpt-6.1-terra": Known("text", 1, out=5),
    "gpt-6.1-sol": Known("text", 2, out=10),
    "gpt-4o": Known("text", 2.5, out=10, reasons=False, shut_down="2027-01-14"),
    "gpt-image-2.6-flare": Known("image", 5, 8, 30, any_size=True),
    "gpt-image-2.6-sunburst": Known("image", 5, 8, 30, any_size=True),
    "gpt-image-2.5-flare": Known("image", 5, 8, 30, any_size=True),
    "gpt-image-2.5-sunburst": Known("image", 5, 8, 30, any_size=True),
    "gpt-image-1.5": Known("image", 5, 8, 32, fidelity=True, shut_down="2026-12-01"),
    "gpt-image-1": Known("image", 5, 10, 40, fidelity=True, shut_down="2026-10-23"),
    "omni-moderation-latest": Known("moderation"),
}


def find(name: Any, kind: str, gone: Collection[str] = ()) -> Known:
    found = KNOWN.get(name) if isinstance(name, str) else None
    if found is None or found.gone() or found.kind != kind or name in gone:
        raise no_such_model(name)
    return found


def described(name: str) -> dict[str, Any]:
    found = KNOWN.get(name)
    if found is None or found.gone():
        raise no_such_model(name)
    plain = {"id": name, "object": "model", "created": 1_750_000_000, "owned_by": "openai"}
    return {**plain, "shutdown_date": found.shut_down}


def listed() -> list[dict[str, Any]]:
    return [described(name) for name, known in KNOWN.items() if not known.gone()]
