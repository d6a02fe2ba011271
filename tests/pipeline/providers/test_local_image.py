from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pipeline.providers.base import Call, ImageRequest, Made, Reference
from pipeline.providers.local.drawing import __main__ as drawing
from pipeline.providers.local.drawing import brief, look, look_in_png, picture, vocabulary
from pipeline.providers.local.drawing.places import PLACES
from pipeline.providers.local.drawing.styles import STYLES, style_named
from pipeline.providers.local.drawing.things import THINGS
from pipeline.providers.local.image import LocalImage
from pixora.foundation.errors import ProviderError

SIZE = (128, 72)
SUBJECTS = (
    "space", "ocean", "underwater reef", "mountains", "forest", "city", "desert", "farm", "coffee", "computers",
    "castle", "running", "concert", "school", "train", "car",
)  # fmt: skip


def make(out: Path, **wanted: Any) -> Made:
    asked: dict[str, Any] = {"kind": "scene", "name": "1", "prompt": "a fox", "style": "anime", "size": SIZE, "seed": 1}
    asked |= wanted
    return asyncio.run(LocalImage().make(ImageRequest(**asked), Call(out.parent, out, deadline_s=60)))


def draw(out: Path, **wanted: Any) -> np.ndarray:
    """The same picture without a process of its own, in RGB."""
    asked: dict[str, Any] = {
        "kind": "scene", "name": "1", "prompt": "a fox", "style": "cinematic", "size": SIZE,
        "seed": 1, "instructions": "", "references": [], "out": str(out),
    }  # fmt: skip
    drawing.draw(asked | wanted)
    still = cv2.imread(str(out))
    assert still is not None
    return np.asarray(cv2.cvtColor(still, cv2.COLOR_BGR2RGB))


def gist(picture: np.ndarray) -> np.ndarray:
    """The picture without its grain and detail."""
    return cv2.resize(picture, (32, 18), interpolation=cv2.INTER_AREA).astype(float)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(gist(one) - gist(other)).mean())


