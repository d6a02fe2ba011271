"""Heads, hats and clothes: drawings in the colours of a look, turned as their wearer turns."""

from __future__ import annotations

from pipeline.providers.local.drawing.colour import RGB, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.painter import Painter
from pipeline.providers.local.drawing.stage import Pen
from pipeline.providers.local.drawing.svg import ART, drawing

HEADS, HATS, CLOTHES = ({path.stem for path in (ART / kind).iterdir()} for kind in ("heads", "hats", "clothes"))
"""The drawings there are; any other species has a person's head, any other hat is a hard one, any other top a shirt."""
HAIR = frozenset({"long", "bob", "curly", "bun", "ponytail"})
ROLES = ("skin", "hair", "beard", "accent", "top", "bottom", "scarf", "cape")
SIDE, AWAY = 0.81, 0.85
"""From where on one eye is hidden, and the ears and an animal's far eye."""


def head(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    """The head in units of its radius, with glasses and hat."""
    paint(pen, f"heads/{look.species if look.species in HEADS else 'person'}", look, turn, back=back)
    if look.glasses and not back:
        paint(pen, "hats/glasses", look, turn)
    if look.hat:
        paint(pen, f"hats/{look.hat if look.hat in HATS else 'hard'}", look, turn)


def top(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    """Paint the clothes of the torso, in units of the body."""
    paint(pen, f"clothes/{look.top_kind if look.top_kind in CLOTHES else 'shirt'}", look, turn, back=back)


def paint(pen: Pen, name: str, look: Look, turn: float = 0.0, *, back: bool = False) -> None:
    Painter(pen, facts(look, turn, back=back), roles(look), turn=turn).paint(drawing(name))


def roles(look: Look) -> dict[str, RGB]:
    """The colours a drawing may ask for; what is not worn has none."""
    worn = {role: getattr(look, role) for role in ROLES} | {"hat": look.hat_colour or look.accent}
    return {role: rgb(code) for role, code in worn.items() if code}


def facts(look: Look, turn: float, *, back: bool) -> frozenset[str]:
    """List the facts that the classes `when-…` and `unless-…` may ask for."""
    so = {"front": not back, "alien": look.species == "alien", "beard": bool(look.beard), **_turned(turn)}
    return frozenset(fact for fact, holds in so.items() if holds) | _hair(look)


def _turned(turn: float) -> dict[str, bool]:
    side, away, right = abs(turn) > SIDE, abs(turn) > AWAY, turn > 0
    return {
        "right": right, "side": side, "side-right": side and right, "side-left": side and not right,
        "away": away, "away-right": away and right, "away-left": away and not right,
    }  # fmt: skip


def _hair(look: Look) -> frozenset[str]:
    """The style, how its front falls, and whether it is cropped behind."""
    style = look.hair_style
    if look.species != "human" or style == "bald":
        return frozenset()
    front = {"short": "parted", "bob": "parted", "curly": "curly"}.get(style, "fringe")
    behind = style if style in ("long", "bob", "curly") else "cropped"
    return frozenset({front, behind, style} & (HAIR | {"parted", "fringe", "cropped"}))
