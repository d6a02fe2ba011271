"""PURE: the name that a stored file gets where somebody saves it: after its film."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 100
"""Characters of a title; file systems end names at 255 bytes, and a character has up to four."""
BYTES = 200
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')
DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)
"""What Windows takes for a device, whatever ending follows."""
WHOLE_FILM = frozenset({"fullvideo", "captions", "poster"})


def saved_name(title: str, stored: str) -> str:
    """`A keeper of light.mp4` for the film's own files; `A keeper of light, scene2 image_t3.png` for its pieces.

    `stored` is the name in storage, whose first part is the film's folder.
    """
    path = PurePosixPath(stored)
    stem = re.sub(r"_t\d+$", "", path.stem)
    piece = "" if stem in WHOLE_FILM else f", {' '.join([*path.parts[1:-1], path.stem])}"
    return f"{as_file_name(title)}{piece}{path.suffix}"


def as_file_name(title: str) -> str:
    """Make a file name of the title, without what a file system or a terminal could take amiss; `film` where nothing
    is left."""
    seen = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in title)
    plain = " ".join(NOT_IN_NAMES.sub(" ", seen).split())[:LONGEST]
    name = plain.encode()[:BYTES].decode(errors="ignore").strip(". ") or "film"
    return f"film {name}" if DEVICES.match(name) else name
