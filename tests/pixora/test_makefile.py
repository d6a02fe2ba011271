"""The real Makefile in a folder with spaces, with a stand-in for the interpreter that tells how it was called."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pixora.embedded.paths import CHECKOUT

MAKEFILE = (CHECKOUT / "Makefile").read_text()
TELL = "import json, os, sys; print(json.dumps({'argv': sys.argv[1:], 'env': dict(os.environ)}))"
INTERPRETER = f"""#!/bin/sh
echo "$@" >> calls
if [ "$1" = -m ] && [ "$2" = venv ]; then
  for folder; do :; done
  rm -rf "$folder" && mkdir -p "$folder/bin" && cp "$0" "$folder/bin/python"
elif [ "$1" = -m ] && [ "$2" = pip ]; then
  [ ! -e no-network ]
elif [ "$1" != -c ]; then
  exec "{sys.executable}" -S -c "{TELL}" "$@"
fi
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "a check out"
    folder.mkdir()
    for file in (CHECKOUT / "Makefile", *CHECKOUT.glob("requirements*.txt")):
        shutil.copy(file, folder)
        os.utime(folder / file.name, (1e9, 1e9))
    (folder / "python three").write_text(INTERPRETER)
    (folder / "python three").chmod(0o755)
    return folder


def make(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", f"PYTHON={checkout}/python three", *arguments],
        cwd=checkout,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
    )


def told(checkout: Path, *arguments: str, **environment: str) -> dict[str, Any]:
    done = make(checkout, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def calls(checkout: Path) -> list[str]:
    path = checkout / "calls"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return [line for line in lines if line.startswith("-m")]


@pytest.mark.parametrize(
    "prompt",
    [
        "Create a 30-second video about space exploration",
        "$(shell touch ran) $(error no) ${HOME} $5 $$ $@ $<",
        "`touch ran`; touch ran; $(touch ran) && touch ran | touch ran",
        "\"double\" 'single' it's \\ back\\slash \\\" \\n",
        "# no comment, 50% = half: a, b; c? *.py ~ ! [x]",
        "two\nlines and\n\ta tab",
        "endef\nvideo: ; touch ran",
        "ünïcödé 日本語 🚀 שלום",
        "--help",
        "x" * 8000,
    ],
)
@pytest.mark.parametrize("way", ["make", "environment"])
def test_a_prompt_is_text(checkout: Path, prompt: str, way: str) -> None:
    answer = told(checkout, "video", f"PROMPT={prompt}") if way == "make" else told(checkout, "video", PROMPT=prompt)
    assert answer["env"]["PIXORA_VIDEO_PROMPT"] == prompt
    assert answer["argv"] == ["manage.py", "make_video"]
    assert not (checkout / "ran").exists()


def test_every_option_reaches_python(checkout: Path) -> None:
    [names] = re.findall(r"^VIDEO_OPTIONS := (.*)$", MAKEFILE, re.MULTILINE)
    answer = told(checkout, "video", *(f"{name}=$(shell {name})" for name in names.split()))
    given = {name: value for name, value in answer["env"].items() if name.startswith("PIXORA_VIDEO_")}
    assert given == {f"PIXORA_VIDEO_{name}": f"$(shell {name})" for name in names.split()}


def test_the_language_of_the_system_is_not_the_films(checkout: Path) -> None:
    assert told(checkout, "video", LANGUAGE="en_US:en")["env"]["PIXORA_VIDEO_LANGUAGE"] == ""
    assert told(checkout, "video", "LANGUAGE=de", LANGUAGE="en_US:en")["env"]["PIXORA_VIDEO_LANGUAGE"] == "de"


def test_a_bench_is_chosen_by_name(checkout: Path) -> None:
    assert told(checkout, "bench")["argv"] == ["-m", "tests.bench"]
    chosen = told(checkout, "bench", "ONLY=plan * cut")
    assert (chosen["argv"], chosen["env"]["PIXORA_BENCH_ONLY"]) == (["-m", "tests.bench"], "plan * cut")


def test_the_port_of_the_studio_reaches_python(checkout: Path) -> None:
    answer = told(checkout, "studio", "PORT=$(shell touch ran)9000")
    assert answer["argv"] == ["manage.py", "studio"]
    assert answer["env"]["PIXORA_STUDIO_PORT"] == "$(shell touch ran)9000"
    assert told(checkout, "studio", PORT="9000")["env"]["PIXORA_STUDIO_PORT"] == "9000"


def test_help_lists_every_target(checkout: Path) -> None:
    [targets] = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    listed = [line.split()[0] for line in make(checkout).stdout.splitlines()]
    assert sorted(listed) == sorted(targets.split())


def test_set_up_happens_once_and_follows_the_requirements(checkout: Path) -> None:
    assert make(checkout, "video").returncode == 0
    environment, *installed = calls(checkout)
    assert environment == "-m venv --clear .venv"
    assert [call.rpartition("-r ")[2] for call in installed] == ["requirements.txt", "requirements-files.txt"]
    assert make(checkout, "video").returncode == 0
    assert calls(checkout) == []
    os.utime(checkout / ".venv/.ready", (1e9, 1e9))
    os.utime(checkout / "requirements.txt", (1.1e9, 1.1e9))
    assert make(checkout, "video").returncode == 0
    assert calls(checkout) == installed


def test_an_installation_that_was_broken_off_is_made_anew(checkout: Path) -> None:
    (checkout / "no-network").touch()
    assert make(checkout, "video").returncode != 0
    (checkout / "no-network").unlink()
    calls(checkout)
    assert make(checkout, "test").returncode == 0
    assert calls(checkout)[0] == "-m venv --clear .venv"


def test_a_python_that_is_too_old_is_refused_in_a_sentence(checkout: Path) -> None:
    done = make(checkout, "video", "PYTHON=false")
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith("Pixora needs Python 3.11 or newer with its venv module; false is")
    assert not (checkout / ".venv").exists()
