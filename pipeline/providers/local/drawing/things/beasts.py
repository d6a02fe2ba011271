"""The measures of each four-legged animal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Beast:
    """Measures are parts of its height at the shoulder times about 1.4; it looks to the left."""

    coat: str
    belly: str
    leg: float = 0.3
    length: float = 0.62
    deep: float = 0.22
    neck: float = 0.14
    """How far the head is held above the back."""
    head: float = 0.13
    snout: float = 0.12
    ears: str = "pointed"
    tail: str = "thin"
    stout: float = 0.075
    """Thickness of the legs."""
    socks: str = ""
    mark: str = ""
    """`spots`, `stripes`, `mane`, `wool`, `antlers`, `hump`, `trunk`."""
    wild: str = "#1c1a20"


BEASTS: dict[str, Beast] = {
    "dog": Beast("#c8935a", "#f0dcc0", ears="floppy", tail="up", socks="#f0dcc0"),
    "cat": Beast(
        "#8a8f9c", "#e6e6ea", leg=0.24, length=0.5, deep=0.19, head=0.135, snout=0.05, tail="cat", mark="stripes"
    ),
    "fox": Beast(
        "#d9692b",
        "#f8ecdc",
        leg=0.27,
        length=0.56,
        deep=0.17,
        head=0.13,
        snout=0.15,
        tail="bushy",
        socks="#3a2a28",
        stout=0.055,
    ),
    "wolf": Beast("#7d838f", "#d5d8de", leg=0.33, length=0.62, head=0.135, snout=0.15, tail="bushy", socks="#d5d8de"),
    "horse": Beast(
        "#8a5634",
        "#7a4a2c",
        leg=0.42,
        length=0.66,
        deep=0.24,
        neck=0.3,
        head=0.11,
        snout=0.2,
        ears="small",
        tail="long",
        mark="mane",
        socks="#f0e6d8",
    ),
    "deer": Beast(
        "#b07a48",
        "#ecd9bd",
        leg=0.42,
        length=0.52,
        deep=0.19,
        neck=0.3,
        head=0.095,
        snout=0.12,
        ears="leaf",
        tail="short",
        stout=0.045,
        mark="antlers",
    ),
    "rabbit": Beast(
        "#b8a390",
        "#f3ece2",
        leg=0.16,
        length=0.4,
        deep=0.21,
        neck=0.1,
        head=0.14,
        snout=0.04,
        ears="long",
        tail="puff",
        stout=0.07,
    ),
    "bear": Beast(
        "#7a5238",
        "#9a7050",
        leg=0.24,
        length=0.66,
        deep=0.3,
        neck=0.06,
        head=0.16,
        snout=0.1,
        ears="round",
        tail="short",
        stout=0.13,
    ),
    "lion": Beast(
        "#d9a552",
        "#f0d49a",
        leg=0.3,
        length=0.62,
        deep=0.22,
        head=0.14,
        snout=0.08,
        ears="round",
        tail="tuft",
        mark="lion",
        stout=0.085,
    ),
    "elephant": Beast(
        "#8f929c",
        "#7f828c",
        leg=0.32,
        length=0.62,
        deep=0.34,
        neck=0.06,
        head=0.2,
        snout=0.02,
        ears="huge",
        tail="thin",
        mark="trunk",
        stout=0.14,
    ),
    "cow": Beast(
        "#f3efe8",
        "#e6ddd0",
        leg=0.3,
        length=0.72,
        deep=0.28,
        neck=0.08,
        head=0.13,
        snout=0.11,
        ears="leaf",
        tail="tuft",
        mark="spots",
        stout=0.08,
    ),
    "sheep": Beast(
        "#f4efe4",
        "#e0d8c8",
        leg=0.22,
        length=0.56,
        deep=0.28,
        neck=0.08,
        head=0.115,
        snout=0.08,
        ears="leaf",
        tail="short",
        mark="wool",
        stout=0.055,
    ),
    "camel": Beast(
        "#cf9f62",
        "#b9864c",
        leg=0.42,
        length=0.6,
        deep=0.22,
        neck=0.32,
        head=0.1,
        snout=0.13,
        ears="small",
        tail="tuft",
        mark="hump",
        stout=0.06,
    ),
}


HEIGHTS = {
    "dog": 0.85, "cat": 0.8, "fox": 0.85, "wolf": 0.9, "horse": 1.05, "deer": 1.0, "rabbit": 0.75, "bear": 0.95,
    "lion": 0.95, "elephant": 1.1, "cow": 0.9, "sheep": 0.75, "camel": 1.05,
}  # fmt: skip
