"""A server whose first request imports while the encoder is read ahead does not stand still."""

from __future__ import annotations

import subprocess
import sys

from threadpoolctl import ThreadpoolController

from chat.llm.local.meanings import loaded_libraries

BOTH_AT_ONCE = """
import _bisect, _ctypes, itertools, os, shutil, sys, tempfile, threading
import numpy
from threadpoolctl import ThreadpoolController
from chat.llm.local.meanings import loaded_libraries
if sys.argv[1:] != ["as it was"]:
    loaded_libraries.read_from_kernel()
sys.setswitchinterval(1e-6)
looking = threading.Thread(target=lambda: [ThreadpoolController() for _ in range(20)], daemon=True)
with tempfile.TemporaryDirectory() as folder:
    looking.start()
    for number in itertools.count():
        if not looking.is_alive():
            break
        library = shutil.copy(_bisect.__file__, f"{folder}/{number}.so")
        _ctypes.dlclose(_ctypes.dlopen(library, os.RTLD_NOW))
        os.remove(library)
print(number)
"""


def test_libraries_are_looked_for_while_another_thread_imports() -> None:
    """The two waited for each other for ever: one with the loader's lock, one with the GIL."""
    done = subprocess.run([sys.executable, "-c", BOTH_AT_ONCE], capture_output=True, text=True, timeout=60, check=True)
    assert int(done.stdout) > 0


def test_the_library_of_the_products_is_found() -> None:
    loaded_libraries.read_from_kernel()
    assert [each["user_api"] for each in ThreadpoolController().info()].count("blas") >= 1
