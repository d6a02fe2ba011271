"""The site of `docs/` can be built: each page has its place in it, and each link leads somewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pixora.embedded.paths import CHECKOUT


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(asked, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    pages = {path.relative_to(CHECKOUT / "docs").with_suffix(".html") for path in (CHECKOUT / "docs").rglob("*.md")}
    navigation = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert [page for page in pages if f'href="{page}"' not in navigation and page.name != "index.html"] == []
