"""PNG files that carry a character's look in a text chunk."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2

from pipeline.providers.local.drawing.canvas import Pixels
from pipeline.providers.local.drawing.look import Look, from_json

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"pixora:look"
MAX_BYTES = 64 * 1024 * 1024


def write(path: Path, pixels: Pixels, look: Look | None = None) -> None:
    """Write to a temporary name, then rename: a half-written picture never has the final name."""
    done, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    if not done:
        raise OSError("the picture could not be encoded")
    raw = data.tobytes()
    if look is not None:
        body = KEYWORD + b"\x00" + json.dumps(look.as_json(), sort_keys=True).encode("ascii")
        end_of_header = len(SIGNATURE) + 25
        raw = raw[:end_of_header] + _chunk(b"tEXt", body) + raw[end_of_header:]
    temporary = path.with_name(path.name + ".part")
    temporary.write_bytes(raw)
    temporary.replace(path)


def read_look(path: Path) -> Look | None:
    """The look in a picture we made; None for any other file."""
    try:
        raw = path.read_bytes()[:MAX_BYTES]
    except OSError:
        return None
    found = _text(raw) if raw.startswith(SIGNATURE) else None
    if found is None:
        return None
    try:
        values: Any = json.loads(found)
    except ValueError:
        return None
    return from_json(values)


def _text(raw: bytes) -> bytes | None:
    at = len(SIGNATURE)
    while at + 8 <= len(raw):
        length, kind = struct.unpack(">I4s", raw[at : at + 8])
        body = raw[at + 8 : at + 8 + length]
        if kind == b"tEXt" and body.startswith(KEYWORD + b"\x00"):
            return body[len(KEYWORD) + 1 :]
        at += 12 + length
    return None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
