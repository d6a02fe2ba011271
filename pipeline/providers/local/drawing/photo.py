"""A character from a picture: the head cut out of it, colours of hair, skin and clothes taken from it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.colour import code, darker, rgb, saturated
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import ellipse
from pipeline.providers.local.drawing.stage import Pen

Picture = NDArray[np.uint8]
HEAD_PX = 128


def load(path: Path) -> Picture | None:
    """RGB pixels, turned as its camera says; None when it is no readable picture."""
    read = cv2.imread(str(path), cv2.IMREAD_COLOR)
    return None if read is None else np.asarray(cv2.cvtColor(read, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def head_of(picture: Picture) -> Picture:
    """The square around the middle of the upper part, where portraits hold the face."""
    high, wide = picture.shape[:2]
    side = max(int(min(wide * 0.74, high * 0.66)), 1)
    left, top = (wide - side) // 2, min(int(high * 0.07), high - side)
    return picture[top : top + side, left : left + side]


def wearing(look: Look, picture: Picture) -> Look:
    """`look` with the picture's head and colours."""
    high, wide = picture.shape[:2]
    head = head_of(picture)
    third = len(head) // 3
    clothes = _colours(picture[int(high * 0.7) :, int(wide * 0.2) : max(int(wide * 0.8), 1)])
    top = saturated(clothes[0], 1.15)
    return replace(
        look, species="human", hat="", glasses="", beard="",
        skin=code(_colours(head[third : 2 * third + 1, third : 2 * third + 1])[0]),
        hair=code(_colours(head[: max(third // 2, 1)])[0]),
        top=code(top), accent=code(saturated(clothes[1], 1.3)), bottom=code(darker(clothes[1], 0.45)),
        head=_packed(head),
    )  # fmt: skip


def worn_as_head(pen: Pen, look: Look, face: Picture) -> None:
    """The picture as a round cut-out with a rim, in the light of the scene."""
    pen.fill(ellipse(0, -0.05, 1.3), look.accent)
    pen.fill(ellipse(0, -0.05, 1.22), "#fbf8f0")
    size = max(int(pen.size * 2.26), 3)
    shrunk = cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA if size < len(face) else cv2.INTER_CUBIC)
    light = np.array(pen.palette.ambient, np.float32) / 255
    veil, amount = pen.palette.style.veil
    graded = shrunk.astype(np.float32) * (0.45 + 0.55 * light)
    graded += (np.array(rgb(veil), np.float32) - graded) * np.float32(amount * 0.6)
    mask = np.zeros((size, size), np.uint8)
    cv2.circle(mask, (size * 8, size * 8), int(size * 7.9), 255, -1, cv2.LINE_AA, 4)
    x, y = pen.place(np.array([[0.0, -0.05]]))[0]
    pen.canvas.paste(graded.clip(0, 255).astype(np.uint8), mask, round(float(x) - size / 2), round(float(y) - size / 2))


def unpacked(text: str) -> Picture | None:
    try:
        raw = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    except (binascii.Error, ValueError):
        return None
    decoded = cv2.imdecode(raw, cv2.IMREAD_COLOR) if len(raw) else None
    return None if decoded is None else np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def _packed(head: Picture) -> str:
    small = cv2.resize(head, (HEAD_PX, HEAD_PX), interpolation=cv2.INTER_AREA)
    done, data = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return base64.b64encode(data.tobytes()).decode("ascii") if done else ""


def _colours(region: Picture) -> list[tuple[float, float, float]]:
    """The two colours that fill most of a region, the larger first."""
    flat = cv2.resize(region, (24, 24), interpolation=cv2.INTER_AREA).reshape(-1, 3).astype(np.float32)
    order = np.argsort(flat.sum(axis=1), kind="stable")
    start = np.repeat(np.arange(3), len(flat) // 3)[np.argsort(order, kind="stable")].astype(np.int32)
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 12, 1.0)
    _, labels, centres = cv2.kmeans(flat, 3, start[:, None], criteria, 1, cv2.KMEANS_USE_INITIAL_LABELS)
    by_size = np.argsort(-np.bincount(labels.ravel(), minlength=3), kind="stable")
    return [(float(r), float(g), float(b)) for r, g, b in centres[by_size[:2]]]
