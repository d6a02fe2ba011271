"""Encodes a film's sound in parts side by side: ffmpeg's AAC encoder has one thread, and a re-cut would wait for it.

Parts overlap by some frames that are encoded twice and kept once. So the encoder is settled, and knows what comes,
where they meet, and what is heard there is as near to the source as anywhere else. The parts depend on the length
alone: every machine makes the same file.
"""

from __future__ import annotations

import asyncio
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.packet import Packet

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.sound import sound_graph
from pipeline.cut.sound.sound_plan import RATE

FRAME = 1024
"""Samples in each AAC packet; the first packet of an encoding holds none that are heard."""
PART_FRAMES = 30 * RATE // FRAME
SHORT_FRAMES = 10 * RATE // FRAME
"""A sound that is longer than two of these has two parts, however short they are."""
OVERLAP = 16
"""Frames; about a third of a second."""


@dataclass(frozen=True)
class Part:
    """Frames of the sound that are kept, and those that are encoded."""

    begin: int
    end: int
    read_from: int
    read_to: int


def parts(samples: int) -> list[Part]:
    """About equally long. The last ends beyond the sound's last frame."""
    frames = -(-samples // FRAME)
    count = max(round(frames / PART_FRAMES), min(frames // SHORT_FRAMES, 2), 1)
    borders = [frames * number // count for number in range(count + 1)]
    return [
        Part(begin, end, max(begin - OVERLAP, 0), min(end + OVERLAP, frames))
        for begin, end in itertools.pairwise(borders)
    ]


async def encode(master: Path, out: Path, *, samples: int, report: Report = no_report) -> None:
    """Encode raw sound as an AAC track of exactly `samples` in an MP4 file."""
    cut = parts(samples)
    names = [out.with_name(f"{out.stem}.{number}.part.m4a") for number in range(len(cut))]
    done, cores = [0.0] * len(cut), asyncio.Semaphore(len(os.sched_getaffinity(0)))

    def tell(number: int, fraction: float) -> None:
        done[number] = fraction
        report(sum(done) / len(done))

    async def one(number: int) -> None:
        part = cut[number]
        first, end = part.read_from * FRAME, min(part.read_to * FRAME, samples)
        argv = sound_graph.encode(master, names[number], first=first, samples=end - first)
        async with cores:
            await ffmpeg.run(argv, length_s=(end - first) / RATE, report=lambda fraction: tell(number, fraction))

    try:
        async with asyncio.TaskGroup() as group:
            for number in range(len(cut)):
                group.create_task(one(number))
        with ffmpeg.temporary_name(out) as temporary:
            await asyncio.to_thread(_join, cut, names, temporary)
    except* Exception as failed:  # noqa: BLE001 - a group's first error is the encoding's
        raise failed.exceptions[0] from None
    finally:
        for name in names:
            name.unlink(missing_ok=True)


def _join(cut: list[Part], names: list[Path], out: Path) -> None:
    with av.open(str(out), "w", format="mp4", options={"movie_timescale": str(RATE), "fflags": "+bitexact"}) as joined:
        stream: AudioStream | None = None
        for part, name in zip(cut, names, strict=True):
            with av.open(str(name)) as source:
                stream = stream or joined.add_stream_from_template(source.streams.audio[0])
                for packet in _kept(part, source):
                    packet.stream = stream
                    joined.mux(packet)


def _kept(part: Part, source: av.container.InputContainer) -> Iterator[Packet[AudioStream]]:
    """At their places in the whole; the first part's priming stays before the beginning."""
    packets = (packet for packet in source.demux(audio=0) if packet.size)
    for place, packet in enumerate(packets, part.read_from):
        if part.begin + bool(part.begin) <= place <= part.end:
            packet.pts = packet.dts = (place - 1) * FRAME
            yield packet
