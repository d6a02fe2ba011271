"""Typed reading of environment variables. A wrong value never raises: it is noted, and its default is used."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class Problem:
    """One wrong setting; `id` is the system check's."""

    id: str
    name: str
    message: str
    hint: str


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str
    password: str
    tls: bool
    """Encrypted from the greeting on."""
    ssl: bool
    """Encrypted from the start."""


class Environment:
    """Empty and blank values count as unset."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.names: set[str] = set()
        """Every name that was asked for."""
        self.problems: list[Problem] = []
        self.secrets: set[str] = set()
        """The values of those that were asked for, so that logs can leave them out."""

    def text(self, name: str, default: str = "") -> str:
        self.names.add(name)
        return self._values.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The value of NAME, or what stands in the file that NAME_FILE names. Never part of a problem's text."""
        value = self._secret(name)
        self.secrets.add(value)
        return value

    def _secret(self, name: str) -> str:
        file = self.text(f"{name}_FILE")
        if self.text(name) or not file:
            return self.text(name)
        try:
            return Path(file).read_text().strip()
        except (OSError, UnicodeDecodeError):
            self.reject(
                "E004", f"{name}_FILE", "names a file that cannot be read.", f"Make {file} readable, or unset it."
            )
            return ""

    def demand(self, names: Sequence[str]) -> None:
        """Report each of these that is not given, as NAME or NAME_FILE, as a problem."""
        for name in names:
            if not self._secret(name):
                self.reject("E012", name, "has to be given where nothing is embedded.", f"Set it, or {name}_FILE.")

    def integer(self, name: str, default: int, *, at_least: int = 0) -> int:
        value = self.text(name)
        if not value:
            return default
        if not re.fullmatch(r"[+-]?\d{1,9}", value) or int(value) < at_least:
            self._reject_value(name, value, f"Give a whole number, {at_least} or more. The default is {default}.")
            return default
        return int(value)

    def seconds(self, name: str, default: float, *, at_least: float = 0.0) -> float:
        value = self.text(name)
        if not value:
            return default
        if not re.fullmatch(r"[+-]?\d{1,7}(\.\d{1,6})?", value) or float(value) < at_least:
            self._reject_value(name, value, f"Give seconds, {at_least:g} or more. The default is {default:g}.")
            return default
        return float(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name).lower()
        if value and value not in TRUE | FALSE:
            self._reject_value(name, value, "Give 1 or 0.")
            return default
        return value in TRUE if value else default

    def choice(self, name: str, default: str, choices: Collection[str]) -> str:
        value = self.text(name, default)
        if value not in choices:
            self.reject("E005", name, f"is {value!r}, which is unknown.", f"Choose one of {', '.join(choices)}.")
            return default
        return value

    def url(self, name: str, default: str, *, hint: str) -> str:
        """Read a URL of http or https, without a slash at its end."""
        value = self.text(name, default).rstrip("/")
        if value and not _is_web_address(value):
            self.reject("E006", name, "is no http or https URL.", hint)
            return default
        return value

    def bucket(self, name: str, default: str) -> str:
        """The name of a storage bucket."""
        value = self.text(name, default)
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", value):
            self._reject_value(name, value, "Give a name of small letters, digits, - and _.")
            return default
        return value

    def contact(self, name: str) -> str:
        """An e-mail address or a web address."""
        value = self.text(name)
        if value and not (_is_address(value) or _is_web_address(value)):
            self._reject_value(name, value, "Give an e-mail address or an https address.")
            return ""
        return value

    def sender(self, name: str, default: str) -> str:
        """Read the sender of mails: an address, or `Name <address>`."""
        value = self.text(name, default)
        if not _is_address(parseaddr(value)[1]):
            self._reject_value(name, value, "Write pixora@example.org or Pixora <pixora@example.org>.")
            return default
        return value

    def mail_server(self, name: str) -> MailServer | None:
        """Read `smtp://user:password@host:587/?tls=1` (`smtps://` encrypts from the start). None: there is none."""
        value = self.secret(name)
        if not value:
            return None
        found = _mail_server(value)
        if found is None:
            hint = "Write smtp://user:password@host:587/?tls=1 or smtps://user:password@host."
            self.reject("E013", name, "is no address of a mail server.", hint)
            return None
        self.secrets.add(found.password)
        return found

    def items(self, name: str, default: str = "") -> list[str]:
        """A list with commas."""
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def pairs(self, name: str, *, hint: str) -> dict[str, str]:
        """Read a list of `name=value` with commas."""
        items = self.items(name)
        if wrong := next((item for item in items if not re.fullmatch(r"[^=]*[^=\s][^=]*=.*\S.*", item)), ""):
            self._reject_value(name, wrong, hint)
            return {}
        return {key.strip(): value.strip() for key, _, value in (item.partition("=") for item in items)}

    def reject(self, number: str, name: str, message: str, hint: str) -> None:
        self.problems.append(Problem(f"pixora.{number}", name, f"{name} {message}", hint))

    def _reject_value(self, name: str, value: str, hint: str) -> None:
        self.reject("E003", name, f"is {value[:40]!r}.", hint)


def is_public_key(key: str) -> bool:
    """True where a Supabase key is one for browsers: `sb_publishable_…`, or a JWT that says `anon`."""
    try:
        claims = json.loads(urlsafe_b64decode(key.split(".")[1] + "=="))
    except (IndexError, ValueError):
        return key.startswith("sb_publishable_")
    return isinstance(claims, dict) and claims.get("role") == "anon"


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text))


MAIL_PORTS = {"smtp": 25, "smtps": 465}
MAIL_OPTIONS = {"": False, "tls=1": True, "tls=0": False}


def _mail_server(url: str) -> MailServer | None:
    try:
        parts = urlsplit(url)
        ssl, tls = parts.scheme == "smtps", MAIL_OPTIONS.get(parts.query)
        port = parts.port or MAIL_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if not parts.hostname or port is None or tls is None or (ssl and tls) or parts.path not in ("", "/"):
        return None
    return MailServer(parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""), tls, ssl)
