"""PURE: the format of a file by its first bytes. Only formats that hold all they show are known: no play lists, no
documents, nothing that names other files.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD_BYTES = 64


@dataclass(frozen=True)
class Sniffed:
    """`format` is ffmpeg's name, which it is told, so that it never looks for another one itself: what it finds by
    itself may be a play list that names other files."""

    format: str
    picture: bool = False


USUAL = {"picture": "PNG, JPEG or WebP", "clip": "MP4, MOV or WebM", "sound": "MP3, WAV, M4A, FLAC or Ogg",
         "text": "TXT, Markdown, DOCX, PDF or SRT"}  # fmt: skip
"""The formats that everybody can make, by the kind of an upload; more are taken."""


def not_wanted(wanted: str, found: str = "") -> str:
    """Say that another kind of upload was wanted; `found` is the kind that the file is, where it is any."""
    what = f"that is a {found}, not a {wanted}" if found else f"that is not a {wanted}"
    return f"{what}. {USUAL[wanted]}, please."


def sniff(head: bytes) -> Sniffed | None:
    """Tell a file's format by its first bytes; None for any that is not accepted."""
    if picture := next((name for magic, name in PICTURES.items() if head.startswith(magic)), None):
        return Sniffed(picture, picture=True)
    if head[4:8] == b"ftyp":
        return Sniffed("mov", picture=head[8:12].lower() in STILL_BRANDS)
    if head[:4] == b"RIFF" and head[8:12] in RIFF:
        return RIFF[head[8:12]]
    known = (name for magic, name in MAGIC.items() if head.startswith(magic))
    name = next(known, None) or _by_frame(head)
    return Sniffed(name) if name else None


PICTURES = {b"\x89PNG\r\n\x1a\n": "png_pipe", b"\xff\xd8\xff": "jpeg_pipe", b"GIF87a": "gif", b"GIF89a": "gif"}
RIFF = {b"WEBP": Sniffed("webp_pipe", picture=True), b"WAVE": Sniffed("wav")}
STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
"""HEIC and AVIF: pictures in the boxes of a video."""
MAGIC = {b"\x1aE\xdf\xa3": "matroska", b"fLaC": "flac", b"OggS": "ogg", b"ID3": "mp3"}


MP3_FRAMES = frozenset({0xFB, 0xFA, 0xF3, 0xF2, 0xE3, 0xE2})
"""The second byte of a frame of layer III: of MPEG 1, 2 and 2.5, with a checksum or without."""


def _by_frame(head: bytes) -> str | None:
    """MP3 and AAC without a header begin with a frame, and that with eleven or twelve set bits."""
    if len(head) < 2 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "aac"
    return "mp3" if head[1] in MP3_FRAMES else None
