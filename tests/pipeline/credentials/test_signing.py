"""Tests of what is signed, and what of the file stays as it was."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from pipeline.credentials import keys, manifest, signing
from pipeline.credentials.pieces import Maker, Piece, Source, whole
from pipeline.cut import ffmpeg
from tests.pipeline.credentials import reading

HASH = "0123456789abcdef" * 4
AI, OWN = Maker(Source.AI, "fal", "kling-3"), Maker(Source.OWN)


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.PIXORA_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Two seconds of picture and sound, its index in front."""
    path = tmp_path / "film.mp4"
    made = ["-f", "lavfi", "-i", "testsrc2=size=128x72:rate=30:duration=2", "-f", "lavfi", "-i", "sine=duration=2"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-movflags", "+faststart", "-y", str(path)]
    subprocess.run([ffmpeg.executable(), "-loglevel", "error", *made, *coded], check=True)
    return path


def piece(number: int, kind: str = "video", maker: Maker = AI) -> Piece:
    return Piece(f"{kind}/{number}", f"{number:04x}{kind.encode().hex():0<12.12}" + HASH[16:], maker, HASH, number)


def test_a_reader_accepts_it_and_the_streams_are_as_they_were(home: Path, film: Path) -> None:
    before, bytes_before = reading.packets(film), film.stat().st_size
    told = signing.sign(film, manifest.of_film([piece(1), piece(2)], [1, 2]))
    state, active, wrong = reading.read(film)
    assert (told, state, wrong) == (
        {"signed": True, "by": keys.OWN_NAME, "self_signed": True}, "Valid", [reading.UNTRUSTED],
    )  # fmt: skip
    assert [each["title"] for each in active["ingredients"]] == ["Clip of scene 1", "Clip of scene 2"]
    assert reading.packets(film) == before
    assert film.stat().st_size - bytes_before < 12_000
    order = [kind for kind, _, _ in reading.boxes(film)]
    assert order.index("moov") < order.index("mdat"), "it starts to play before it is whole"
    labels = reading.jumbf_labels(film)
    assert labels[0] == "c2pa"
    assert {"c2pa.claim.v2", "c2pa.signature", manifest.LABEL} <= set(labels)


@pytest.mark.parametrize("where", ["moov", "mdat", "uuid"])
def test_one_flipped_bit_is_found(home: Path, film: Path, where: str) -> None:
    signing.sign(film, manifest.of_film([piece(1)], [1]))
    at = next(place + length - 40 for kind, place, length in reading.boxes(film) if kind == where)
    flipped = bytearray(film.read_bytes())
    at = flipped.index(b"kling-3") if where == "uuid" else at
    flipped[at] ^= 1
    film.write_bytes(flipped)
    assert reading.read(film)[0] == "Invalid"


def test_sixty_scenes_stay_below_a_hundred_kilobytes(home: Path, film: Path) -> None:
    pieces = [piece(number, kind) for number in range(1, 61) for kind in ("scene", "audio", "video")]
    bytes_before = film.stat().st_size
    assert signing.sign(film, manifest.of_film(pieces, list(range(1, 61))))["signed"]
    assert film.stat().st_size - bytes_before < 100_000
    assert reading.read(film)[0] == "Valid"


def test_the_same_pieces_are_told_alike(home: Path, film: Path) -> None:
    first = manifest.of_film([piece(1), piece(2), piece(1)], [1, 2])
    assert json.dumps(first) == json.dumps(manifest.of_film([piece(1), piece(2), piece(1)], [1, 2]))
    assert len(first["ingredients"]) == 2, "one take in two places is one ingredient"


@pytest.mark.parametrize(
    ("sources", "term"),
    [
        ([Source.AI], "trainedAlgorithmicMedia"),
        ([Source.AI, Source.OWN], "compositeSynthetic"),
        ([Source.AI, Source.DRAWN], "compositeSynthetic"),
        ([Source.DRAWN], "algorithmicMedia"),
        ([Source.OWN], "composite"),
        ([Source.OWN, Source.DRAWN], "composite"),
        ([], "composite"),
    ],
)
def test_what_the_whole_film_is_called(sources: list[Source], term: str) -> None:
    assert whole(sources) == term


def test_the_key_is_made_once_and_for_its_owner_alone(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = home / keys.FILE
    first = keys.identity()
    keys._own.cache_clear()
    assert keys.identity() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.key.decode() not in repr(first)
    assert "PRIVATE KEY" not in caplog.text


def test_a_film_is_finished_without_the_library(
    home: Path, film: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = film.read_bytes()
    monkeypatch.setitem(sys.modules, "c2pa", None)
    told = signing.sign(film, manifest.of_film([piece(1)], [1]))
    assert told == {"signed": False, "why": signing.NO_LIBRARY}
    assert film.read_bytes() == before
    assert signing.warnings_of(told) == [f"This film carries no Content Credentials: {signing.NO_LIBRARY}"]
