"""PURE: what a character looks like, read from name and description, always the same for the same words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from pipeline.providers.local.drawing.brief import forms, words_in

SKINS = ("#f6d3b3", "#eebd94", "#d9a06f", "#b57c52", "#8a5a3c", "#64402c")
HAIRS = ("#2b1f1c", "#4a3024", "#7a4a2a", "#a8602c", "#d9a54c", "#c8482a", "#8f8a88")
CLOTHES = ("#d9483a", "#2f7fb8", "#f0b03c", "#3f9f7a", "#7a5fb8", "#e8709a", "#e8763a", "#3a4a78")
TROUSERS = ("#2f3f5f", "#5a4a3f", "#3f5a4f", "#6a6f7c", "#4a3a5a")
STYLES = ("short", "long", "bob", "curly", "bun", "ponytail")

COLOURS: dict[str, str] = {
    "red": "#d0392f", "orange": "#ee7f2f", "yellow": "#f4c63a", "golden": "#e0a93a", "gold": "#e0a93a", "green": "#3f9a5a",
    "teal": "#2f9a98", "turquoise": "#3fb8b0", "blue": "#2f72c4", "navy": "#24366a", "purple": "#7a4fb0", "violet": "#7f5fd0",
    "pink": "#ee7fa8", "brown": "#7a4f32", "black": "#2a2a32", "white": "#f2f0ea", "grey": "#8c9098", "gray": "#8c9098",
    "silver": "#c3c9d2", "beige": "#d9c4a0", "cyan": "#3fc8e0", "lime": "#9fd03f", "maroon": "#7a2a34",
}  # fmt: skip
HAIR_COLOURS: dict[str, str] = {
    "red": "#c8482a", "ginger": "#cf6a2c", "blonde": "#e6bf62", "blond": "#e6bf62", "brunette": "#5a3826",
    "brown": "#5f3a26", "black": "#231d20", "grey": "#a3a1a2", "gray": "#a3a1a2", "silver": "#c8c9cf", "white": "#ecebe8",
    "dark": "#2f231f",
}  # fmt: skip
SPECIES = {
    "robot": "robot android droid", "fox": "fox fuchs zorro renard", "cat": "cat kitten katze gato chat",
    "dog": "dog puppy hund perro chien wolf", "bear": "bear panda teddy", "rabbit": "rabbit bunny hare",
    "mouse": "mouse rat", "owl": "owl bird penguin parrot", "alien": "alien martian monster creature",
}  # fmt: skip
COATS = {
    "fox": "#dd6e2c", "cat": "#9a9ca8", "dog": "#c8935a", "bear": "#8a5a3c", "rabbit": "#d9cabb", "mouse": "#a8a4a8",
    "owl": "#8a6a4c", "alien": "#7fc86a", "robot": "#c9d2dc",
}  # fmt: skip
OUTFITS: dict[str, dict[str, str]] = {
    "astronaut cosmonaut spaceman": {
        "top_kind": "suit",
        "top": "#eef0f4",
        "bottom": "#e2e5ec",
        "hat": "bubble",
        "shoes": "#5a6272",
    },
    "captain sailor pilot admiral": {"hat": "captain", "top": "#24366a", "top_kind": "coat"},
    "pirate": {"hat": "brim", "hat_colour": "#2a2a32", "top": "#8f2f2a", "top_kind": "coat"},
    "chef cook baker": {"hat": "chef", "top": "#f6f3ec", "top_kind": "coat"},
    "doctor scientist nurse professor researcher": {"top": "#f4f4f2", "top_kind": "coat", "glasses": "round"},
    "knight warrior viking soldier": {"top": "#aab2c0", "bottom": "#7f8898", "hat": "crest", "top_kind": "suit"},
    "wizard witch mage": {"hat": "pointed", "top": "#4f3f9a", "top_kind": "dress"},
    "king queen prince princess": {"hat": "crown", "top": "#9a2f4a", "top_kind": "dress", "cape": "#7a1f3a"},
    "farmer gardener": {"hat": "brim", "hat_colour": "#e0bd6a", "top_kind": "overall", "bottom": "#3f5f96"},
    "detective spy journalist": {"hat": "fedora", "top": "#b08a5a", "top_kind": "coat"},
    "explorer archaeologist adventurer hiker ranger": {
        "hat": "brim",
        "hat_colour": "#a87f4c",
        "top": "#b89a68",
        "pack": "yes",
    },
    "worker engineer builder firefighter miner": {"hat": "hard", "top_kind": "overall"},
    "hero superhero": {"cape": "#d0392f", "top_kind": "suit"},
    "ballerina dancer": {"top_kind": "dress", "hair_style": "bun"},
    "athlete runner": {"top_kind": "shirt", "hat": "band"},
}
HATS = {
    "hat": "brim",
    "cap": "cap",
    "beanie": "beanie",
    "helmet": "crest",
    "crown": "crown",
    "fedora": "fedora",
    "hood": "beanie",
    "beret": "beret",
}
TOPS = {
    "shirt": "shirt", "tshirt": "shirt", "sweater": "shirt", "hoodie": "shirt", "pullover": "shirt", "jacket": "coat", "coat": "coat",
    "raincoat": "coat", "cloak": "coat", "parka": "coat", "dress": "dress", "robe": "dress", "suit": "suit", "spacesuit": "suit",
    "uniform": "coat", "overall": "overall", "dungaree": "overall", "vest": "coat", "armor": "suit", "armour": "suit",
}  # fmt: skip
BOTTOMS = ("trouser", "pant", "jean", "skirt", "short", "leggings")


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

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def from_json(values: Any) -> Look | None:
    """A look that was stored in a picture; None when it is not one."""
    if not isinstance(values, dict):
        return None
    known = {field.name for field in fields(Look)}
    return Look(**{key: str(value) for key, value in values.items() if key in known})


def from_words(name: str, prompt: str) -> Look:
    digest = hashlib.sha256(f"{name}\n{prompt}".encode("utf-8", "replace")).digest()
    words = words_in(f"{name} {prompt}")
    plain = [form for word in words for form in forms(word)]
    look = _chosen(digest, set(plain))
    species = next((kind for kind, names in SPECIES.items() if set(names.split()) & set(plain)), "human")
    if species != "human":
        look = replace(look, species=species, skin=COATS[species], hair_style="bald", beard="")
    for professions, outfit in OUTFITS.items():
        if set(professions.split()) & set(plain):
            look = replace(look, **outfit)
            break
    return _described(look, words)


def _chosen(digest: bytes, words: set[str]) -> Look:
    def pick(options: Sequence[str], byte: int) -> str:
        return options[digest[byte] % len(options)]

    feminine = bool(
        words
        & {
            "woman",
            "girl",
            "she",
            "her",
            "lady",
            "mother",
            "grandmother",
            "queen",
            "princess",
            "witch",
            "daughter",
            "sister",
        }
    )
    masculine = bool(
        words
        & {"man", "boy", "he", "his", "father", "grandfather", "king", "prince", "wizard", "son", "brother", "guy"}
    )
    style = (
        pick(("long", "bob", "curly", "bun", "ponytail"), 2) if feminine else "short" if masculine else pick(STYLES, 2)
    )
    look = Look(
        skin=pick(SKINS, 0), hair=pick(HAIRS[:-1], 1), hair_style=style, top=pick(CLOTHES, 3), bottom=pick(TROUSERS, 4),
        accent=CLOTHES[(digest[3] + 1 + digest[5] % 6) % len(CLOTHES)], shoes=pick(("#4a3a34", "#2a2a32", "#a8562f", "#e6e2da"), 6),
        top_kind=pick(("shirt", "coat", "shirt", "dress" if feminine else "coat", "overall"), 7),
        scarf=CLOTHES[digest[8] % len(CLOTHES)] if digest[8] % 4 == 0 else "", glasses="round" if digest[9] % 6 == 0 else "",
    )  # fmt: skip
    if words & {"old", "elderly", "grandmother", "grandfather", "grandma", "grandpa", "ancient", "wise", "aged"}:
        look = replace(look, hair="#c3c1c0", beard="#d3d1ce" if not feminine else "")
    if words & {"child", "kid", "girl", "boy", "little", "young", "baby", "daughter", "son"}:
        look = replace(look, build="child")
    return look


def _described(look: Look, words: list[str]) -> Look:
    """Each colour said just before a feature belongs to it."""
    for index, word in enumerate(words):
        before = words[max(index - 3, 0) : index]
        colour = next((COLOURS[w] for w in reversed(before) if w in COLOURS), "")
        hair = next((HAIR_COLOURS[w] for w in reversed(before) if w in HAIR_COLOURS), "")
        for form in forms(word):
            look = replace(look, **_feature(look, form, before, colour, hair))
    return look


def _feature(look: Look, word: str, before: list[str], colour: str, hair: str) -> dict[str, str]:
    if word in ("hair", "hair", "haired"):
        style = next((style for style in (*STYLES, "bald", "braid") if style in before), look.hair_style)
        return {"hair": hair or look.hair, "hair_style": "ponytail" if style == "braid" else style}
    if word in ("redhead", "blonde", "blond", "brunette", "ginger"):
        return {"hair": HAIR_COLOURS["red" if word == "redhead" else word]}
    if word in ("bald",):
        return {"hair_style": "bald"}
    if word in ("bearded", "beard", "moustache"):
        return {"beard": hair or look.hair}
    if word in ("glasse", "glasses", "spectacle", "goggle"):
        return {"glasses": "round"}
    return _garment(word, colour)


def _garment(word: str, colour: str) -> dict[str, str]:
    if word in TOPS:
        return {"top_kind": TOPS[word]} | ({"top": colour} if colour else {})
    if word in HATS:
        return {"hat": HATS[word]} | ({"hat_colour": colour} if colour else {})
    if word in BOTTOMS and colour:
        return {"bottom": colour}
    if word in ("scarf", "bandana"):
        return {"scarf": colour or "#d0392f"}
    if word == "cape":
        return {"cape": colour or "#d0392f"}
    if word in ("backpack", "rucksack"):
        return {"pack": "yes"}
    if word in ("boot", "shoe") and colour:
        return {"shoes": colour}
    if word in ("fur", "feather", "skin", "skinned", "coat") and colour:
        return {"skin": colour} if word != "skinned" else {}
    return {}
