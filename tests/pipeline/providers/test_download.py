"""A vendor's result counts when all of it can be read, and is fetched again until it can."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from media_assets.probe import probe
from pipeline.providers import download as downloads
from pipeline.providers.download import download
from pixora.foundation.errors import ProviderError
from tests.emulators import media

WHOLE = media.mp4(2, 16 / 9)


def with_a_hole(clip: bytes) -> bytes:
    middle = clip.index(b"mdat") + (len(clip) - clip.index(b"mdat")) // 2
    return clip[:middle] + bytes(200) + clip[middle + 200 :]


@pytest.fixture
def came(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The pieces that come over the line, one after the other."""
    contents: list[bytes] = []

    async def stream(_url: str, path: Path) -> None:
        await asyncio.to_thread(path.write_bytes, contents.pop(0))

    monkeypatch.setattr(downloads, "_stream", stream)
    monkeypatch.setattr(downloads, "fetches", lambda: [0.0] * 3)
    return contents


def test_a_clip_with_a_damaged_frame_is_fetched_again(came: list[bytes], tmp_path: Path) -> None:
    came += [with_a_hole(WHOLE), WHOLE]
    found = asyncio.run(download("http://x/clip.mp4", tmp_path / "out.mp4", expect="video"))
    assert (tmp_path / "out.mp4").read_bytes() == WHOLE
    assert found == probe(tmp_path / "out.mp4", every_frame=True)


@pytest.mark.parametrize("content", [with_a_hole(WHOLE), WHOLE[:-400], b"<html>", b""])
def test_what_can_never_be_read_fails_for_good(content: bytes, came: list[bytes], tmp_path: Path) -> None:
    came += [content] * 3
    with pytest.raises(ProviderError, match="could not be fetched") as failed:
        asyncio.run(download("http://x/clip.mp4", tmp_path / "out.mp4", expect="video"))
    assert not failed.value.retryable
    assert not (tmp_path / "out.mp4").exists()
