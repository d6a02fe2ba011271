"""A character, drawn from its look: the same figure in every picture, in many poses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing import headgear, heads, masks
from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
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
    if pose.back:
        _body(body, look, pose)
        _pack(body, look, pose)
        _cape(body, look)
    else:
        _cape(body, look)
        _pack(body, look, pose)
        _body(body, look, pose)
    _head(body, look, pose, face)


def _head(body: Pen, look: Look, pose: Pose, face: NDArray[np.uint8] | None) -> None:
    grown = 1.18 if look.build == "child" else 1.0
    head = body.at(pose.turn * 0.015, -0.815 - 0.02 * (grown - 1) * 5, 0.155 * grown)
    if face is not None and not pose.back:
        masks.photo(head, look, face)
        return
    heads.draw(head, look, pose.turn, back=pose.back)
    headgear.draw(head, look, pose.turn, back=pose.back)
    if pose.bubble and look.hat != "bubble":
        headgear.bubble(head)


def _narrow(pose: Pose) -> float:
    return 1 - 0.26 * abs(pose.turn)


def _body(pen: Pen, look: Look, pose: Pose) -> None:
    slim = _narrow(pose)
    _far_arm, _near_arm = (1, -1) if pose.turn < 0 else (-1, 1)
    _arm(pen, look, pose, _far_arm, 0.0)
    _legs(pen, look, pose, slim)
    _torso(pen, look, pose, slim)
    _arm(pen, look, pose, _near_arm, pose.arm)


def _legs(pen: Pen, look: Look, pose: Pose, slim: float) -> None:
    tone = look.top if look.top_kind == "suit" else look.bottom
    for side in (-1, 1):
        stride = side * (0.055 * slim + 0.1 * pose.step)
        lift = 0.06 if pose.floating and side > 0 else 0.0
        foot = (stride + (0.03 * side if pose.floating else 0), -0.03 - lift)
        shade = rgb(tone) if side > 0 else darker(rgb(tone), 0.12)
        pen.fill(
            limb(
                (side * 0.06 * slim, -0.43), (side * 0.062 * slim + stride * 0.35, -0.22), foot, width=0.118, end=0.088
            ),
            shade,
        )
        toe = 0.03 * pose.turn + (0 if abs(pose.turn) > 0.3 else side * 0.012)
        pen.fill(
            curve(
                (foot[0] - 0.055 + toe, foot[1] + 0.045),
                (foot[0] - 0.05 + toe, foot[1] - 0.02),
                (foot[0] + 0.05 + toe, foot[1] - 0.02),
                (foot[0] + 0.058 + toe * 1.6, foot[1] + 0.045),
                steps=5,
            ),
            look.shoes,
        )


def _torso(pen: Pen, look: Look, pose: Pose, slim: float) -> None:
    top = look.top
    half = 0.15 * slim
    flare, low = {"dress": (0.2, -0.19), "coat": (0.155, -0.3)}.get(look.top_kind, (0.125, -0.39))
    shape = curve(
        (-0.05, -0.7),
        (0.05, -0.7),
        (half * 0.98, -0.655),
        (half * 0.98, -0.52),
        (max(flare * slim, half * 0.8), low),
        (0, low + 0.016),
        (-max(flare * slim, half * 0.8), low),
        (-half * 0.98, -0.52),
        (-half * 0.98, -0.655),
    )
    pen.fill(box(-0.04, -0.73, 0.08, 0.07), look.skin if look.species != "robot" else "#6a7280")
    pen.fill(shape, lighter(rgb(top), 0.06), darker(rgb(top), 0.1))
    if not pose.back:
        _front(pen, look, pose.turn * 0.05, slim)
    if look.scarf:
        pen.fill(
            curve((-0.1, -0.715), (0, -0.69), (0.1, -0.715), (0.105, -0.655), (0, -0.63), (-0.105, -0.655)), look.scarf
        )
        pen.fill(poly((0.03, -0.66), (0.085, -0.665), (0.1, -0.5), (0.04, -0.49)), darker(rgb(look.scarf), 0.1))


def _front(pen: Pen, look: Look, x: float, slim: float) -> None:
    accent, dark = look.accent, darker(rgb(look.top), 0.35)
    if look.top_kind == "coat":
        pen.fill(poly((x - 0.05, -0.7), (x + 0.05, -0.7), (x + 0.012, -0.5), (x - 0.012, -0.5)), accent)
        pen.fill(box(x - 0.004, -0.5, 0.008, 0.19), dark, opacity=0.7)
        pen.fill([ellipse(x + 0.03, y, 0.011) for y in (-0.47, -0.41, -0.35)], accent)
        pen.fill([box(x + s * 0.085 * slim - 0.028, -0.4, 0.056, 0.014, 0.005) for s in (-1, 1)], dark, opacity=0.7)
    elif look.top_kind == "suit":
        pen.fill(box(x - 0.06, -0.6, 0.12, 0.09, 0.015), darker(rgb(look.top), 0.25))
        pen.fill([ellipse(x - 0.035 + 0.035 * i, -0.572, 0.01) for i in range(3)], accent, lit=True)
        pen.fill(box(-0.125 * slim, -0.435, 0.25 * slim, 0.025), accent)
    elif look.top_kind == "overall":
        pen.fill(box(x - 0.085 * slim, -0.58, 0.17 * slim, 0.2, 0.02), look.bottom)
        pen.fill(
            [line(np.array([[x + s * 0.07 * slim, -0.57], [s * 0.085 * slim, -0.69]]), 0.03) for s in (-1, 1)],
            look.bottom,
        )
        pen.fill([ellipse(x + s * 0.066 * slim, -0.562, 0.012) for s in (-1, 1)], "#e0b84a")
        pen.fill(box(x - 0.04, -0.5, 0.08, 0.06, 0.012), darker(rgb(look.bottom), 0.2))
    elif look.top_kind == "dress":
        pen.fill(box(-0.128 * slim, -0.5, 0.256 * slim, 0.026), accent)
        pen.fill(curve((x - 0.05, -0.7), (x, -0.66), (x + 0.05, -0.7)), look.skin)
    else:
        pen.fill(
            [box(-0.147 * slim, -0.56 + d, 0.294 * slim, 0.03) for d in (0.0, 0.055)], accent, opacity=0.92, model=False
        )


def _arm(pen: Pen, look: Look, pose: Pose, side: int, raised: float) -> None:
    slim = _narrow(pose)
    shoulder = (side * 0.135 * slim, -0.645)
    sway = 0.05 * pose.step * side
    if raised > 0.35:
        elbow, hand = (shoulder[0] + side * 0.11, -0.6), (shoulder[0] + side * 0.15, -0.68 - 0.16 * raised)
    elif pose.floating:
        elbow, hand = (shoulder[0] + side * 0.09, -0.6), (shoulder[0] + side * 0.19, -0.55)
    else:
        elbow, hand = (
            (shoulder[0] + side * 0.05 + sway, -0.52),
            (shoulder[0] + side * (0.05 + 0.06 * raised) + sway * 2, -0.4 - 0.1 * raised),
        )
    sleeve = look.top if look.top_kind != "overall" else look.accent
    pen.fill(limb(shoulder, elbow, hand, width=0.088, end=0.062), darker(rgb(sleeve), 0.08))
    glove = look.accent if look.top_kind == "suit" else look.skin if look.species != "robot" else "#6a7280"
    pen.fill(ellipse(hand[0], hand[1], 0.039), glove)


def _cape(pen: Pen, look: Look) -> None:
    if look.cape:
        pen.fill(
            curve((-0.1, -0.69), (0.1, -0.69), (0.2, -0.4), (0.27, -0.1), (0.05, -0.07), (-0.22, -0.1), (-0.19, -0.4)),
            look.cape,
            darker(rgb(look.cape), 0.25),
        )


def _pack(pen: Pen, look: Look, pose: Pose) -> None:
    if look.pack or look.hat == "bubble":
        x = -pose.turn * 0.1
        pen.fill(box(x - 0.15, -0.68, 0.3, 0.29, 0.05), darker(rgb(look.accent), 0.12))
        if pose.back:
            pen.fill(
                [box(x - 0.09, -0.54, 0.18, 0.1, 0.02), box(x - 0.13, -0.61, 0.26, 0.014)],
                darker(rgb(look.accent), 0.35),
            )
