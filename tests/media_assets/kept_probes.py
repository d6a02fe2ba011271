"""Files that were probed once in a session of tests are not decoded again: doubles hand over the same bytes each time.

What a probe finds depends on the file's bytes and on what was asked of it, so those name what is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from av.container import InputContainer

from media_assets import probe
from media_assets.probe import Probe


@contextmanager
def kept_probes() -> Iterator[None]:
    read = probe._read
    kept: dict[tuple[str, bool, float], Probe] = {}

    def read_once(container: InputContainer, name: str, every_frame: bool, longest_s: float) -> Probe:
        asked = hashlib.sha256(Path(container.name).read_bytes()).hexdigest(), every_frame, longest_s
        if asked not in kept:
            kept[asked] = read(container, name, every_frame, longest_s)
        return kept[asked]

    with patch.object(probe, "_read", read_once):
        yield
