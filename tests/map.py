"""Writes `docs/map.md` from the first lines of all modules: `make map`. A test holds the page to the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "map.md"
FOLDERS = ("pixora", "media_assets", "pipeline", "chat")
HEAD = """# The map

Every folder and module, in its own words. `make map` writes this page.
"""


def page() -> str:
    return HEAD + "".join(section for folder in FOLDERS for section in _sections(ROOT / folder))


def _sections(folder: Path) -> Iterator[str]:
    modules = [path for path in sorted(folder.glob("*.py")) if path.name != "__init__.py"]
    told = [(path.stem, _said(path)) for path in modules]
    rows = "".join(f"| `{name}` | {said} |\n" for name, said in told if said)
    about = _said(folder / "__init__.py")
    if rows or about:
        table = f"| module | |\n|---|---|\n{rows}" if rows else ""
        yield "\n".join(filter(None, [f"\n## {folder.relative_to(ROOT)}/\n", about and f"{about}\n", table]))
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in ("migrations", "__pycache__", "static") and any(path.rglob("*.py")):
            yield from _sections(path)


def _said(path: Path) -> str:
    """The first paragraph of a module's docstring, in one line."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else None
    return " ".join((text or "").split("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
