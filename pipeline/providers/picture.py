"""A generator's PNG as the one that is kept: exactly of the size asked for, cropped to fill.

libav does it outside of Python's lock, so the event loop goes on meanwhile; Pillow would hold it while it decodes.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from media_assets.probe import MAX_PIXELS
from pipeline.providers.base import Size
from pixora.errors import BadMedia

SCALING = "lanczos+accurate_rnd+full_chroma_int+full_chroma_inp"
COMPRESSION = "4"
ONE_FRAME = Fraction(1)


def keep(content: bytes, size: Size, out: Path) -> None:
    """Blocking. What has the size already is kept to the byte: to encode it again takes longer than all the rest.

    Raises BadMedia.
    """
    try:
        picture = _decoded(content)
        fits = (picture.width, picture.height, picture.format.name) == (*size, "rgb24")
        kept = content if fits else _encoded(_filled(picture, size))
    except (av.error.FFmpegError, ValueError) as error:
        raise BadMedia("The picture is damaged or no PNG.") from error
    out.write_bytes(kept)


def _decoded(content: bytes) -> VideoFrame:
    decoder = VideoCodecContext.create("png", "r")
    decoder.thread_count = 1
    decoder.options = {"err_detect": "explode", "max_pixels": str(MAX_PIXELS)}
    frames = [*decoder.decode(av.Packet(content)), *decoder.decode(None)]
    if len(frames) != 1 or frames[0].is_corrupt:
        raise BadMedia("The picture is damaged.")
    return frames[0]


def _filled(picture: VideoFrame, size: Size) -> VideoFrame:
    """Its middle, in the ratio of `size`."""
    scale = max(size[0] / picture.width, size[1] / picture.height)
    middle = ":".join(str(round(side / scale)) for side in size)
    graph = Graph()
    graph.threads = 1
    source = graph.add_buffer(width=picture.width, height=picture.height, format=picture.format, time_base=ONE_FRAME)
    steps = [
        source,
        graph.add("crop", f"{middle}:exact=1"),
        graph.add("scale", f"{size[0]}:{size[1]}:flags={SCALING}"),
        graph.add("format", "rgb24"),
        graph.add("buffersink"),
    ]
    graph.link_nodes(*steps).configure()
    graph.vpush(picture)
    return graph.vpull()


def _encoded(picture: VideoFrame) -> bytes:
    encoder = VideoCodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = picture.width, picture.height, "rgb24"
    encoder.time_base, encoder.thread_count = ONE_FRAME, 1
    encoder.options = {"compression_level": COMPRESSION}
    return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
