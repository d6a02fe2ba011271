"""PURE: the look in sRGB of a picture in HDR, or of a wide gamut.

Newer files say their colours by three numbers of ITU-T H.273, in a PNG's `cICP` and in the `nclx` of HEIC and AVIF.
What is said there counts more than a profile. HDR is tone-mapped as that of clips is
(`pipeline/cut/picture/colour.py`): reference white (203 cd/m²) stays white, what is darker keeps its brightness, and
every colour its hue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Light = NDArray[np.float32]

PQ, HLG = 16, 18
BT2020, DCI_P3, P3 = 9, 11, 12
HEAD_BYTES = 1 << 18
"""So far into a file its colours are looked for."""
SIGNATURE, CHUNK_HEAD = b"\x89PNG\r\n\x1a\n", 8
NCLX = b"colrnclx"
REFERENCE_WHITE, BRIGHTEST = 203.0, 1_000.0
KEPT = 0.7
"""As in `pipeline/cut/picture/colour.py`."""
HLG_GAMMA, HLG_A, HLG_B, HLG_C = 1.2, 0.17883277, 0.28466892, 0.55991073
PQ_M1, PQ_M2, PQ_C1, PQ_C2, PQ_C3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
BAND = 256
"""Rows that are worked on at once."""
FROM_P3 = ((1.2249, -0.2247, 0.0), (-0.0420, 1.0419, 0.0), (-0.0197, -0.0786, 1.0979))
TO_BT709 = {
    BT2020: ((1.6605, -0.5876, -0.0728), (-0.1246, 1.1329, -0.0083), (-0.0182, -0.1006, 1.1187)),
    DCI_P3: FROM_P3,
    P3: FROM_P3,
}


@dataclass(frozen=True)
class Signal:
    primaries: int
    transfer: int

    @property
    def is_wide(self) -> bool:
        """Shown as it is stored it would look washed out."""
        return self.transfer in (PQ, HLG) or self.primaries in TO_BT709


def signal_of(head: bytes) -> Signal | None:
    """Read the signal from a file's beginning; None where it says nothing, or nothing that has to be converted."""
    said = _in_png(head) if head.startswith(SIGNATURE) else _in_boxes(head)
    return said if said and said.is_wide else None


def in_srgb(coded: NDArray[np.uint16], signal: Signal) -> NDArray[np.uint8]:
    """Rows of pixels of red, green and blue."""
    made = np.empty(coded.shape, np.uint8)
    for row in range(0, len(coded), BAND):
        made[row : row + BAND] = _converted(coded[row : row + BAND].astype(np.float32) / np.float32(65_535), signal)
    return made


def _in_png(head: bytes) -> Signal | None:
    at = len(SIGNATURE)
    while at + CHUNK_HEAD + 4 <= len(head):
        length, name = int.from_bytes(head[at : at + 4]), head[at + 4 : at + CHUNK_HEAD]
        if name == b"cICP" and length == 4:
            return Signal(*head[at + CHUNK_HEAD : at + CHUNK_HEAD + 2])
        if name == b"IDAT":
            return None
        at += CHUNK_HEAD + length + 4
    return None


def _in_boxes(head: bytes) -> Signal | None:
    """Read the colours of the picture that is shown; others beside it, such as one in HDR, have their own."""
    if head[4:8] != b"ftyp":
        return None
    said = next((colour for colour in _colours_shown(head) if colour[:4] == b"nclx" and len(colour) >= 8), None)
    return Signal(int.from_bytes(said[4:6]), int.from_bytes(said[6:8])) if said else None


