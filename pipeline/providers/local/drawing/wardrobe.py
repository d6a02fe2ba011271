"""The words that mean each look: colours, species, clothes, hats."""

from __future__ import annotations

COMPLEXIONS = (
    ("#f6d3b3", "#d9a54c"),
    ("#f6d3b3", "#c8482a"),
    ("#f2c8a2", "#7a4a2a"),
    ("#eebd94", "#4a3024"),
    ("#e8b48a", "#2b1f1c"),
    ("#d9a06f", "#2f2320"),
    ("#b57c52", "#2b1f1c"),
    ("#8a5a3c", "#241a18"),
    ("#64402c", "#1f1716"),
)
"""Skin and hair."""


CLOTHES = ("#d9483a", "#2f7fb8", "#f0b03c", "#3f9f7a", "#7a5fb8", "#e8709a", "#e8763a", "#3a4a78")


TROUSERS = ("#2f3f5f", "#5a4a3f", "#3f5a4f", "#6a6f7c", "#4a3a5a")


STYLES = ("short", "long", "bob", "curly", "bun", "ponytail")


COLOURS: dict[str, str] = {
    "red": "#d0392f",
    "orange": "#ee7f2f",
    "yellow": "#f4c63a",
    "golden": "#e0a93a",
    "gold": "#e0a93a",
    "green": "#3f9a5a",
    "teal": "#2f9a98",
    "turquoise": "#3fb8b0",
    "blue": "#2f72c4",
    "navy": "#24366a",
    "purple": "#7a4fb0",
    "violet": "#7f5fd0",
    "pink": "#ee7fa8",
    "brown": "#7a4f32",
    "black": "#2a2a32",
    "white": "#f2f0ea",
    "grey": "#8c9098",
    "gray": "#8c9098",
    "silver": "#c3c9d2",
    "beige": "#d9c4a0",
    "cyan": "#3fc8e0",
    "lime": "#9fd03f",
    "maroon": "#7a2a34",
}


HAIR_COLOURS: dict[str, str] = {
    "red": "#c8482a",
    "ginger": "#cf6a2c",
    "blonde": "#e6bf62",
    "blond": "#e6bf62",
    "brunette": "#5a3826",
    "brown": "#5f3a26",
    "black": "#231d20",
    "grey": "#a3a1a2",
    "gray": "#a3a1a2",
    "silver": "#c8c9cf",
    "white": "#ecebe8",
    "dark": "#2f231f",
}


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
    "shirt": "shirt",
    "tshirt": "shirt",
    "sweater": "shirt",
    "hoodie": "shirt",
    "pullover": "shirt",
    "jacket": "coat",
    "coat": "coat",
    "raincoat": "coat",
    "cloak": "coat",
    "parka": "coat",
    "dress": "dress",
    "robe": "dress",
    "suit": "suit",
    "spacesuit": "suit",
    "uniform": "coat",
    "overall": "overall",
    "dungaree": "overall",
    "vest": "coat",
    "armor": "suit",
    "armour": "suit",
}


FEMININE = frozenset(
    ["woman", "girl", "she", "her", "lady", "mother", "grandmother", "queen", "princess", "witch", "daughter", "sister"]
)


MASCULINE = frozenset(
    ["man", "boy", "he", "his", "father", "grandfather", "king", "prince", "wizard", "son", "brother", "guy"]
)


OLD = frozenset(["old", "elderly", "grandmother", "grandfather", "grandma", "grandpa", "ancient", "wise", "aged"])


YOUNG = frozenset(["child", "kid", "girl", "boy", "little", "young", "baby", "daughter", "son"])


FAIR = frozenset(["blonde", "blond", "ginger", "redhead", "pale", "freckle", "freckled", "fair", "red"])


PAINTED = {
    "bottom": ("trouser", "pant", "jean", "skirt", "short", "leggings"),
    "shoes": ("boot", "shoe"), "skin": ("fur", "feather"),
}  # fmt: skip
"""Features that only a colour changes."""
EXTRAS = {
    "scarf": ("scarf", "#d0392f"), "bandana": ("scarf", "#d0392f"), "cape": ("cape", "#d0392f"),
    "backpack": ("pack", "yes"),
    "rucksack": ("pack", "yes"),
}  # fmt: skip
