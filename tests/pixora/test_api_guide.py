"""The commands of docs/api.md, as a reader would copy them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from media_assets.probe import probe
from pixora.embedded.paths import CHECKOUT
from tests.pixora.test_studio import Studio, everything_is_ready, studio

GUIDE_TAKES_S = 240

__all__ = ["studio"]


@pytest.mark.crash
def test_every_command_of_the_guide_works_in_its_order(studio: Studio, tmp_path: Path) -> None:
    missing = [tool for tool in ("curl", "jq") if not shutil.which(tool)]
    assert not missing, f"The guide's commands need {' and '.join(missing)}: apt-get install {' '.join(missing)}."
    studio.start()
    everything_is_ready(studio)
    finished = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands(studio)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=GUIDE_TAKES_S,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert probe(tmp_path / "film.mp4").duration_ms == 10_000
    for told in ('"clip",10000', "scene/1\tready\tfalse\t4", "1\tfalse", "2\ttrue", '"not_found"'):
        assert told in finished.stdout


def commands(studio: Studio) -> str:
    guide = (CHECKOUT / "docs" / "api.md").read_text()
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", guide, re.DOTALL))
    link = re.search(r"http://\S+/login/\S+", studio.said)
    assert link
    return f"LINK={link[0]}\n" + blocks.replace("http://localhost:8000", studio.url)
