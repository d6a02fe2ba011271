"""PostgreSQL and Redis out of wheels, for a machine that offers none: real servers, shared by all processes of a home.

    ensure()     client.py      hold the shared lock, launch a supervisor if there is none, wait for both servers
    supervisor   supervisor.py  starts both, restarts what dies, stops both when nobody holds the lock any more
    servers      servers.py     how each one is prepared, started, recognised and stopped
    ground       ground.py      folders, the account the servers run as, binaries that account can reach
    names        places.py      home, sockets and URLs, computed and never created

Only the servers whose URL is unset are started. A lock is a `flock`: the kernel frees it however its holder ends.
"""

from __future__ import annotations

from pixora.embedded.client import ensure, make_home
from pixora.embedded.paths import database_url, home, redis_url, socket_dir, wanted_servers

__all__ = ["database_url", "ensure", "home", "make_home", "redis_url", "socket_dir", "wanted_servers"]