def a_photo(path: Path) -> Path:
    """A green jacket below a face that is blue on its left and yellow on its right."""
    picture = np.full((240, 200, 3), 205, np.uint8)
    picture[20:150, 40:100], picture[20:150, 100:160] = (40, 60, 220), (230, 210, 40)
    picture[165:, 30:170] = (20, 160, 60)
    cv2.imwrite(str(path), cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return path


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = make(tmp_path / "a.png"), make(tmp_path / "b.png")
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.facts["things"] == ["fox"]


def test_another_seed_gives_another_composition(tmp_path: Path) -> None:
    pictures = [draw(tmp_path / "a.png", seed=seed) for seed in range(3)]
    assert difference(pictures[0], pictures[1]) > 8
    assert difference(pictures[1], pictures[2]) > 8


@pytest.mark.parametrize("size", [(154, 86), (86, 154), (96, 96), (128, 96), (2, 2), (426, 240)])
def test_a_picture_has_exactly_the_size_asked_for(tmp_path: Path, size: tuple[int, int]) -> None:
    assert draw(tmp_path / "a.png", size=size).shape == (size[1], size[0], 3)


def test_each_subject_gives_a_picture_of_its_own(tmp_path: Path) -> None:
    pictures = [draw(tmp_path / "a.png", prompt=subject) for subject in SUBJECTS]
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert difference(one, other) > 8


def test_each_style_looks_different(tmp_path: Path) -> None:
    pictures = [
        draw(tmp_path / "a.png", prompt="sailing at noon", style=style) for style in (*STYLES, "neon", "my own")
    ]
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert difference(one, other) > 3


def test_noir_is_black_and_white(tmp_path: Path) -> None:
    still = draw(tmp_path / "a.png", prompt="city street", style="noir").astype(int)
    assert np.abs(still[..., 0] - still[..., 2]).mean() < 12


def test_free_style_text_always_means_the_same() -> None:
    assert style_named("Rough Bauhaus poster") == style_named("rough bauhaus poster ")
    assert style_named("soft watercolour").manner == STYLES["watercolor"].manner
    assert style_named("dreamy pastel").finish == STYLES["cinematic"].finish


def test_every_word_leads_to_a_place_and_a_thing_that_can_be_drawn() -> None:
    assert set(vocabulary.THINGS) == set(THINGS) == set(vocabulary.HOMES)
    assert set(vocabulary.PLACES) | {"plain"} == set(PLACES) >= set(vocabulary.USUAL)
    assert {name for names in vocabulary.USUAL.values() for name in names if name} <= set(THINGS)


@pytest.mark.parametrize("name", sorted(THINGS))
def test_every_thing_shows_in_its_picture(name: str) -> None:
    rng = np.random.default_rng(1)
    asked = brief.Brief(vocabulary.HOMES[name], (name,), "day", "", "")
    stage = picture.set_stage(asked, STYLES["cinematic"], (96, 54), rng, 0)
    PLACES[asked.place](stage)
    empty = stage.canvas.pixels.astype(int)
    picture.place_things(stage, ())
    assert np.abs(stage.canvas.pixels - empty).max() > 40


@pytest.mark.parametrize(
    ("prompt", "place", "hour", "weather", "shot"),
    [
        ("Wide shot of the ocean: a sailing boat, sunset, cinematic style", "sea", "sunset", "", "wide"),
        ("Close-up of a fox in the snowy forest at night", "forest", "night", "snow", "close"),
        ("Aerial view of a city in a thunderstorm", "city", "", "storm", "aerial"),
        ("the rings of Saturn", "space", "", "", ""),
        ("zzz qqq", "plain", "", "", ""),
        ("El océano al amanecer", "sea", "", "", ""),
    ],
)
def test_a_prompt_is_read(prompt: str, place: str, hour: str, weather: str, shot: str) -> None:
    read = brief.read(prompt, "", np.random.default_rng(0))
    assert (read.place, read.hour, read.weather, read.shot) == (place, hour, weather, shot)


@pytest.mark.parametrize(
    "prompt", ["zzz qqq", "a heat exchanger", "a wait of 30 minutes", "energy and time", "the story of us"]
)
def test_what_is_not_named_is_not_drawn(prompt: str) -> None:
    assert brief.read(prompt, "", np.random.default_rng(3)).things == ()


@pytest.mark.parametrize(
    ("prompt", "place", "thing"),
    [
        ("A lighthouse, mystery novel", "sea", "lighthouse"),
        ("ice cream", "kitchen", "icecream"),
        ("repotting a houseplant", "plain", "houseplant"),
        ("a fox wants to see the sea", "sea", "fox"),
        ("house with solar panels on the roof", "fields", "house"),
    ],
)
def test_a_thing_stands_where_it_can_be(prompt: str, place: str, thing: str) -> None:
    read = brief.read(prompt, "", np.random.default_rng(0))
    assert (read.place, read.things[0]) == (place, thing)


def test_an_instruction_counts_more_than_the_prompt(tmp_path: Path) -> None:
    read = brief.read("a bright day in the mountains", "at night", np.random.default_rng(0))
    assert (read.place, read.hour) == ("mountains", "night")
    plain, told = (draw(tmp_path / "a.png", prompt="mountains", instructions=text) for text in ("", "at night"))
    assert told.mean() < plain.mean() - 20


@pytest.mark.parametrize("prompt", ["space", "a city at night", "forest storm night", "rats in a dark alley"])
@pytest.mark.parametrize("style", ["noir", "neon"])
def test_no_picture_is_nearly_black(tmp_path: Path, prompt: str, style: str) -> None:
    assert draw(tmp_path / "a.png", prompt=prompt, style=style).mean() > 36


def test_no_part_of_a_picture_is_flat(tmp_path: Path) -> None:
    for prompt in ("clear sky at noon", "desert", "space", "kitchen"):
        still = draw(tmp_path / "a.png", prompt=prompt, style="clay", size=(192, 108)).astype(float)
        blocks = still.mean(axis=2).reshape(9, 12, 16, 12).transpose(0, 2, 1, 3).reshape(-1, 144)
        assert (blocks.std(axis=1) > 0.4).mean() > 0.95


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🚀🚀 \U0001f469\u200d\U0001f680",
        "قطة في الفضاء",
        "<svg onload=alert(1)>&lt;&amp;\"'",
        "../../etc/passwd\x00",
        "\ud800 lone",
        "word " * 1600,
        "%s {0} $(id) `id`",
        "東京の夜",
    ],
)
def test_any_text_gives_a_picture(tmp_path: Path, text: str) -> None:
    assert draw(tmp_path / "a.png", prompt=text, style=text or "?", instructions=text, name=text).std() > 5
    assert draw(tmp_path / "b.png", kind="character", prompt=text, style=text or "?", name=text).std() > 5


