"""The embedded servers' folders, sockets and files by name. Nothing here creates, opens or starts anything."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parents[2]
SYSTEM_FOLDER = Path("/var/lib/pixora")
"""Root's homes, and what the servers' account could not reach elsewhere."""
FILES = Path(sys.prefix) / "files"
"""Where make installs wheels of which only files are used."""
POSTGRES_PORT = 5432
"""Part of the socket's file name; nothing listens on TCP."""
SERVER_URLS = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
LANGUAGE_MODEL, MODEL_URL = "llm", "PIXORA_LLM_URL"


def home() -> Path:
    given = os.environ.get("PIXORA_HOME", "").strip()
    if given:
        return Path(os.path.expanduser(given)).resolve()  # noqa: PTH111 - Path.expanduser raises for unknown users
    return SYSTEM_FOLDER / digest(CHECKOUT) if os.geteuid() == 0 else CHECKOUT / ".pixora"


def socket_dir() -> Path:
    """Return the sockets' folder, short whatever PIXORA_HOME is: a socket's path may have 107 bytes."""
    return Path("/tmp") / f"pixora-{os.geteuid()}-{digest(home())}"  # noqa: S108 (private: mode 700, owner checked)


def redis_socket() -> Path:
    return socket_dir() / "redis.sock"


def database_url(database: str = "pixora") -> str:
    return f"postgresql://pixora@{quote(str(socket_dir()), safe='')}:{POSTGRES_PORT}/{database}"


def redis_url() -> str:
    return f"unix://{redis_socket()}"


def wanted_servers() -> set[str]:
    """The servers no environment variable points elsewhere for, and the language model where it is switched on."""
    named = {name for name, url in SERVER_URLS.items() if not _is_set(url) and not _is_set(f"{url}_FILE")}
    return named | ({LANGUAGE_MODEL} if model_is_wanted() else set())


def model_is_wanted() -> bool:
    """True where `make llm` has switched Pixora's own language model on and no variable leads to another one."""
    return model_switch().is_file() and not _is_set(MODEL_URL)


def model_folder() -> Path:
    """Return where the language model, llama.cpp and what is known of both are kept."""
    return home() / "llm"


def model_switch() -> Path:
    """Return the file that is there while the language model is switched on; it names the server's port and key."""
    return model_folder() / "on.json"


def model_packages() -> Path:
    return model_folder() / "packages"


def model_file() -> Path:
    return model_folder() / "model.gguf"


def _is_set(name: str) -> bool:
    return bool(os.environ.get(name, "").strip())


def services_lock() -> Path:
    """Shared by every process that needs the servers; its text names the servers somebody wants."""
    return home() / "services.lock"


def supervisor_lock() -> Path:
    return home() / "supervisor.lock"


def log_file(name: str) -> Path:
    return home() / "logs" / f"{name}.log"


def digest(path: Path) -> str:
    return sha256(os.fsencode(path)).hexdigest()[:12]
