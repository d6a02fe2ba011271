"""Tests of what the studio's modules keep to, beside what Biome checks: it leaves templates as they are written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline.planning.kinds import GENERATED, Kind
from tests.code_counts import untyped_javascript

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path
    for folder in ("chat/static", "pixora/static")
    for path in (ROOT / folder).rglob("*.js")
    if "bundle" not in path.parts and path.name != "preact.js"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_line_is_longer_than_one_can_read(path: Path) -> None:
    assert [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []


def test_the_functions_of_pure_modules_say_their_types() -> None:
    assert list(untyped_javascript()) == []


@pytest.mark.parametrize("kind", GENERATED)
def test_the_studio_calls_each_kind_of_piece_what_the_server_calls_it(kind: Kind) -> None:
    text = (ROOT / "chat/static/studio/words/kinds.js").read_text(encoding="utf-8")
    rows = text.partition("KINDS = ")[2].removesuffix(";\n")
    row = json.loads(re.sub(r",(\s*})", r"\1", re.sub(r"^(\s*)(\w+):", r'\1"\2":', rows, flags=re.M)))[kind]
    about = kind.about
    assert (row["name"], row["plural"], row["madeBy"]) == (about.label.lower(), about.plural, about.capability)
    assert row["file"] == {"image": "picture", "video": "clip", "audio": "sound"}[about.medium]