def test_hostile_text_goes_through_the_process_too(tmp_path: Path) -> None:
    made = make(tmp_path / "a.png", prompt="\ud800 🚀 <svg onload=alert(1)> \x00", style="`id`", instructions="\u202e")
    assert made.path.stat().st_size > 1000


def test_a_failure_is_one_clean_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProviderError) as caught:
        make(tmp_path / "missing" / "a.png")
    assert caught.value.message == "The picture could not be drawn."


def profile(folder: Path, name: str, prompt: str) -> Reference:
    path = folder / f"{name}.png"
    draw(path, kind="character", name=name, prompt=prompt)
    return Reference(name, path)


def in_scene(folder: Path, reference: Reference | None, **wanted: Any) -> np.ndarray:
    given = [{"name": reference.name, "path": str(reference.path), "kind": reference.kind}] if reference else []
    return draw(folder / "scene.png", references=given, size=(192, 108), **wanted)


def share_of(picture: np.ndarray, colour: tuple[int, int, int], reach: float = 70) -> float:
    """Measure how much of the picture is near that colour."""
    return float((np.linalg.norm(picture.astype(float) - colour, axis=2) < reach).mean())


def test_a_profile_carries_its_look(tmp_path: Path) -> None:
    mia = profile(tmp_path, "Mia", "a red-haired girl in a yellow raincoat")
    stored = look_in_png.read_look(mia.path)
    assert stored == look.from_words("Mia", "a red-haired girl in a yellow raincoat ")
    assert stored is not None
    assert (stored.build, stored.top, stored.top_kind, stored.hair) == ("child", "#f4c63a", "coat", "#c8482a")


@pytest.mark.parametrize("prompt", ["mountains", "the ocean", "a city street", "a kitchen"])
def test_a_character_keeps_its_colours_in_every_scene(tmp_path: Path, prompt: str) -> None:
    otto = profile(tmp_path, "Otto", "a robot with a purple coat")
    purple = (130, 80, 180)
    with_otto = in_scene(tmp_path, otto, prompt=prompt, style="documentary", instructions="noon")
    without = in_scene(tmp_path, None, prompt=prompt, style="documentary", instructions="noon")
    assert share_of(with_otto, purple) > share_of(without, purple) + 0.01


def test_a_scene_tells_who_is_in_it(tmp_path: Path) -> None:
    reference = profile(tmp_path, "Renny", "clever fox with a green scarf")
    told = drawing.draw(
        {
            "kind": "scene", "name": "2", "prompt": "mountains", "style": "anime", "size": (128, 72),
            "seed": 4, "instructions": "", "out": str(tmp_path / "s.png"),
            "references": [{"name": "Renny", "path": str(reference.path), "kind": "profile"}],
        }
    )  # fmt: skip
    assert told["characters"] == ["Renny"]


def test_characters_differ_by_name_and_words() -> None:
    looks = {look.from_words(name, "a traveller") for name in ("Ada", "Ben", "Cleo", "Dan")}
    assert len(looks) == 4
    assert look.from_words("X", "an old sailor").hat == "captain"
    assert look.from_words("X", "an astronaut").hat == "bubble"
    assert look.from_words("X", "a friendly robot").species == "robot"


def test_a_photo_lends_its_face_and_colours_to_the_character(tmp_path: Path) -> None:
    photo = a_photo(tmp_path / "photo.png")
    sheet = draw(
        tmp_path / "ana.png", kind="character", name="Ana", style="documentary", size=(192, 108),
        references=[{"name": "Ana", "path": str(photo), "kind": "photo"}],
    )  # fmt: skip
    stored = look_in_png.read_look(tmp_path / "ana.png")
    assert stored is not None
    assert 1000 < len(stored.head) < 30_000
    assert share_of(sheet, (40, 60, 220)) > 0.01
    assert share_of(sheet, (230, 210, 40)) > 0.01
    assert share_of(sheet, (20, 160, 60)) > 0.02


