"""What stands in a signed film, by two readers of their own: the library's, and the file's boxes as they lie there."""

from __future__ import annotations

import hashlib
import json
import struct
from pathlib import Path
from typing import Any

import av
import c2pa

UNTRUSTED = "signingCredential.untrusted"
"""What a reader says of a key that nobody else vouches for."""
C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def read(path: Path) -> tuple[str, dict[str, Any], list[str]]:
    """The reader's verdict, the active manifest, and what is wrong with it."""
    with c2pa.Reader(path) as reader:
        told = json.loads(reader.json())
        codes = [each["code"] for each in told.get("validation_status", ())]
        return str(reader.get_validation_state()), told["manifests"][told["active_manifest"]], codes


def manifests(path: Path) -> dict[str, Any]:
    with c2pa.Reader(path) as reader:
        found: dict[str, Any] = json.loads(reader.json())["manifests"]
        return found


def assertion(manifest: dict[str, Any], label: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each["data"] for each in manifest["assertions"] if each["label"] == label)
    return found


def boxes(path: Path) -> list[tuple[str, int, int]]:
    """A file's boxes: kind, place and length."""
    data, at, found = path.read_bytes(), 0, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        length = struct.unpack(">Q", data[at + 8 : at + 16])[0] if length == 1 else length or len(data) - at
        found.append((kind.decode("latin1"), at, length))
        at += length
    return found


def jumbf_labels(path: Path) -> list[str]:
    """The labels in the manifest store of an MP4, outermost first, read without the library."""
    data = path.read_bytes()
    place, length = next((at, length) for kind, at, length in boxes(path) if kind == "uuid")
    assert data[place + 8 : place + 24] == C2PA_BOX
    purpose_ends = data.index(b"\0", place + 28)
    assert data[place + 28 : purpose_ends] == b"manifest"
    return _labels(data[purpose_ends + 1 + 8 : place + length])


def _labels(store: bytes) -> list[str]:
    found, at = [], 0
    while at + 8 <= len(store):
        length, kind = struct.unpack(">I4s", store[at : at + 8])
        if length < 8:
            break
        content = store[at + 8 : at + length]
        if kind == b"jumb":
            found += _labels(content)
        elif kind == b"jumd":
            found.append(content[17 : content.index(b"\0", 17)].decode())
        at += length
    return found


def packets(path: Path) -> list[tuple[int, int | None, int | None, str]]:
    """Every packet of every stream, with its times and a hash of its content."""
    with av.open(str(path)) as container:
        return [
            (packet.stream.index, packet.pts, packet.dts, hashlib.sha256(bytes(packet)).hexdigest())
            for packet in container.demux()
        ]
