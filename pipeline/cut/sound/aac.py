"""Encodes raw sound as AAC, in a child process."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.sound.sound_plan import RATE
from pixora.foundation import processes


async def encode(master: Path, out: Path, *, samples: int, report: Report = no_report) -> None:
    """Encode raw sound as an AAC track of exactly `samples` in an MP4 file."""
    with ffmpeg.temporary_name(out) as temporary:
        await processes.run(
            processes.python_module("pipeline.cut.sound.aac_pieces"),
            deadline_s=ffmpeg.deadline_s(samples / RATE),
            stdin=json.dumps({"master": master, "out": temporary, "samples": samples}, default=str).encode(),
            on_line=lambda line: report(float(line.removeprefix("progress "))),
            env=processes.lean_environment(),
        )
