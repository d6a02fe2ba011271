"""The packaged fonts, found without importing anything; letters they lack come from the system's fonts."""

from __future__ import annotations

import functools
from importlib.util import find_spec
from pathlib import Path

from pixora.foundation.errors import ServiceDown


@functools.cache
def folder() -> Path:
    spec = find_spec("font_lato")
    for found in (spec.submodule_search_locations if spec else None) or ():
        return Path(found) / "files"
    raise ServiceDown("There is no font: install font-lato.")


def bold() -> Path:
    return folder() / "Lato-Bold.ttf"
