"""A character, drawn from its look: the same figure in every picture, in many poses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing import heads_and_clothes, photo
from pipeline.providers.local.drawing.colour import darker, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.painter import narrow
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb
from pipeline.providers.local.drawing.stage import Pen


@dataclass(frozen=True)
class Pose:
    turn: float = 0.0
    """-1 looks to the left, 0 at the viewer, 1 to the right."""
    back: bool = False
    arm: float = 0.0
    """0 hangs, 1 waves."""
    step: float = 0.0
    """0 stands, 1 strides."""
    floating: bool = False
    bubble: bool = False
    """A glass helmet, for places without air."""


def draw(pen: Pen, look: Look, pose: Pose, face: NDArray[np.uint8] | None = None) -> None:
    """`face` is a square picture worn as the head, where the look has one."""
    if not pose.floating:
        pen.shade_under(0.5, 0.5)
    body = pen.at(0, -0.02, 0.98 if look.build != "child" else 0.92)
    layers = (_cape, _pack, _body)
    for layer in layers[::-1] if pose.back else layers:
        layer(body, look, pose)
    _head(body, look, pose, face)


def _head(body: Pen, look: Look, pose: Pose, face: NDArray[np.uint8] | None) -> None:
    grown = 1.18 if look.build == "child" else 1.0
    head = body.at(pose.turn * 0.015, -0.815 - 0.02 * (grown - 1) * 5, 0.155 * grown)
    if face is not None and not pose.back:
        photo.worn_as_head(head, look, face)
        return
    heads_and_clothes.head(head, look, pose.turn, back=pose.back)
    if pose.bubble and look.hat != "bubble":
        heads_and_clothes.paint(head, "hats/bubble", look)


def _body(pen: Pen, look: Look, pose: Pose) -> None:
    near = -1 if pose.turn < 0 else 1
    _arm(pen, look, pose, -near, 0.0)
    _legs(pen, look, pose, narrow(pose.turn))
    _torso(pen, look, pose)
    _arm(pen, look, pose, near, pose.arm)


def _legs(pen: Pen, look: Look, pose: Pose, slim: float) -> None:
    tone = look.top if look.top_kind == "suit" else look.bottom
    for side in (-1, 1):
        stride = side * (0.055 * slim + 0.1 * pose.step)
        lift = 0.06 if pose.floating and side > 0 else 0.0
        foot = (stride + (0.03 * side if pose.floating else 0), -0.03 - lift)
        shade = rgb(tone) if side > 0 else darker(rgb(tone), 0.12)
        hip, knee = (side * 0.06 * slim, -0.43), (side * 0.062 * slim + stride * 0.35, -0.22)
        pen.fill(limb(hip, knee, foot, width=0.118, end=0.088), shade)
        x, sole, top = foot[0], foot[1] + 0.045, foot[1] - 0.02
        toe = 0.03 * pose.turn + (0 if abs(pose.turn) > 0.3 else side * 0.012)
        heel, tip = (x - 0.055 + toe, sole), (x + 0.058 + toe * 1.6, sole)
        pen.fill(curve(heel, (x - 0.05 + toe, top), (x + 0.05 + toe, top), tip, steps=5), look.shoes)


def _torso(pen: Pen, look: Look, pose: Pose) -> None:
    pen.fill(box(-0.04, -0.73, 0.08, 0.07), look.skin if look.species != "robot" else "#6a7280")
    heads_and_clothes.top(pen, look, pose.turn, back=pose.back)
    if look.scarf:
        heads_and_clothes.paint(pen, "clothes/scarf", look)


def _arm(pen: Pen, look: Look, pose: Pose, side: int, raised: float) -> None:
    x, sway = side * 0.135 * narrow(pose.turn), 0.05 * pose.step * side
    shoulder = (x, -0.645)
    if raised > 0.35:
        elbow, hand = (x + side * 0.11, -0.6), (x + side * 0.15, -0.68 - 0.16 * raised)
    elif pose.floating:
        elbow, hand = (x + side * 0.09, -0.6), (x + side * 0.19, -0.55)
    else:
        elbow = (x + side * 0.05 + sway, -0.52)
        hand = (x + side * (0.05 + 0.06 * raised) + sway * 2, -0.4 - 0.1 * raised)
    sleeve = look.top if look.top_kind != "overall" else look.accent
    pen.fill(limb(shoulder, elbow, hand, width=0.088, end=0.062), darker(rgb(sleeve), 0.08))
    glove = look.accent if look.top_kind == "suit" else look.skin if look.species != "robot" else "#6a7280"
    pen.fill(ellipse(hand[0], hand[1], 0.039), glove)


def _cape(pen: Pen, look: Look, pose: Pose) -> None:
    if look.cape:
        heads_and_clothes.paint(pen, "clothes/cape", look)


def _pack(pen: Pen, look: Look, pose: Pose) -> None:
    if look.pack or look.hat == "bubble":
        heads_and_clothes.paint(pen, "clothes/pack", look, pose.turn, back=pose.back)
