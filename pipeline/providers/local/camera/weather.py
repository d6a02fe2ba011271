"""The choice of snow, rain, dust, embers, fog, stars or light to go with the words of a scene."""

from __future__ import annotations

import random
import re

from pipeline.providers.local.tables import table

SAID: dict[str, str] = table(__file__, "said")["weathers"]
BY_CHANCE, IN_THE_DARK = ("dust", "light", "dust", "light", "none"), ("dust", "dust", "none")
UNWANTED = re.compile(
    r"\b(no|without|remove|less|fewer) (the |any )?"
    r"(snow|rain|fog|mist|dust|particles?|embers|stars|light|effects?|overlays?|weather)\b",
    re.IGNORECASE,
)


def choose(prompt: str, *, instructions: str, seed: int, dark: bool = False) -> str:
    if UNWANTED.search(instructions):
        return "none"
    by_chance = random.Random(f"weather {seed}").choice(IN_THE_DARK if dark else BY_CHANCE)  # noqa: S311
    return _named(instructions) or _named(prompt) or by_chance


def _named(text: str) -> str | None:
    """What is spoken of first."""
    found = [
        (match.start(), name)
        for name, words in SAID.items()
        if (match := re.search(rf"\b({words})\b", text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None
