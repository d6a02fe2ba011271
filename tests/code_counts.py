"""Counts what tells whether one can live in this code: `make house`. It counts, it does not judge.

A fragment is a docstring whose first line is no sentence: it begins with a preposition or a question's word and has no
subject of its own ("Of one event loop.", "Who asks."). Only modules, classes and functions that others may use count.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ("pixora", "media_assets", "pipeline", "chat")
FRAGMENT = re.compile(
    r"(?:PURE: )?(?:of|who|whoever|whom|whose|what|whatever|whether|where|when|which|how|why|as|in|by|for|from|to|at"
    r"|with|within|until|while|than|without|beside|so|blocking|after|before|on)\b",
    re.IGNORECASE,
)
LONGEST_LINE = 120
LONGEST_FUNCTION = 26
"""Lines, with its signature and its docstring."""
EXPORTED = re.compile(
    r"^(?:/\*\*(?P<said>(?:(?!\*/).)*)\*/\n)?"
    r"export (?:async )?(?:function (?P<name>\w+)|const (?P<arrow>\w+) = (?:async )?\()",
    re.M | re.S,
)
"""A function that a JavaScript module exports, with the comment before it."""


def main() -> None:
    docstrings = [first for _, first in first_lines()]
    fragments = [first for first in docstrings if FRAGMENT.match(first)]
    print(f"modules at the top of pipeline/: {modules_at_the_top()}")
    print(f"knots of folders: {len(knots(folder_imports()))}")
    print(f"public docstrings: {len(docstrings)}, of which fragments: {len(fragments) / len(docstrings):.1%}")
    print(f"lines of JavaScript over {LONGEST_LINE}: {long_lines()}")
    print(f"exported functions of pure JavaScript modules without types: {len(list(untyped_javascript()))}")
    print(f"lines of Python in pipeline/providers/local: {lines('pipeline/providers/local')}")
    print(f"functions over {LONGEST_FUNCTION} lines, without tests: {len(list(long_functions()))}")
    print(f"lines of Python without tests: {sum(lines(folder) for folder in CODE)}, of tests: {lines('tests')}")


def python_files(folder: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts)


def modules_at_the_top() -> int:
    return sum(1 for path in (ROOT / "pipeline").glob("*.py") if path.name != "__init__.py")


def lines(folder: str) -> int:
    return sum(path.read_text(encoding="utf-8").count("\n") for path in python_files(folder))


def long_lines() -> int:
    ours = subprocess.run(["git", "ls-files", "*.js"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    written = (line for name in ours.split() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return sum(1 for line in written if len(line) > LONGEST_LINE)


def untyped_javascript() -> Iterator[str]:
    """Yield the exported functions of the studio's pure modules whose comment does not say what they return."""
    for path in sorted((ROOT / "chat" / "static" / "studio").rglob("*.js")):
        text = path.read_text(encoding="utf-8")
        if text.startswith(("// PURE:", "/** PURE:")):
            for found in EXPORTED.finditer(text):
                if "@returns" not in (found["said"] or ""):
                    yield f"{path.name}: {found['name'] or found['arrow']}"


def long_functions() -> Iterator[str]:
    for folder in CODE:
        for path in python_files(folder):
            found = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            functions = (one for one in found if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
            long = (one for one in functions if (one.end_lineno or 0) - one.lineno >= LONGEST_FUNCTION)
            yield from (f"{path.relative_to(ROOT)}:{one.name}" for one in long)


def first_lines() -> Iterator[tuple[str, str]]:
    """Yield where each public docstring stands, and its first line."""
    for folder in CODE:
        for path in python_files(folder):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                    name = getattr(node, "name", "")
                    said = ast.get_docstring(node)
                    if said and not name.startswith("_"):
                        yield f"{path.relative_to(ROOT)}:{name}", said.splitlines()[0]


def folder_imports() -> Mapping[str, set[str]]:
    """The folders that each folder imports, as dotted names, without those that it is in and those that are in it: a
    folder's own modules may use its rooms, and its rooms what lies beside them."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in CODE:
        for path in python_files(folder):
            here = _folder(path)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module:
                    for alias in node.names:
                        there = _folder_of_name(f"{node.module}.{alias.name}")
                        if there and not (f"{there}.".startswith(f"{here}.") or f"{here}.".startswith(f"{there}.")):
                            found[here].add(there)
    return found


def _folder(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).parent.parts)


def _folder_of_name(name: str) -> str:
    """The folder of the module that this dotted name is, or is in; empty for other people's."""
    parts = name.split(".")
    if parts[0] not in CODE:
        return ""
    while parts and not (ROOT / Path(*parts)).with_suffix(".py").is_file():
        if (ROOT / Path(*parts) / "__init__.py").is_file():
            return ".".join(parts)
        parts.pop()
    return ".".join(parts[:-1])


def knots(imports: Mapping[str, set[str]]) -> list[set[str]]:
    """Sets of folders of which each reaches each other one."""
    reached = {folder: _reached(folder, imports) for folder in imports}
    found: list[set[str]] = []
    for folder in imports:
        knot = {other for other in reached[folder] if folder in reached.get(other, set())}
        if len(knot) > 1 and knot not in found:
            found.append(knot)
    return found


def _reached(folder: str, imports: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(imports.get(folder, ()))
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting += imports.get(name, ())
    return found


if __name__ == "__main__":
    main()
