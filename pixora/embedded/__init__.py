"""PostgreSQL and Redis out of wheels, for a machine that offers none: real servers, shared by all processes of a home.

    ensure()        client.py           hold the shared lock, launch a supervisor if there is none, wait for both
    supervisor      supervisor.py       starts both, restarts what dies, stops all when nobody holds the lock any more
    servers         servers.py          how each one is prepared, started, recognised and stopped
    files           server_files.py     folders, the account the servers run as, binaries that account can reach
    names           paths.py            home, sockets and URLs, computed and never created
    language model  language_model.py   a third server, where `make llm` has switched it on; nobody waits for it
                    language_server.py  its process: llama.cpp
                    model_switch.py     whether it is on, and where it listens
                    model_install.py    the download

Only the servers whose URL is unset are started. A lock is a `flock`: the kernel frees it however its holder ends.
"""

from __future__ import annotations

from pixora.embedded.client import ensure, make_home
from pixora.embedded.paths import database_url, home, redis_url, socket_dir, wanted_servers

__all__ = ["database_url", "ensure", "home", "make_home", "redis_url", "socket_dir", "wanted_servers"]
