"""The process of Pixora's own language model: llama.cpp's server on loopback. It ends when nobody of its home is left.

`python -m pixora.embedded.language_server FOLDER`, started by the supervisor, with llama.cpp in PYTHONPATH.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from pixora.embedded import locks, model_switch, paths

CONTEXT = 12_288
"""Tokens of all slots together: what is known of three conversations or scripts stays in memory, 28 KB a token."""
SLOTS = 3
KEPT_MB = 512
"""Beginnings of prompts that are kept beside the slots, so that none has to be read twice."""
NICE = 5
QUIET = 2
LOOK_EVERY_S = 2.0
REFUSED = 2


def main(folder: Path) -> int:
    """Serve until no process of the home is left. Of two that are started at once, the second ends."""
    own = locks.open_lock(folder / "server.lock")
    switch = model_switch.read()
    if switch is None or not locks.take(own, shared=False):
        return REFUSED
    _tell_pid(folder)
    os.nice(NICE)
    server = _serve(folder / paths.model_file().name, switch)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # llama.cpp takes it for itself, and goes on
    print(f"listening on {server.listening_address}", flush=True)
    _wait_for_the_end()
    return 0


def _tell_pid(folder: Path) -> None:
    """Write the process's number in one step: who looks at it in that moment finds it whole or not at all."""
    draft = folder / "server.pid.new"
    draft.write_text(f"{os.getpid()}\n")
    draft.replace(folder / "server.pid")


def _serve(model: Path, switch: model_switch.Switch) -> Any:
    """Return llama.cpp's server once the model is loaded; it answers from threads of its own."""
    llama = importlib.import_module("xllamacpp")
    settings = llama.CommonParams()
    settings.model.path = str(model)
    settings.model_alias = {model_switch.MODEL}
    settings.hostnames, settings.port, settings.api_keys = ["127.0.0.1"], switch.port, [switch.key]
    settings.n_ctx, settings.n_parallel, settings.cache_ram_mib = CONTEXT, SLOTS, KEPT_MB
    threads = len(os.sched_getaffinity(0))
    settings.cpuparams.n_threads = settings.cpuparams_batch.n_threads = threads
    settings.ui, settings.endpoint_slots, settings.verbosity = False, False, QUIET
    return llama.Server(settings)


def _wait_for_the_end() -> None:
    """Everybody who uses a home holds its lock, so whoever gets it alone is the last one there."""
    users = locks.open_lock(paths.services_lock())
    while paths.model_is_wanted() and not locks.take(users, shared=False):
        time.sleep(LOOK_EVERY_S)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
