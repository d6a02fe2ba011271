"""PURE: a gentler wording to offer where a generator refused one."""

from __future__ import annotations

import re
from collections.abc import Mapping

GENTLER: Mapping[str, str] = {
    "blood": "red paint", "bloody": "dramatic", "bleeding": "hurt", "gore": "drama", "gory": "dramatic",
    "kill": "stop", "kills": "stops", "killed": "stopped", "killing": "stopping", "murder": "mystery",
    "murdered": "missing", "massacre": "battle", "corpse": "sleeping figure", "corpses": "sleeping figures",
    "dead body": "sleeping figure", "gun": "torch", "guns": "torches", "rifle": "telescope", "weapon": "tool",
    "weapons": "tools", "bomb": "firework", "explosion": "burst of light", "terrorist": "villain",
    "torture": "tension", "suicide": "sadness", "naked": "dressed", "nude": "dressed", "sexy": "elegant",
    "erotic": "romantic", "sexual": "romantic", "lingerie": "an evening dress", "drugs": "sweets", "cocaine": "sugar",
}  # fmt: skip
MANNER = "Peaceful, everybody fully dressed, suitable for all ages."
_WORDS = re.compile(r"\b(" + "|".join(map(re.escape, sorted(GENTLER, key=len, reverse=True))) + r")\b", re.IGNORECASE)


def soften(prompt: str) -> str:
    """The same wish without the words that are refused most, and with a peaceful manner asked for."""
    gentle = _WORDS.sub(lambda match: GENTLER[match[0].lower()], prompt).strip()
    end = "" if not gentle or gentle.endswith((".", "!", "?", "。")) else "."
    return f"{gentle}{end} {MANNER}".strip()
