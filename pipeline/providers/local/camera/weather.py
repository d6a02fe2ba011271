"""The choice of snow, rain, dust, embers, fog, stars or light to go with the words of a scene."""

from __future__ import annotations

import random

from pixora.foundation.toml_tables import first_said, patterns, table

SAID = {words: name for name, words in table(__file__, "said")["weathers"].items()}
BY_CHANCE, IN_THE_DARK = ("dust", "light", "dust", "light", "none"), ("dust", "dust", "none")
UNWANTED = patterns(__file__, "said", "other")["unwanted"]


def choose(prompt: str, *, instructions: str, seed: int, dark: bool = False) -> str:
    if UNWANTED.search(instructions):
        return "none"
    by_chance = random.Random(f"weather {seed}").choice(IN_THE_DARK if dark else BY_CHANCE)  # noqa: S311
    return first_said(instructions, SAID) or first_said(prompt, SAID) or by_chance
