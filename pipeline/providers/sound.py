"""The sound that a generator made, whatever its format, as the MP3 that is kept."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from media_assets.file_format import format_of
from pipeline.cut import ffmpeg
from pixora.foundation.errors import BadMedia, ProcessFailed, ProviderError

KBPS = 192
LONGEST_S = 600.0


async def to_mp3(came: Path, out: Path) -> None:
    """Turn a sound file into an MP3. Raises ProviderError, not retryable: what came was paid for."""
    try:
        argv = ["-hide_banner", "-loglevel", "error", "-nostdin", "-f", await asyncio.to_thread(format_of, came)]
        argv += ["-i", os.fspath(came), "-t", str(LONGEST_S), "-map", "0:a:0"]
        await ffmpeg.run([*argv, "-c:a", "libmp3lame", "-b:a", f"{KBPS}k", "-y", os.fspath(out)], length_s=LONGEST_S)
    except (BadMedia, ProcessFailed) as error:
        raise ProviderError("The sound that was made cannot be read: start it again to try anew.") from error
