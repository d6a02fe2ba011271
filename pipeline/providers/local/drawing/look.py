"""PURE: the looks of a character, read from name and description, always the same for the same words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipeline.providers.local.drawing import wardrobe
from pipeline.providers.local.drawing.brief import forms, words_in

COLOUR = re.compile(r"|#[0-9a-f]{6}")
COLOURED = frozenset(["skin", "hair", "beard", "top", "bottom", "shoes", "accent", "hat_colour", "scarf", "cape"])


@dataclass(frozen=True)
class Look:
    species: str = "human"
    skin: str = "#eebd94"
    """Or coat, or metal."""
    hair: str = "#4a3024"
    hair_style: str = "short"
    beard: str = ""
    top: str = "#2f7fb8"
    top_kind: str = "shirt"
    """`shirt`, `coat`, `dress`, `suit` or `overall`."""
    bottom: str = "#2f3f5f"
    shoes: str = "#4a3a34"
    accent: str = "#f0b03c"
    hat: str = ""
    hat_colour: str = ""
    glasses: str = ""
    scarf: str = ""
    cape: str = ""
    pack: str = ""
    build: str = "adult"
    head: str = ""
    """A small JPEG in base64: the user's photo, worn as the head."""


def from_json(values: Any) -> Look | None:
    """A look that was stored in a picture; None when it is not one. What is no colour is left at its default."""
    if not isinstance(values, dict):
        return None
    usual = asdict(Look())
    kept = {key: value for key, value in values.items() if key in usual and isinstance(value, str)}
    fits = {key for key, value in kept.items() if key not in COLOURED or COLOUR.fullmatch(value or usual[key])}
    return Look(**{key: kept[key] for key in kept if key in fits})


def from_words(name: str, prompt: str) -> Look:
    digest = hashlib.sha256(f"{name}\n{prompt}".encode("utf-8", "replace")).digest()
    words = words_in(f"{name} {prompt}")
    plain = [form for word in words for form in forms(word)]
    look = _chosen(digest, set(plain))
    species = next((kind for kind, names in wardrobe.SPECIES.items() if set(names.split()) & set(plain)), "human")
    if species != "human":
        look = replace(look, species=species, skin=wardrobe.COATS[species], hair_style="bald", beard="", glasses="")
    for professions, outfit in wardrobe.OUTFITS.items():
        if set(professions.split()) & set(plain):
            look = replace(look, **outfit)
            break
    return _described(look, words)


def _chosen(digest: bytes, words: set[str]) -> Look:
    def pick(options: Sequence[str], byte: int) -> str:
        return options[digest[byte] % len(options)]

    feminine, masculine = bool(words & wardrobe.FEMININE), bool(words & wardrobe.MASCULINE)
    skin, hair = wardrobe.COMPLEXIONS[digest[0] % (3 if words & wardrobe.FAIR else len(wardrobe.COMPLEXIONS))]
    styles = ("long", "bob", "curly", "bun", "ponytail") if feminine else ("short",) if masculine else wardrobe.STYLES
    look = Look(
        skin=skin,
        hair=hair,
        hair_style=pick(styles, 2),
        top=pick(wardrobe.CLOTHES, 3),
        bottom=pick(wardrobe.TROUSERS, 4),
        accent=wardrobe.CLOTHES[(digest[3] + 1 + digest[5] % 6) % len(wardrobe.CLOTHES)],
        shoes=pick(("#4a3a34", "#2a2a32", "#a8562f", "#e6e2da"), 6),
        top_kind=pick(("shirt", "coat", "shirt", "dress" if feminine else "coat", "overall"), 7),
        scarf=wardrobe.CLOTHES[digest[8] % len(wardrobe.CLOTHES)] if digest[8] % 4 == 0 else "",
        glasses="round" if digest[9] % 6 == 0 else "",
    )
    if words & wardrobe.OLD:
        look = replace(look, hair="#c3c1c0", beard="#d3d1ce" if not feminine else "")
    if words & wardrobe.YOUNG:
        look = replace(look, build="child")
    return look


def _described(look: Look, words: list[str]) -> Look:
    """Each colour said just before a feature belongs to it."""
    for index, word in enumerate(words):
        before = words[max(index - 3, 0) : index]
        colour = next((wardrobe.COLOURS[w] for w in reversed(before) if w in wardrobe.COLOURS), "")
        hair = next((wardrobe.HAIR_COLOURS[w] for w in reversed(before) if w in wardrobe.HAIR_COLOURS), "")
        for form in forms(word):
            look = replace(look, **_feature(look, form, before, colour, hair))
    return look


def _feature(look: Look, word: str, before: list[str], colour: str, hair: str) -> dict[str, str]:
    if word in ("hair", "haired"):
        style = next((style for style in (*wardrobe.STYLES, "bald", "braid") if style in before), look.hair_style)
        return {"hair": hair or look.hair, "hair_style": "ponytail" if style == "braid" else style}
    if word in ("bearded", "beard", "moustache"):
        return {"beard": hair or look.hair}
    return wardrobe.FEATURES.get(word) or _garment(word, colour)


def _garment(word: str, colour: str) -> dict[str, str]:
    painted = {part: colour for part, words in wardrobe.PAINTED.items() if colour and word in words}
    if word in wardrobe.TOPS:
        return {"top_kind": wardrobe.TOPS[word]} | ({"top": colour} if colour else {})
    if word in wardrobe.HATS:
        return {"hat": wardrobe.HATS[word]} | ({"hat_colour": colour} if colour else {})
    if word in wardrobe.EXTRAS:
        part, usual = wardrobe.EXTRAS[word]
        return {part: colour or usual}
    return painted
