"""The packaged fonts, found without importing anything; letters they lack come from the system's fonts."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from pixora.foundation.errors import ServiceDown

PACKAGES: Mapping[str, str] = {
    "Noto Sans Arabic": "fontpkg_noto_sans_arabic",
    "Heebo": "fontpkg_heebo",
    "Noto Sans": "fontpkg_noto_sans",
    "Hind Siliguri": "fontpkg_hind_siliguri",
    "Noto Sans Thai": "fontpkg_noto_sans_thai",
    "Noto Sans CJK TC Bold": "cvttf_NotoSansCJK_Bold",
}
"""The packages that families come in."""


@functools.cache
def folder() -> Path:
    for found in _folders("font_lato"):
        return found / "files"
    raise ServiceDown("There is no font: install font-lato.")


def bold() -> Path:
    return folder() / "Lato-Bold.ttf"


def gathered(families: Collection[str], into: Path) -> Path:
    """Return a folder with the usual font and these families, for libass, which reads one; made within `into`."""
    files = [path for family in families for path in _files(family)]
    if not files:
        return folder()
    into.mkdir(exist_ok=True)
    for path in (bold(), *files):
        if not (into / path.name).exists():
            (into / path.name).symlink_to(path)
    return into


def _files(family: str) -> Iterator[Path]:
    """Yield none where the package is not installed: the system's fonts are looked through then."""
    for found in _folders(PACKAGES.get(family, "")):
        yield from (path for path in found.rglob("*.[ot]tf") if "Italic" not in path.name)


def _folders(package: str) -> Iterator[Path]:
    spec = find_spec(package) if package else None
    yield from map(Path, (spec.submodule_search_locations if spec else None) or ())