def _colours_shown(head: bytes) -> list[bytes]:
    """Return what the `colr` properties of the primary item hold, or of those that it is put together from; of a file
    without one, what is said first (ISO 23008-12)."""
    meta = dict(_boxes(dict(_boxes(head)).get(b"meta", b"")[4:]))
    told = dict(_boxes(meta.get(b"iprp", b"")))
    if b"ipma" not in told or b"pitm" not in meta:
        return [head[at + 4 : at + 12] for at in [head.find(NCLX)] if at >= 0]
    of_item = dict(_properties(told[b"ipma"]))
    properties = list(_boxes(told.get(b"ipco", b"")))
    primary = int.from_bytes(meta[b"pitm"][4 : 6 if meta[b"pitm"][0] == 0 else 8])
    colours: list[bytes] = []
    for item in [primary, *_parts(meta.get(b"iref", b""), primary)]:
        named = [properties[at - 1] for at in of_item.get(item, []) if 1 <= at <= len(properties)]
        colours = colours or [content for name, content in named if name == b"colr"]
    return colours


def _parts(content: bytes, whole: int) -> list[int]:
    """The items that one is put together from."""
    size = 4 if content[:1] > b"\0" else 2
    for name, told in _boxes(content[4:]):
        if name == b"dimg" and int.from_bytes(told[:size]) == whole:
            return [int.from_bytes(told[at : at + size]) for at in range(size + 2, len(told), size)]
    return []


def _properties(content: bytes) -> Iterator[tuple[int, list[int]]]:
    """Each item with the places of its properties, counted from one."""
    id_size, size = 4 if content[:1] > b"\0" else 2, 2 if content[3:4] > b"\0" and content[3] & 1 else 1
    at = 8
    while at + id_size < len(content):
        item, count = int.from_bytes(content[at : at + id_size]), content[at + id_size]
        at += id_size + 1
        places = [int.from_bytes(content[at + n * size : at + (n + 1) * size]) for n in range(count)]
        yield item, [place & (0x7F if size == 1 else 0x7FFF) for place in places]
        at += count * size


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each box's name and content. A `dict` of them keeps the last of one name; those looked for stand once."""
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4])
        if size < 8:
            return
        yield content[at + 4 : at + 8], content[at + 8 : at + size]
        at += size


def _converted(coded: Light, signal: Signal) -> NDArray[np.uint8]:
    light = _LIGHT.get(signal.transfer, _of_srgb)(coded)
    if signal.primaries in TO_BT709:
        light = np.maximum(light @ np.array(TO_BT709[signal.primaries], np.float32).T, 0)
    if signal.transfer in (PQ, HLG):
        light = _tone_mapped(light)
    return np.rint(_as_srgb(np.clip(light, 0, 1)) * 255).astype(np.uint8)


def _of_pq(coded: Light) -> Light:
    """Reference white is 1."""
    root = coded ** (1 / PQ_M2)
    part = np.maximum(root - PQ_C1, 0) / (PQ_C2 - PQ_C3 * root)
    return np.asarray(part ** (1 / PQ_M1) * (10_000 / REFERENCE_WHITE), np.float32)


def _of_hlg(coded: Light) -> Light:
    """Show the light as on a display of 1000 cd/m², each colour for itself, as ffmpeg's `zscale` does; reference white
    is 1."""
    scene = np.where(coded <= 0.5, coded**2 / 3, (np.exp((coded - HLG_C) / HLG_A) + HLG_B) / 12)
    return np.asarray(scene**HLG_GAMMA * (BRIGHTEST / REFERENCE_WHITE), np.float32)


def _of_srgb(coded: Light) -> Light:
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LIGHT = {PQ: _of_pq, HLG: _of_hlg}


def _as_srgb(light: Light) -> Light:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)


def _tone_mapped(light: Light) -> Light:
    """The Möbius curve of ffmpeg's `tonemap`, on the strongest of a pixel's three colours."""
    peak = BRIGHTEST / REFERENCE_WHITE
    a = -(KEPT**2) * (peak - 1) / (KEPT**2 - 2 * KEPT + peak)
    b = (KEPT**2 - 2 * KEPT * peak + peak) / (peak - 1)
    strongest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
    mapped = (b * b + 2 * b * KEPT + KEPT**2) / (b - a) * (strongest + a) / (strongest + b)
    return np.asarray(light * np.where(strongest <= KEPT, 1, mapped / strongest), np.float32)
