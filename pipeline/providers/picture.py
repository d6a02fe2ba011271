"""A generator's PNG as the one that is kept: exactly of the size asked for, cropped to fill.

libav does it outside of Python's lock, so the event loop goes on meanwhile; Pillow would hold it while it decodes.
"""

from __future__ import annotations

import io
import struct
from fractions import Fraction
from pathlib import Path

import av
import av.error
from av.filter import Graph
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from PIL import Image

from media_assets.pictures import is_drawn_too_often
from media_assets.probe import MAX_PIXELS
from pipeline.providers.base import Size
from pixora.foundation.errors import BadMedia

SCALING = "lanczos+accurate_rnd+full_chroma_int+full_chroma_inp"
COMPRESSION = "2"
"""Takes two thirds of the time of 4, while many stills come at once, and 1 % more bytes of a photograph."""
ONE_FRAME = Fraction(1)
SIGNATURE, HEAD, SUM_BYTES = b"\x89PNG\r\n\x1a\n", struct.Struct(">I4s"), 4
OTHER_FORMATS = ("JPEG", "WEBP")
SIGNED = (b"jumb", b"c2pa")
"""What stands in a file that carries a C2PA manifest, whatever its format."""
PICTURE = frozenset({b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"IDAT", b"IEND"})


def keep(content: bytes, size: Size, out: Path) -> None:
    """Write a generator's picture to `out`, exactly of this size. It blocks.

    What has the size already is kept as it is encoded: to do so again takes longer than all the rest.

    Only the picture is kept: nothing that is said about it, no turning, no further frames. A JPEG or WebP becomes a
    PNG first: servers other than OpenAI's own answer with them. Raises BadMedia.
    """
    try:
        bare = _bare(content if content.startswith(SIGNATURE) else _as_png(content))
        picture = _decoded(bare)
        fits = (picture.width, picture.height, picture.format.name) == (*size, "rgb24")
        kept = bare if fits else _encoded(_filled(picture, size))
    except (av.error.FFmpegError, ValueError, struct.error) as error:
        raise BadMedia("The picture is damaged or no PNG.") from error
    out.write_bytes(kept)
    if all(mark in content for mark in SIGNED):
        as_delivered(out).write_bytes(content)


def as_delivered(out: Path) -> Path:
    """Return where a picture lies as it came, for as long as its attempt does, where it carries a manifest (C2PA)."""
    return out.with_name("as_delivered")


def _as_png(content: bytes) -> bytes:
    """Raises BadMedia."""
    converted = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=OTHER_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadMedia("The picture is too large.")
            if picture.format == "JPEG" and is_drawn_too_often(content):
                raise BadMedia("The picture is drawn in far more passes than any needs.")
            picture.convert("RGB").save(converted, "PNG", compress_level=1)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadMedia("The picture is damaged, or neither PNG, JPEG nor WebP.") from error
    return converted.getvalue()


def _bare(content: bytes) -> bytes:
    """A PNG with those of its chunks that are its picture. A chunk is its length, its name, so many bytes, a sum."""
    if not content.startswith(SIGNATURE):
        raise BadMedia("The picture is no PNG.")
    chunks, at, name = [SIGNATURE], len(SIGNATURE), b""
    while name != b"IEND":
        length, name = HEAD.unpack(content[at : at + HEAD.size])
        end = at + HEAD.size + length + SUM_BYTES
        if end > len(content):
            raise BadMedia("The picture is cut short.")
        if name in PICTURE:
            chunks.append(content[at:end])
        at = end
    return b"".join(chunks)


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
