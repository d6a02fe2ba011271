"""Links to a film: made, changed and revoked by its owner, and found again by the token in their address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pipeline.models import Can, Follow, Share, Task
from pipeline.sharing import cuts, link_tokens
from pixora.foundation.errors import Invalid, NotAuthenticated, NotFound

MOST_LINKS = 50
MOST_ORIGINS = 10
PASS_LIFE = timedelta(hours=12)
GONE = "This link does not work: it is wrong, has expired, or was taken back. Ask whoever sent it for a new one."


@dataclass(frozen=True)
class Wish:
    """A link as the film's owner wishes it."""

    can: Can
    expires_in_days: int | None = None
    password: str = ""
    follow: Follow = Follow.NEWEST
    embed_origins: Collection[str] = ()
    versions: bool = False
    """Its guests may switch to the film's other languages and shapes."""


def create(task: Task, wish: Wish) -> tuple[Share, str]:
    """Make a link; return it with its token, which nobody can read again. Raises Invalid, and NotFound where it is to
    stay at a cut that is not there."""
    origins = checked_origins(wish.embed_origins)
    _check_versions(follow=wish.follow, versions=wish.versions)
    pinned = cuts.newest(task).pins if wish.follow == Follow.THIS else {}
    token, password = link_tokens.new(), make_password(wish.password) if wish.password else ""
    with transaction.atomic():
        Task.objects.select_for_update(no_key=True).get(id=task.id)
        if live(task).count() >= MOST_LINKS:
            raise Invalid(f"can: this film has {MOST_LINKS} links; take one back that is not needed.", field="can")
        kept: dict[str, Any] = {"can": wish.can, "follow": wish.follow, "versions": wish.versions}
        kept |= {"pinned": pinned, "embed_origins": origins}
        hashed = {"token_hash": link_tokens.hash_of(token), "password": password}
        return Share.objects.create(task=task, expires_at=_ends(wish.expires_in_days), **kept, **hashed), token


def kept(task: Task) -> QuerySet[Share]:
    """Return the film's links that were not taken back; some may have expired."""
    return task.shares.filter(revoked_at=None)


def live(task: Task) -> QuerySet[Share]:
    """Return the film's links that open it."""
    return kept(task).filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))


def find(task: Task, share_id: UUID) -> Share:
    """Raises NotFound, for links of other films too."""
    found = kept(task).filter(id=share_id).first()
    if found is None:
        raise NotFound("There is no such link: it was taken back, or it is to another film.")
    return found


def change(share: Share, wished: Mapping[str, Any]) -> Share:
    """Change what is given: `can`, `follow`, `expires_in_days` (None: never), `password` (empty: none),
    `embed_origins`, `versions`. Raises Invalid, and NotFound where there is no cut to stay at."""
    fields = {name: wished[name] for name in ("can", "follow", "versions") if wished.get(name) is not None}
    now = {name: fields.get(name, getattr(share, name)) for name in ("follow", "versions")}
    _check_versions(follow=now["follow"], versions=now["versions"])
    if "follow" in fields:
        fields["pinned"] = cuts.newest(share.task).pins if fields["follow"] == Follow.THIS else {}
    if "expires_in_days" in wished:
        fields["expires_at"] = _ends(wished["expires_in_days"])
    if wished.get("password") is not None:
        fields["password"] = make_password(wished["password"]) if wished["password"] else ""
    if wished.get("embed_origins") is not None:
        fields["embed_origins"] = checked_origins(wished["embed_origins"])
    if fields:
        kept(share.task).filter(id=share.id).update(**fields)
    share.refresh_from_db()
    return share


def _check_versions(*, follow: str, versions: bool) -> None:
    if versions and follow == Follow.THIS:
        raise Invalid(
            "versions: a link that stays at one cut shows that alone; let it follow the newest cut.", field="versions"
        )


def revoke(share: Share) -> None:
    """Take the link back at once; notes that came by it stay the owner's to read."""
    Share.objects.filter(id=share.id, revoked_at=None).update(revoked_at=timezone.now())


def by_token(token: str) -> Share:
    """The link with this token, where it opens its film now. Raises NotFound."""
    found = None
    if link_tokens.looks_like_one(token):
        is_there = {"task__deleted_at": None, "task__user__is_active": True, "revoked_at": None}
        hashed = link_tokens.hash_of(token)
        found = Share.objects.select_related("task").filter(token_hash=hashed, **is_there).first()
    if found is None or (found.expires_at and found.expires_at <= timezone.now()):
        raise NotFound(GONE)
    return found


def count_opening(share: Share) -> None:
    """Note that somebody opened its page, for its owner to see."""
    opened = {"first_opened_at": Coalesce("first_opened_at", Now()), "last_opened_at": Now()}
    Share.objects.filter(id=share.id).update(opens=F("opens") + 1, **opened)


def unlock(share: Share, password: str) -> str:
    """Return the pass that shows for half a day that its holder knew the password. Raises NotAuthenticated."""
    if share.password and not check_password(password, share.password):
        raise NotAuthenticated("This is not the link's password: look again at what you were sent.")
    return _signer(share).sign(str(share.id))


def check_pass(share: Share, given: str) -> None:
    """Let in whoever needs no password or has a pass of this link and this password. Raises NotAuthenticated."""
    if share.password and not _is_pass(share, given):
        raise NotAuthenticated("This link needs its password first.", code="password_needed")


def _is_pass(share: Share, given: str) -> bool:
    try:
        return _signer(share).unsign(given, max_age=PASS_LIFE) == str(share.id)
    except BadSignature:
        return False


def _signer(share: Share) -> TimestampSigner:
    """One for each password: another one ends all passes of the one before."""
    of_password = salted_hmac("pipeline.sharing.pass", share.password, algorithm="sha256").hexdigest()
    return TimestampSigner(salt=f"pipeline.sharing.links.{of_password}")


def checked_origins(origins: Collection[str]) -> list[str]:
    """Return the origins as a content policy names them. Raises Invalid."""
    found = list(dict.fromkeys(origin for each in origins if (origin := _origin(each))))
    if len(found) > MOST_ORIGINS:
        raise Invalid(f"embed_origins: {MOST_ORIGINS} are the most.", field="embed_origins")
    return found


def _origin(text: str) -> str:
    """`https://example.org`; whatever has a path, a wildcard or a sign of a policy in it is refused."""
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        host, port, parts = "", None, urlsplit("")
    is_plain = parts.path in ("", "/") and not (parts.query or parts.fragment or parts.username)
    is_local = parts.scheme == "http" and host in ("localhost", "127.0.0.1")
    if not (is_plain and host and (parts.scheme == "https" or is_local) and _is_host(host)):
        sentence = f"embed_origins: {text[:80]!r} is no origin: give it as https://example.org, without a path."
        raise Invalid(sentence, field="embed_origins")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def _is_host(host: str) -> bool:
    return all(part and part.isascii() and part.replace("-", "").isalnum() for part in host.split("."))


def _ends(days: int | None) -> Any:
    return timezone.now() + timedelta(days=days) if days else None
