"""The rules of the layout that are read from the code itself; who may import whom stands in `pyproject.toml`."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from tests import code_counts
from tests import map as written

ROOT = Path(__file__).parent.parent
FOLDERS = ("pixora", "media_assets", "pipeline", "chat", "tests")
MAX_LINES = 400

PURE = frozenset(
    {
        "media_assets.file_names",
        "pipeline.engine.retry",
        "pipeline.planning.graph",
        "pipeline.film.narration",
        "pipeline.planning.plan",
        "pipeline.film.script",
        "pipeline.film.script_rules",
        "pipeline.film.settings",
        "pipeline.planning.piece_names",
        "pipeline.film.title",
        "pipeline.cut.narration_fit",
        "pipeline.cut.timeline",
        "pipeline.cut.picture.captions",
        "pipeline.cut.picture.filter_graph",
        "pipeline.cut.profile",
        "pipeline.cut.sound.sound_plan",
    }
)
PURE_LIBRARIES = {
    *(
        "__future__",
        "abc",
        "bisect",
        "collections",
        "contextlib",
        "dataclasses",
        "decimal",
        "difflib",
        "enum",
        "fractions",
    ),
    *("functools", "hashlib", "itertools", "json", "math", "operator", "re", "string", "textwrap", "types", "typing"),
    *("typing_extensions", "unicodedata", "pathlib", "pydantic", "pydantic_core", "ffmpeg", "num2words"),
    *("babel", "py3langid"),
}
"""No Django, no clock, no chance, no operating system. Paths are values; `IMPURE_CALLS` guards their methods."""
CALCULATION = {"base64", "binascii", "copy", "csv", "json_repair", "numpy", "random"}
"""What else a module may use that is not of the core but calls itself pure: random numbers come from its seed."""
SEEDED = {"random.Random"}
IMPURE_CALLS = {
    *("open", "read_text", "read_bytes", "write_text", "write_bytes", "exists", "is_file", "is_dir", "stat", "mkdir"),
    *("unlink", "rename", "touch", "iterdir", "glob", "rglob", "resolve", "cwd", "home", "print", "breakpoint"),
    *("run", "run_async", "execute", "probe"),
}

STARTS_PROCESSES = ("pixora.embedded", "pixora.management.commands.studio", "pixora.foundation.processes", "tests")
PROCESS_MODULES = frozenset({"subprocess", "multiprocessing", "pty", "concurrent.futures.process"})
PROCESS_NAMES = ("fork", "forkpty", "exec", "spawn", "posix_spawn", "system", "popen", "create_subprocess_")

ADAPTERS = ("pipeline.providers", "chat.llm")
CHILDREN = ("pipeline.providers.local",)
"""Run as processes of their own, where the time to start counts."""


@dataclass(frozen=True)
class Module:
    name: str
    source: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names, of modules where the name is one of ours: `from pixora import urls` is pixora.urls."""
        return frozenset(_imports(self.tree))

    @cached_property
    def attributes(self) -> frozenset[str]:
        """`os.fork` and the like, as written."""
        nodes = (ast.unparse(node) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute))
        return frozenset(node for node in nodes if node.replace(".", "").isidentifier())

    @cached_property
    def calls(self) -> frozenset[str]:
        """The last names of everything called."""
        called = (node.func for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return frozenset(
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in called
            if isinstance(node, ast.Attribute | ast.Name)
        )

    def is_in(self, *packages: str) -> bool:
        return _is_in(self.name, *packages)


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _is_in(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def _module(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    return Module(".".join(parts[:-1] if is_package else parts), path.read_text(), is_package)


def _paths() -> Iterator[Path]:
    yield ROOT / "manage.py"
    for folder in FOLDERS:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


MODULES: Mapping[str, Module] = {module.name: module for module in map(_module, sorted(_paths()))}


def ours(name: str) -> str | None:
    """The module of ours that an imported name is, or is in."""
    while name not in MODULES and "." in name:
        name = name.rpartition(".")[0]
    return name if name in MODULES else None


def reached_from(*names: str) -> set[str]:
    """These modules, what they import of ours, what that imports, and the packages all of them are in."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found or name not in MODULES:
            continue
        found.add(name)
        waiting += [target for target in map(ours, MODULES[name].imports) if target]
        waiting += [name.rpartition(".")[0]]
    return found


def starts_processes(module: Module) -> list[str]:
    imported = [
        name for name in module.imports if _is_in(name, *PROCESS_MODULES) or name.endswith("ProcessPoolExecutor")
    ]
    used = module.imports | module.attributes
    called = [name for name in used if name.startswith(("os.", "asyncio.")) and _last(name).startswith(PROCESS_NAMES)]
    return imported + called


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def impurities(module: Module, also_allowed: Collection[str] = ()) -> list[str]:
    allowed = PURE_LIBRARIES | set(also_allowed)
    foreign = [name for name in module.imports if not ours(name) and name.split(".")[0] not in allowed]
    unseeded = [name for name in module.attributes if name.startswith("random.") and name not in SEEDED]
    return foreign + unseeded + [f"{name}()" for name in module.calls & IMPURE_CALLS]


def lines_that_say_something(module: Module) -> list[ast.stmt]:
    return [
        node for node in module.tree.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]


def test_nothing_imports_its_tests() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in MODULES.values()
        for name in module.imports
        if _is_in(name, "tests") and not module.is_in("tests")
    ]
    assert wrong == []


def test_the_core_and_all_it_imports_is_pure() -> None:
    assert MODULES.keys() >= PURE
    assert {name: found for name in reached_from(*PURE) if (found := impurities(MODULES[name]))} == {}


def test_a_module_that_calls_itself_pure_is() -> None:
    said = {name for name, module in MODULES.items() if (ast.get_docstring(module.tree) or "").startswith("PURE")}
    assert {name: found for name in said if (found := impurities(MODULES[name], CALCULATION))} == {}


def test_processes_are_started_in_three_places() -> None:
    wrong = {
        module.name: found
        for module in MODULES.values()
        if not module.is_in(*STARTS_PROCESSES) and (found := starts_processes(module))
    }
    assert wrong == {}


def test_pillow_is_told_which_formats_a_file_may_have() -> None:
    """Left alone it would try all that it knows on a stranger's bytes."""
    wrong = [
        f"{module.name}:{call.lineno}"
        for module in MODULES.values()
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Image.open" and not module.is_in("tests")
        if "formats" not in {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


def test_adapters_see_no_models() -> None:
    wrong = [
        f"{module.name} imports {name}"
        for module in MODULES.values()
        for name in module.imports
        if module.is_in(*ADAPTERS) and ("models" in name.split(".") or _is_in(name, "django.db"))
    ]
    assert wrong == []


def test_local_generators_start_without_django() -> None:
    local = [name for name, module in MODULES.items() if module.is_in(*CHILDREN)]
    wrong = [
        f"{name} imports {imported}"
        for name in reached_from(*local)
        for imported in MODULES[name].imports
        if _is_in(imported, "django")
    ]
    assert wrong == []


def test_the_map_is_of_the_modules_as_they_are() -> None:
    assert written.PAGE.read_text(encoding="utf-8") == written.page(), "make map writes it"


def test_the_top_of_the_pipeline_is_rooms() -> None:
    assert code_counts.modules_at_the_top() <= 4


def test_annotations_are_never_evaluated() -> None:
    wrong = [
        module.name
        for module in MODULES.values()
        if lines_that_say_something(module) and "__future__.annotations" not in module.imports
    ]
    assert wrong == []


def test_a_module_is_named_for_what_it_does() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [name for name in MODULES if vague & set(name.split("."))] == []


def test_a_module_is_no_longer_than_one_can_read() -> None:
    lengths = {name: module.source.count("\n") for name, module in MODULES.items()}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "from subprocess import run",
        "import os\nos.execvp('a', ['a'])",
        "from os import fork",
        "import asyncio\nasyncio.create_subprocess_exec('a')",
        "from multiprocessing import Process",
        "from concurrent.futures import ProcessPoolExecutor",
    ],
)
def test_the_start_of_a_process_is_noticed(source: str) -> None:
    assert starts_processes(Module("pipeline.somewhere", source))


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from datetime import datetime",
        "import random",
        "from django.conf import settings",
        "import os.path",
        "import numpy",
        "open('a')",
        "from pathlib import Path\nPath('a').read_text()",
        "def late():\n    import secrets",
    ],
)
def test_an_impurity_is_noticed(source: str) -> None:
    assert impurities(Module("pipeline.somewhere", source))


def test_names_are_resolved_to_modules() -> None:
    assert ours("pixora.foundation.errors.Invalid") == "pixora.foundation.errors"
    assert ours("django.db") is None


@pytest.mark.parametrize("app", ["pipeline", "chat"])
def test_the_page_on_the_rooms_names_them_in_the_order_that_is_checked(app: str) -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    told = re.search(rf"^- In `{app}`:(.*?)\.\n", text, re.M | re.S)
    assert told
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (checked,) = (contract["layers"] for contract in contracts if contract.get("containers") == [app])
    rooms = [set(re.findall(r"\w+", layer)) for layer in reversed(checked)]
    assert [set(re.findall(r"`(\w+)`", layer)) for layer in told[1].split("←")] == rooms
