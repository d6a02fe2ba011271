"""README is honest about what has the GPL among what is installed with Pixora."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import espeakng_loader

from pipeline.cut.ffmpeg import executable
from pixora.embedded.paths import CHECKOUT

README = (CHECKOUT / "README.md").read_text()


def test_ffmpeg_is_named_where_it_is_built_with_gpl_parts() -> None:
    said = subprocess.run([executable(), "-version"], capture_output=True, text=True, check=True).stdout
    assert ("--enable-gpl" in said) == ("ffmpeg program of imageio-ffmpeg" in README)


def test_the_encoders_in_the_wheel_of_pyav_are_named() -> None:
    libraries = [path.name for path in Path(av.__file__).parents[1].glob("av.libs/*")]
    for name in ("x264", "x265"):
        assert any(library.startswith(f"lib{name}") for library in libraries) == (name in README), name


def test_espeak_is_named_as_a_library_that_is_loaded() -> None:
    assert Path(espeakng_loader.get_library_path()).is_file()
    assert "espeak-ng, a library that a child" in README
