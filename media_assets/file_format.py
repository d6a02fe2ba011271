"""The format of a file by its first bytes, for everything that has ffmpeg read a file not of our own making."""

from __future__ import annotations

from pathlib import Path

from media_assets.format_by_bytes import HEAD_BYTES, Sniffed, sniff
from pixora.foundation.errors import BadMedia


def recognise(path: Path) -> Sniffed | None:
    """Tell the file's format by its first bytes; None for any kind that is not used here."""
    with path.open("rb") as opened:
        return sniff(opened.read(HEAD_BYTES))


def format_of(path: Path) -> str:
    """ffmpeg's name of the format, to be forced. Raises BadMedia."""
    found = recognise(path)
    if found is None:
        raise BadMedia(f"{path.name} cannot be read: it is damaged, cut short or no media file.")
    return found.format
