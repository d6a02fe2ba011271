"""A file elsewhere, read as if it were here."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx

from pixora.foundation.errors import ServiceDown

RESUMES = 5
"""How often in a row a line may break without a single byte having come."""

Ask = Callable[[int], httpx.Response]


class RemoteFile(io.RawIOBase):
    """Streamed from wherever it is read; what a broken line left out is asked for from that byte on.

    `ask` opens the content from a byte on, as a response that is not read yet; `response` is the one from byte 0. It is
    asked for before the file is made, because Python closes a file whose making failed, too.
    """

    def __init__(self, ask: Ask, response: httpx.Response) -> None:
        self._ask = ask
        self._place = 0
        self._rest = memoryview(b"")
        self._read(response)
        self.size = _whole_size(response)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Costs nothing until something is read there."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        place = max(0, start + offset)
        if place != self._place:
            self._hang_up()
            self._place = place
        return place

    def readinto(self, buffer: Any) -> int:
        if self._place >= self.size:
            return 0
        if not self._rest:
            self._rest = memoryview(self._next())
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        self._place += count
        return count

    def close(self) -> None:
        if not self.closed:
            self._hang_up()
        super().close()

    def _next(self) -> bytes:
        for _ in range(RESUMES):
            try:
                if self._response.is_closed:
                    self._read(self._ask(self._place))
                if chunk := next(self._chunks, b""):
                    return chunk
            except httpx.TransportError:
                pass  # the line broke: asked again from here
            self._hang_up()
        raise ServiceDown("The storage breaks off while a file is read: please try again soon.")

    def _read(self, response: httpx.Response) -> None:
        self._response = response
        self._chunks: Iterator[bytes] = response.iter_bytes()

    def _hang_up(self) -> None:
        self._response.close()
        self._rest = memoryview(b"")


def _whole_size(response: httpx.Response) -> int:
    """Read it from `bytes 5-9/10` of a part, or take the length of the whole."""
    of_part = re.fullmatch(r"bytes \d+-\d+/(\d+)", response.headers.get("content-range", ""))
    return int(of_part[1] if of_part else response.headers["content-length"])