@pytest.mark.parametrize("from_profile", [True, False])
def test_a_photographed_character_wears_that_head_in_scenes(tmp_path: Path, from_profile: bool) -> None:
    reference = Reference("Ana", a_photo(tmp_path / "photo.png"), "photo")
    if from_profile:
        given = {"name": "Ana", "path": str(reference.path), "kind": "photo"}
        draw(tmp_path / "ana.png", kind="character", name="Ana", references=[given])
        reference = Reference("Ana", tmp_path / "ana.png")
    seen = in_scene(tmp_path, reference, prompt="a school", style="documentary")
    without = in_scene(tmp_path, None, prompt="a school", style="documentary")
    assert share_of(seen, (40, 60, 220)) > share_of(without, (40, 60, 220)) + 0.004
    assert share_of(seen, (230, 210, 40), 60) > share_of(without, (230, 210, 40), 60) + 0.004


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_a_reference_that_is_no_picture_is_drawn_from_its_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(content)
    assert in_scene(tmp_path, Reference("Ana", path, "photo")).std() > 5


@pytest.mark.parametrize("text", ["[]", "{", '{"head": 7, "species": "dragon", "hat": "sofa", "skin": "red"}', "null"])
def test_a_look_that_was_tampered_with_does_no_harm(tmp_path: Path, text: str) -> None:
    reference = profile(tmp_path, "Mia", "a girl")
    assert look_in_png.read_look(reference.path) is not None
    forged = PngInfo()
    forged.add_text(look_in_png.KEYWORD, text)
    with Image.open(reference.path) as picture:
        picture.save(reference.path, pnginfo=forged)
    assert in_scene(tmp_path, reference).std() > 5


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("prompt", ["a fox in a forest", "a fox in the snow", "an empty room", "waves on the ocean"])
def test_darker_and_brighter_can_be_seen(tmp_path: Path, style: str, prompt: str) -> None:
    usual, darker, brighter = (
        draw(tmp_path / "a.png", prompt=f"{prompt}{light}", style=style).mean()
        for light in ("", ", darker", ", brighter")
    )
    assert darker + 15 <= usual <= brighter - 15


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("a fox", 0),
        ("a fox, darker", -1),
        ("a fox, much darker", -2),
        ("darker, then brighter", 1),
        ("a fox with lighter fur", 0),
        ("a lighter on a table", 0),
        ("much brighter", 2),
    ],
)
def test_the_light_that_is_said_last_counts(said: str, steps: int) -> None:
    assert brief.read(said, "", np.random.default_rng(1)).brightness == steps


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("too dark here, please make the picture brighter", 1),
        ("it is way too dark", 1),
        ("viel zu dunkel hier", 1),
        ("demasiado oscuro", 1),
        ("trop sombre", 1),
        ("troppo scura", 1),
        ("escuro demais", 1),
        ("te donker", 1),
        ("太暗了", 1),
        ("too bright", -1),
        ("das ist zu hell", -1),
    ],
)
def test_a_complaint_of_the_light_asks_for_the_opposite_and_for_no_night(said: str, steps: int) -> None:
    told = brief.read("a quiet harbour at dawn", said, np.random.default_rng(1))
    assert (told.brightness, told.hour) == (
        steps,
        brief.read("a quiet harbour at dawn", "", np.random.default_rng(1)).hour,
    )


def test_a_darker_picture_is_the_same_picture(tmp_path: Path) -> None:
    usual = draw(tmp_path / "a.png", prompt="a fox in a forest")
    darker = draw(tmp_path / "a.png", prompt="a fox in a forest, darker")
    assert np.corrcoef(gist(usual).ravel(), gist(darker).ravel())[0, 1] > 0.95
    assert difference(usual, draw(tmp_path / "a.png", prompt="a fox in a forest", instructions="darker")) > 15


def test_the_darkest_night_is_not_black(tmp_path: Path) -> None:
    assert draw(tmp_path / "a.png", prompt="a fox at night, much darker", style="noir").mean() > 20
