from __future__ import annotations

import asyncio
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cut.sound import aac, aac_pieces
from tests.pipeline.cut import media

RATE = media.RATE


def encoded(sound: media.Sound, folder: Path) -> tuple[media.Sound, list[float]]:
    """Return what is heard of it, and the progress that was told."""
    told: list[float] = []
    sound.tofile(folder / "master.f32")
    asyncio.run(aac.encode(folder / "master.f32", folder / "sound.m4a", samples=len(sound), report=told.append))
    return media.listen(folder / "sound.m4a"), told


def test_pieces_follow_each_other_and_are_equally_long():
    assert [(piece.begin, piece.end) for piece in aac_pieces.pieces(RATE)] == [(0, 47)]
    cut = aac_pieces.pieces(300 * RATE)
    assert [piece.begin for piece in cut[1:]] == [piece.end for piece in cut[:-1]]
    assert (cut[0].begin, cut[-1].end) == (0, -(-300 * RATE // 1024))
    assert {piece.end - piece.begin for piece in cut[:-1]} == {225}, "4.8 s"
    assert aac_pieces.pieces(200 * RATE)[:-1] == cut[: len(aac_pieces.pieces(200 * RATE)) - 1], "whatever the length"


@pytest.mark.parametrize("samples", [1, 1023, 1024, 1025, RATE // 3])
def test_a_short_sound_keeps_its_exact_length(samples, tmp_path):
    sound = np.full((samples, 2), 0.1, np.float32)
    assert len(encoded(sound, tmp_path)[0]) == samples


@pytest.mark.crash
def test_where_parts_meet_nothing_is_heard(tmp_path):
    """The error of music with beats there is what it is when the same encoder goes on without a stop."""
    at = np.arange(50 * RATE + 777) / RATE
    beats = np.random.default_rng(2).normal(0, 0.3, len(at)) * np.exp(-((at * 3) % 1) * 20)
    tones = [0.2 * np.sin(2 * np.pi * hertz * at) for hertz in (440, 443)]
    sound = np.stack([tone + beats for tone in tones], axis=1).astype(np.float32)
    heard, told = encoded(sound, tmp_path)
    assert len(heard) == len(sound)
    sound.tofile(tmp_path / "whole.f32")
    media.run(
        "-f", "f32le", "-ar", RATE, "-ac", 2, "-i", tmp_path / "whole.f32", "-c:a", "aac", "-aac_coder", "fast",
        "-aac_ms", 0, "-b:a", "192k", tmp_path / "whole.m4a",
    )  # fmt: skip
    ours, plain = heard - sound, media.listen(tmp_path / "whole.m4a")[: len(sound)] - sound
    for piece in aac_pieces.pieces(len(sound))[1:]:
        for frame in range(piece.begin - 3, piece.begin + 3):
            here = slice(frame * 1024, (frame + 1) * 1024)
            assert media.level_db(ours[here]) < media.level_db(plain[here]) + 3
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_only_the_track_is_left(tmp_path):
    encoded(np.zeros((50 * RATE, 2), np.float32), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"master.f32", "sound.m4a", "sound.heard"}
    with av.open(str(tmp_path / "sound.m4a")) as container:
        times = [packet.pts for packet in container.demux(audio=0) if packet.size]
    assert times == [(number - 1) * 1024 for number in range(len(times))]
