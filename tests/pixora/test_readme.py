"""The README says what is so: its commands are read, its table has every option, its links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import get_args

import pytest

from pipeline.film.settings import (
    DEFAULT_DURATION_S,
    DURATION_STEP_S,
    LANGUAGES,
    MAX_DURATION_S,
    MIN_DURATION_S,
    RATIOS,
    STYLES,
    Language,
    TaskSettings,
)
from pipeline.planning.kinds import place_of
from pixora.api import api
from pixora.embedded.paths import CHECKOUT
from pixora.management.film_request import FLAGS, read_request

README = (CHECKOUT / "README.md").read_text()
MAKEFILE = (CHECKOUT / "Makefile").read_text()
WORDS_A_MINUTE = 250
VIDEOS = re.findall(r"^make video (.+?)(?:\s+#.*)?$", README, re.MULTILINE)
ROWS = dict(re.findall(r"^\| `([A-Z]+)` \| (.+?) \|", README, re.MULTILINE))


def test_it_is_read_in_three_minutes() -> None:
    prose = re.sub(r"```.*?```|^\|.*$|!\[.*?\]\(.*?\)", "", README, flags=re.DOTALL | re.MULTILINE)
    assert len(re.sub(r"\]\([^)]*\)", "]", prose).split()) <= 3 * WORDS_A_MINUTE


@pytest.mark.parametrize("options", VIDEOS)
def test_its_commands_order_films(options: str, tmp_path: Path) -> None:
    given = {name.lower(): value for name, value in (part.split("=", 1) for part in shlex.split(options))}
    for name, ending in (("reference", ".jpg"), ("script", ".docx")):
        assert given.pop(name, ending).endswith(ending)
    given |= {"out": str(tmp_path / given["out"])} if "out" in given else {}
    if "prompt" in given:
        assert read_request(given).settings.resolution == "720p"


def test_its_table_has_every_option_with_its_choices_and_defaults() -> None:
    assert {name.lower() for name in ROWS} == set(FLAGS)
    usual = TaskSettings()
    for name, choices in (("RATIO", RATIOS), ("STYLE", STYLES), ("LANGUAGE", LANGUAGES)):
        assert all(choice in ROWS[name] for choice in choices)
    assert f"multiple of {DURATION_STEP_S} from {MIN_DURATION_S} to {MAX_DURATION_S}" in ROWS["DURATION"]
    table = README[README.index("| variable |") : README.index("`python manage.py make_video --help`")]
    assert f"{len(get_args(Language)) - len(LANGUAGES)} more" in ROWS["LANGUAGE"]
    for default in (usual.aspect_ratio, usual.style, usual.resolution, usual.voice, usual.language):
        assert f"| {default} |" in table
    assert f"or {DEFAULT_DURATION_S} |" in table


def test_its_commands_of_make_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_its_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert links
    assert [link for link in links if "://" not in link and not (CHECKOUT / link).exists()] == []


def test_a_films_folder_holds_what_it_says() -> None:
    places = {place_of(key) for key in ("fullvideo", "captions", "scene/1", "audio/1", "video/1", "music/1")}
    assert places == {"fullvideo", "captions", "scene1/image", "scene1/audio", "scene1/video", "music/clip_1"}


def test_its_requests_are_operations_of_the_api() -> None:
    paths = api.get_openapi_schema()["paths"]
    asked = re.findall(r"json \$TASK/(\w+)(.*)", README)
    assert [name for name, _ in asked] == ["script", "quote", "runs", "video"]
    for name, rest in asked:
        assert ("post" if "-d " in rest or "POST" in rest else "get") in paths[f"/api/v1/tasks/{{task_id}}/{name}"]
