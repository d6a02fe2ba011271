from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, parse

import numpy as np
import pytest

from pipeline.providers.local.drawing import figure, heads_and_clothes, svg
from pipeline.providers.local.drawing.brief import Brief
from pipeline.providers.local.drawing.canvas import Canvas
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.painter import Painter
from pipeline.providers.local.drawing.palette import palette_for
from pipeline.providers.local.drawing.shapes import Rng
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import Drawn, facts, prop
from pipeline.providers.local.drawing.styles import STYLES
from pipeline.providers.local.drawing.things import THINGS

FILES = sorted(svg.ART.rglob("*.svg"))
SIDE = 200
SQUARE = '<rect x="-50" y="-100" width="100" height="100" fill="#3060c0"/>'
COORDINATES = ("d", "data-turned", "data-shift", "x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "viewBox")


@pytest.fixture
def art(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(svg, "ART", tmp_path)
    svg.drawing.cache_clear()
    return tmp_path


def sheet() -> Canvas:
    """White, with nothing that makes paint uneven."""
    canvas = Canvas((SIDE, SIDE), STYLES["documentary"].manner, (-0.6, -0.8), np.random.default_rng(1))
    canvas.pixels[:] = 255
    return canvas


def painted(art: Path, inside: str, *so: str, seed: int = 1, root: str = "", turn: float = 0.0) -> np.ndarray:
    """The picture of a drawing 100 pixels high, its foot in the middle at the bottom."""
    (art / "test.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {root}>{inside}</svg>', encoding="utf-8")
    svg.drawing.cache_clear()
    canvas = sheet()
    pen = Pen(canvas, palette_for(STYLES["documentary"], "day", ""), SIDE / 2, SIDE - 20, 100)
    roles, rng = {"daylight": (255.0, 0.0, 0.0)}, np.random.default_rng(seed)
    Painter(pen, frozenset(so), roles, rng, turn).paint(svg.drawing("test"))
    return canvas.pixels.astype(int)


def inked(picture: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not white."""
    rows, columns = np.nonzero(picture.min(axis=2) < 235)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def near(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) <= 2 for one, other in zip(found, wanted, strict=True))


def test_every_drawing_is_of_a_thing_and_every_thing_has_its_own() -> None:
    shown = {thing.draw.name for thing in THINGS.values() if isinstance(thing.draw, Drawn)}
    assert {f"things/{path.stem}" for path in FILES if path.parent.name == "things"} == {*shown, "things/umbrella"}


def test_every_part_of_a_place_is_painted_somewhere() -> None:
    painters = [path for path in svg.ART.parent.rglob("*") if path.suffix in (".py", ".toml")]
    code = "".join(path.read_text(encoding="utf-8") for path in painters)
    props = {path.stem for path in FILES if path.parent.name == "props"}
    assert {name for name in props if f'"{name}"' in code} == props


def test_light_is_added_and_a_part_of_a_place_is_stretched(art: Path) -> None:
    (art / "props").mkdir()
    shine = SQUARE.replace('fill="#3060c0"', 'class="shine" fill="#3060c0" opacity="0.5"')
    (art / "props/test.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{shine}</svg>', encoding="utf-8")
    canvas = sheet()
    canvas.pixels[:] = 80
    brief = Brief("plain", (), "day", "", "")
    palette = palette_for(STYLES["documentary"], "day", "")
    stage = Stage(canvas, brief, palette, np.random.default_rng(1), 100, (50, 50), (100, 150), 100)
    prop(stage, "test", SIDE / 2, SIDE - 20, 50, wide=3)
    rows, columns = np.nonzero((canvas.pixels > 80).any(axis=2))
    assert near((int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())), (25, 130, 175, 180))
    assert (canvas.pixels >= 80).all()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drawing_is_fit_for_a_designer(path: Path) -> None:
    text, root = path.read_text(encoding="utf-8"), parse(path).getroot()
    assert len(root.get("viewBox", "").split()) == 4
    assert root.findtext("{http://www.w3.org/2000/svg}title")
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(line.startswith("  ") for line in text.splitlines()[1:-1])
    assert not [number for element in root.iter() for number in finer_than_a_tenth(element)]


def finer_than_a_tenth(element: Element) -> list[str]:
    return re.findall(r"\.\d\d+", " ".join(element.get(name, "") for name in COORDINATES))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drawing_paints_about_what_its_view_box_says(path: Path) -> None:
    left, top, wide, high = (float(number) for number in parse(path).getroot().get("viewBox", "").split())
    points = np.concatenate(list(outlines(svg.drawing(str(path.relative_to(svg.ART).with_suffix(""))), np.eye(3))))
    low, far = points.min(axis=0) * svg.UNIT, points.max(axis=0) * svg.UNIT
    assert (low >= (left - 3, top - 3)).all()
    assert (far <= (left + wide + 3, top + high + 3)).all()


def outlines(group: svg.Group, matrix: svg.Matrix) -> list[np.ndarray]:
    here = matrix @ group.matrix
    own = [svg.placed(line, here) for part in group.parts if isinstance(part, svg.Mark) for line in part.outlines
           if part.kind == "shape"]  # fmt: skip
    return own + [line for part in group.parts if isinstance(part, svg.Group) for line in outlines(part, here)]


def test_a_shape_stands_where_its_file_says(art: Path) -> None:
    assert near(inked(painted(art, SQUARE)), (50, 80, 150, 180))
    assert near(inked(painted(art, '<path d="M-20 -50 h40 v20 h-40 z" fill="#3060c0"/>')), (80, 130, 120, 150))
    assert near(inked(painted(art, '<circle cx="0" cy="-50" r="30" fill="#3060c0"/>')), (70, 100, 130, 160))


def test_groups_move_turn_and_scale_what_they_hold(art: Path) -> None:
    half = f'<g transform="translate(0 -20) scale(0.5)">{SQUARE}</g>'
    assert near(inked(painted(art, half)), (75, 110, 125, 160))
    turned = f'<g transform="rotate(90 0 -50)"><g transform="translate(-20 0)">{SQUARE}</g></g>'
    assert near(inked(painted(art, turned)), (50, 60, 150, 160))
    same = f'<g transform="matrix(0.5 0 0 0.5 0 -20)">{SQUARE}</g>'
    assert (painted(art, half) == painted(art, same)).all()


def test_what_is_used_again_is_painted_again(art: Path) -> None:
    twice = f'<g id="a" transform="scale(0.3)">{SQUARE}</g><use href="#a" transform="translate(60 0)"/>'
    assert near(inked(painted(art, twice)), (85, 150, 175, 180))


def test_a_scheme_colours_its_roles(art: Path) -> None:
    shape = SQUARE.replace("<rect", '<rect class="coat flat"')
    seen = {
        tuple(painted(art, shape, seed=seed, root='data-schemes="coat #c02020 | coat #20c020"')[130, 100])
        for seed in range(8)
    }
    assert {max(range(3), key=lambda i: colour[i]) for colour in seen} == {0, 1}
    plain, dark = (
        painted(art, shape.replace("coat", words), root='data-schemes="coat #c02020"')[130, 100].sum()
        for words in ("coat", "coat darker-50")
    )
    assert dark < plain * 0.75


def test_parts_that_do_not_apply_are_left_out(art: Path) -> None:
    when, unless = (f'<g class="{word}-dark" display="none">{SQUARE}</g>' for word in ("when", "unless"))
    assert painted(art, when, "dark").min() < 200 < painted(art, when).min()
    assert painted(art, unless).min() < 200 < painted(art, unless, "dark").min()


def test_one_of_several_is_chosen(art: Path) -> None:
    left, right = (f'<g transform="translate({x} 0) scale(0.2)">{SQUARE}</g>' for x in (-50, 50))
    seen = {inked(painted(art, f'<g class="one-of">{left}{right}</g>', seed=seed))[0] > 100 for seed in range(8)}
    assert seen == {True, False}


def test_a_turn_is_thrown_between_its_ends(art: Path) -> None:
    stick = '<g data-turn="-40 40"><rect x="-2" y="-90" width="4" height="90" fill="#3060c0"/></g>'
    leans = [(lambda box: (box[0] + box[2]) / 2 - 100)(inked(painted(art, stick, seed=seed))) for seed in range(12)]
    assert min(leans) < -8
    assert max(leans) > 8
    assert max(map(abs, leans)) <= 90 * math.sin(math.radians(40)) / 2 + 3
    upright = stick.replace("data-turn", 'data-turn-when="space" data-turn')
    assert abs(sum(inked(painted(art, upright))[::2]) / 2 - 100) <= 2


def test_lights_and_shadows_are_told_from_shapes(art: Path) -> None:
    shadow = painted(art, '<ellipse class="shadow" rx="31" ry="5" fill="#0e0e20" opacity="0.5"/>')
    assert shadow[180, 100].max() < 200
    glow = '<circle class="glow daylight" cx="0" cy="-50" r="40" fill="none" stroke="#ffffff" stroke-opacity="0.9"/>'
    lit = painted(art, SQUARE + glow) - painted(art, SQUARE)
    assert lit[130, 100, 0] > 40 > lit[130, 100, 2]


def test_parts_follow_a_turn(art: Path) -> None:
    nose = '<g data-shift="40 20"><circle cx="0" cy="-50" r="5" fill="#3060c0"/></g>'
    assert near(inked(painted(art, nose, turn=-1.0)), (55, 125, 65, 135))
    assert near(inked(painted(art, nose, turn=0.5)), (105, 125, 115, 135))
    assert near(inked(painted(art, f'<g class="narrow">{SQUARE}</g>', turn=1.0)), (63, 80, 137, 180))
    bent = (
        '<path d="M-20 -50 L20 -50 20 -30 -20 -30 Z" data-turned="M-20 -50 L40 -50 40 -30 -20 -30 Z" fill="#3060c0"/>'
    )
    assert near(inked(painted(art, bent, turn=0.5)), (80, 130, 130, 150))


@pytest.mark.parametrize("name", sorted(heads_and_clothes.HATS | {"hard"}))
def test_every_hat_shows(name: str) -> None:
    bare, hatted = (figure_of(Look(hat=hat)) for hat in ("", name))
    assert np.abs(bare - hatted).max() > 40


def test_a_look_colours_what_is_worn() -> None:
    for role, species, kind in (("skin", "fox", "shirt"), ("hair", "human", "shirt"), ("bottom", "human", "overall")):
        one, other = (
            figure_of(replace(Look(species=species, top_kind=kind), **{role: code})) for code in ("#d02020", "#2020d0")
        )
        seen = np.abs(one - other).max(axis=2) > 60
        assert seen.mean() > 0.005
        assert (one[seen][:, 0] > one[seen][:, 2]).mean() > 0.9 > 0.1 > (other[seen][:, 0] > other[seen][:, 2]).mean()


def test_a_face_is_seen_from_the_front_alone() -> None:
    eyes = [(figure_of(Look(), back=back)[:60] > 245).all(axis=2).sum() for back in (False, True)]
    assert eyes[0] > eyes[1] == 0


def test_what_a_stored_look_says_names_no_file() -> None:
    odd = Look(species="../things/fox", hat="../things/fox", top_kind="../things/fox", hair_style="../x")
    usual = replace(odd, species="human", hat="hard", top_kind="shirt")
    assert (figure_of(odd)[80:] == figure_of(usual)[80:]).all()


def figure_of(look: Look, *, back: bool = False) -> np.ndarray:
    canvas = sheet()
    canvas.pixels[:] = 120
    pen = Pen(canvas, palette_for(STYLES["documentary"], "day", ""), SIDE / 2, SIDE - 10, SIDE * 0.85)
    figure.draw(pen, look, figure.Pose(back=back))
    return canvas.pixels.astype(int)


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0 L9 0 9 9 Z" data-turned="M0 0 L9 0 Z" fill="#3060c0"/>',
        "<text>no</text>",
        '<rect width="9" height="9" fill="red"/>',
        f'<g transform="skewX(9)">{SQUARE}</g>',
        '<use href="#nothing"/>',
        '<rect width="9" height="9" fill="url(#nothing)"/>',
    ],
)
def test_what_cannot_be_painted_is_refused_with_the_name_of_the_file(art: Path, inside: str) -> None:
    with pytest.raises(ValueError, match=r"test\.svg"):
        painted(art, inside)


def test_a_scene_says_what_is_so() -> None:
    rng: Rng = np.random.default_rng(1)
    style, canvas = STYLES["cinematic"], sheet()
    night = palette_for(style, "night", "")
    stage = Stage(canvas, Brief("space", (), "night", "fog", ""), night, rng, 50, (0, 0), (0, 0), 10)
    pen = stage.pen(0, 0, 1)
    assert facts(pen, stage) == {"dark", "dark-or-fog", "space", "afloat", "small", "lit-left"}
    assert "small" not in facts(stage.pen(0, 0, SIDE), stage)
    assert "lit-left" not in facts(stage.pen(0, 0, 1, flip=True), stage)
