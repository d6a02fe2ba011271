"""Takes in what a user uploads: it is read in a child process, and kept when it is sound."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from asgiref.sync import async_to_sync
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from media_assets import uploads
from media_assets.from_address import fetch
from media_assets.models import Upload, UploadKind
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia, ProcessFailed, ProcessTimeout
from pixora.foundation.machine_slots import Machine, machine_folder

DEADLINE_S = 150.0
LINES = 1_000
"""In which users wait for themselves; two seldom share one."""
TEXT_ENDINGS = frozenset(
    {".txt", ".text", ".md", ".markdown", ".docx", ".pdf", ".srt", ".vtt", ".csv", ".tsv", ".fountain"}
)
"""Nothing in a plain text says that it is one, so its name may."""
KEPT = ("kind", "suffix", "facts")


def receive(*, user: AbstractBaseUser, file: Path, file_name: str = "", wanted: UploadKind | None = None) -> Upload:
    """Keep a file that its user called `file_name`.

    Raises BadMedia, one sentence, for what is damaged, too large, no media or not of the wanted kind; nothing is kept
    then.
    """
    _check_bytes(file, wanted or max(settings.PIXORA_UPLOAD_MB, key=_most_mb))
    is_text = wanted is None and Path(file_name).suffix.lower() in TEXT_ENDINGS
    with tempfile.TemporaryDirectory(prefix="pixora-upload-") as folder:
        found = _examined(user, file, Path(folder), wanted, is_text=is_text)
        kept = Path(found["path"])
        _check_bytes(file, found["kind"])
        return uploads.keep(user, kept, **{name: found[name] for name in KEPT}, file_name=file_name)


def receive_from(*, user: AbstractBaseUser, address: str, wanted: UploadKind | None = None) -> Upload:
    """Keep a file that lies at an address. Raises Invalid naming `url` where it cannot be fetched, and as `receive`."""
    most = settings.PIXORA_UPLOAD_MB[wanted] if wanted else max(settings.PIXORA_UPLOAD_MB.values())
    with tempfile.TemporaryDirectory(prefix="pixora-address-") as folder:
        file = Path(folder) / "file"
        name = fetch(address, file, most_bytes=most << 20)
        return receive(user=user, file=file, file_name=name, wanted=wanted)


def words_of(file: Path) -> str:
    """Return the words of a document on this disk. Raises BadMedia as `receive` does."""
    _check_bytes(file, UploadKind.TEXT)
    with tempfile.TemporaryDirectory(prefix="pixora-text-") as folder:
        found = _answer(read, file, Path(folder), UploadKind.TEXT.value)
        return Path(found["path"]).read_text(encoding="utf-8")


def _examined(
    user: AbstractBaseUser, file: Path, workdir: Path, wanted: str | None, *, is_text: bool
) -> dict[str, Any]:
    return _answer(partial(_in_turn, user, is_text=is_text), file, workdir, wanted)


def _answer(read: Callable[..., Awaitable[processes.Finished]], *asked: Any) -> dict[str, Any]:
    """Return what the reader found, or raise its refusal."""
    try:
        finished = async_to_sync(read)(*asked)
    except ProcessTimeout as error:
        raise _refusal("file: the file takes too long to read; make it shorter or smaller.") from error
    except ProcessFailed as error:
        raise _refusal("file: the file cannot be read: it is damaged, or not what it seems to be.") from error
    found: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    if "refused" in found:
        raise _refusal(found["refused"])
    return found


async def _in_turn(
    user: AbstractBaseUser, file: Path, workdir: Path, wanted: str | None, *, is_text: bool = False
) -> processes.Finished:
    """One at a time of each user: who sends many waits for the first of them, and nobody else does."""
    line = crc32(user.pk.bytes) % LINES
    async with Machine(machine_folder() / "intake" / f"line-{line}", 1).slot(0):
        return await read(file, workdir, wanted, is_text=is_text)


async def read(file: Path, workdir: Path, wanted: str | None = None, *, is_text: bool = False) -> processes.Finished:
    """A file may bring its reader to its limits, so there are never more of them than cores; the others wait.

    `is_text`: it is called a text, and read as one unless its bytes say that it is something else.
    """
    async with Machine(machine_folder() / "intake", settings.CORES).slot(0):
        return await processes.run(
            processes.python_module("media_assets.upload_check"),
            deadline_s=DEADLINE_S,
            stdin=json.dumps(
                {"file": str(file), "workdir": str(workdir), "wanted": wanted, "is_text": is_text}
            ).encode(),
            env=processes.lean_environment(),
        )


def _check_bytes(file: Path, kind: str) -> None:
    if file.stat().st_size > _most_mb(kind) << 20:
        sentence = f"file: a {kind} may have {_most_mb(kind)} MB; this file is larger."
        raise BadMedia(sentence, field="file", code="too_large")


def _most_mb(kind: str) -> int:
    most: int = settings.PIXORA_UPLOAD_MB[kind]
    return most


def _refusal(sentence: str) -> BadMedia:
    return BadMedia(sentence, field="file")
