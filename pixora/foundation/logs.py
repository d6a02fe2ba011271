"""Log lines that say what they are about: the request, the task, the run and the component.

Who begins something says so once (`with about(run=…)`), and every line from there on carries it, in tasks of the event
loop and in the threads they ask too.
"""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Of the request that is being answered; carried into its threads."""

_subject: ContextVar[Mapping[str, str]] = ContextVar("subject", default=MappingProxyType({}))

SHORTEST_SECRET = 8
"""What is shorter would hide words."""
TOKEN = re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*|(?<=Bearer )[\w.~+/-]+=*|px[sk]_[\w-]{16,}")
"""A JWT anywhere, a link's token or a program's key, and whatever follows the word Bearer."""
HIDDEN = "***"


@contextmanager
def about(**subject: str) -> Iterator[None]:
    """Every line within carries these keys: task, run, component, …"""
    token = _subject.set({**_subject.get(), **subject})
    try:
        yield
    finally:
        _subject.reset(token)


def without_tokens(text: str) -> str:
    """Return it with whatever looks like a token hidden."""
    return TOKEN.sub(HIDDEN, text)


class SecretsHidden(logging.Formatter):
    """`secrets` and tokens are replaced wherever they stand, tracebacks included."""

    def __init__(self, secrets: Collection[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted((each for each in secrets if len(each) >= SHORTEST_SECRET), key=len, reverse=True)

    def hide(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return without_tokens(text)


class JsonLines(SecretsHidden):
    """One JSON object a line, tracebacks included. `extra={"fields": {...}}` adds keys: status, ms, …"""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_known(record),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return self.hide(json.dumps(line, ensure_ascii=False, default=str))


class TextLines(SecretsHidden):
    """Lines for people at a terminal: time, level, message, and behind it what it is about."""

    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%H:%M:%S", time.localtime(record.created))
        subject = "".join(f" {key}={value}" for key, value in _known(record).items())
        line = f"{at} {record.levelname} {record.name}: {record.getMessage()}{subject}"
        return self.hide(f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line)


def _known(record: logging.LogRecord) -> dict[str, object]:
    asked = {"request_id": request_id.get()} if request_id.get() else {}
    return {**asked, **_subject.get(), **getattr(record, "fields", {})}
