"""Encodes raw sound as AAC, in a child process."""

from __future__ import annotations

from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.sound.sound_plan import RATE
from pixora.foundation import processes


async def encode(master: Path, out: Path, *, samples: int, report: Report = no_report) -> None:
    """Encode raw sound as an AAC track of exactly `samples` in an MP4 file."""
    with ffmpeg.temporary_name(out) as temporary:
        asked = {"master": master, "out": temporary, "samples": samples}
        deadline_s = ffmpeg.deadline_s(samples / RATE)
        await processes.ask("pipeline.cut.sound.aac_pieces", asked, deadline_s=deadline_s, report=report)
