"""What is converted is bounded, whatever a file or its facts say of its length."""

from __future__ import annotations

import asyncio

from media_assets.probe import probe
from pipeline.cut import conversions, ffmpeg
from tests.pipeline.cut import media


def test_no_more_of_a_sound_is_converted_than_an_upload_may_last(tmp_path):
    media.run("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", 1_000, tmp_path / "long.flac")
    argv = conversions.sound(tmp_path / "long.flac", tmp_path / "take.mp3", format="flac", channels=1)
    asyncio.run(ffmpeg.run(argv, length_s=10))
    assert 900_000 <= probe(tmp_path / "take.mp3").duration_ms <= 902_000


def test_no_more_of_a_clip_is_converted_than_an_upload_may_last(tmp_path):
    source = media.clip(tmp_path / "long.mp4", "color=c=red:s=64x64:r=1", frames=120)
    facts = {"format": "mov", "fps": 1.0, "width": 64, "height": 64, "has_audio": False}
    asyncio.run(ffmpeg.run(conversions.clip(source, tmp_path / "take.mp4", (64, 64), facts=facts), length_s=10))
    assert 60_000 <= probe(tmp_path / "take.mp4").duration_ms <= 62_000


def test_every_deadline_has_an_end():
    assert ffmpeg.deadline_s(10) == 230
    assert ffmpeg.deadline_s(300_000) == ffmpeg.LONGEST_DEADLINE_S
