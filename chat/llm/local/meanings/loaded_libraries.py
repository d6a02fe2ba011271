"""The shared libraries that are loaded, for threadpoolctl, as the kernel lists them.

Left to itself, threadpoolctl has the C library call back into Python for each of them. That callback waits for the GIL
while it holds the loader's lock; a thread that imports a C extension holds the GIL and waits for that lock. A server
whose first request imports while the encoder is read ahead then stands still for ever.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController

MAPS = Path("/proc/self/maps")
CALLED_BACK = "_find_libraries_with_dl_iterate_phdr"


def read_from_kernel() -> None:
    """Have every `ThreadpoolController` of this process read the kernel's list, where there is one."""
    if MAPS.exists():
        find: Callable[[Any], None] = _find
        setattr(ThreadpoolController, CALLED_BACK, find)


def _find(controller: Any) -> None:
    for path in loaded():
        controller._make_controller_from_path(path)


def loaded() -> list[str]:
    """Return the paths of all shared libraries of this process, each once."""
    lines = (line.split(maxsplit=5) for line in MAPS.read_text(errors="surrogateescape").splitlines())
    paths = (parts[5] for parts in lines if len(parts) == 6)
    return list(dict.fromkeys(path for path in paths if ".so" in path))
