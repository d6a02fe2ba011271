"""PURE: the choice of snow, rain, dust, embers, fog, stars or light to go with the words of a scene."""

from __future__ import annotations

import random
import re

SAID: tuple[tuple[str, str], ...] = (
    (r"snow\w*|blizzard|winter|arctic|ice|icy", "snow"),
    (r"rain|rainy|raining|rains|storm\w*|downpour|drizzle", "rain"),
    (r"fog\w*|mist\w*|haz[ey]|smok\w*|steam\w*|clouds?|cloudy|nebula", "fog"),
    (r"embers?|fire|flames?|lava|volcan\w*|sparks?|campfire|burning", "embers"),
    (r"stars?|starry|starlit|galax\w*|space|cosm\w*|night sky|planets?|universe|moon\w*", "stars"),
    (r"sun\w*|golden|dawn|dusk|morning|light (rays|beams)|rays|glow\w*|warm\w*", "light"),
    (r"dust\w*|desert|particles?|magic\w*|forest|dream\w*|fireflies|pollen|underwater", "dust"),
)
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
        (match.start(), name) for words, name in SAID if (match := re.search(rf"\b({words})\b", text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None
