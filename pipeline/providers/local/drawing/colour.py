"""Colours as RGB triples from 0 to 255, and the few ways they are mixed."""

from __future__ import annotations

import colorsys
from functools import cache

RGB = tuple[float, float, float]


@cache
def rgb(code: str) -> RGB:
    """`#rrggbb` as a triple."""
    return (float(int(code[1:3], 16)), float(int(code[3:5], 16)), float(int(code[5:7], 16)))


def mix(first: RGB, second: RGB, amount: float) -> RGB:
    """`first` where amount is 0, `second` where it is 1."""
    a, b, c = (one + (other - one) * amount for one, other in zip(first, second, strict=True))
    return (a, b, c)


def lighter(colour: RGB, amount: float) -> RGB:
    return mix(colour, (255.0, 255.0, 255.0), amount)


def darker(colour: RGB, amount: float) -> RGB:
    return mix(colour, (8.0, 8.0, 20.0), amount)


def times(colour: RGB, other: RGB) -> RGB:
    """Both multiplied, as light of one colour falls on a surface of the other."""
    return (colour[0] * other[0] / 255, colour[1] * other[1] / 255, colour[2] * other[2] / 255)


def luma(colour: RGB) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def saturated(colour: RGB, amount: float) -> RGB:
    """0 is grey, 1 leaves the colour, above 1 is more vivid."""
    grey = luma(colour)
    r, g, b = (min(max(grey + (part - grey) * amount, 0.0), 255.0) for part in colour)
    return (r, g, b)


def turned(colour: RGB, turn: float) -> RGB:
    """The hue moved by `turn` of the whole circle."""
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    return from_hue(hue + turn, light, saturation)


def from_hue(hue: float, light: float, saturation: float) -> RGB:
    r, g, b = colorsys.hls_to_rgb(hue % 1.0, light, saturation)
    return (r * 255, g * 255, b * 255)


def code(colour: RGB) -> str:
    return "#" + "".join(f"{min(max(round(part), 0), 255):02x}" for part in colour)
