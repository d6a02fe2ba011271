"""The one error tree.

    PixoraError             code, message (one sentence for the user), retryable
    ├── Invalid             bad input; `field` says which                 invalid
    │   ├── ScriptInvalid   a script breaks its rules; lists every one    invalid
    │   └── BadMedia        a file that is not what it should be          unsupported_media
    ├── NotAuthenticated    no token, a wrong one, or one that ended      not_authenticated, login_again
    ├── Forbidden           signed in, but not allowed                    forbidden
    ├── RateLimited         too many; details say when to come again      rate_limited
    ├── NotFound            it does not exist, or is someone else's       not_found
    ├── Conflict            right request, wrong moment                   version_conflict, run_active, not_ready
    ├── InsufficientCredits the balance is too low; says by how much       insufficient_credits
    ├── ServiceDown         PostgreSQL, Redis or storage cannot be used   service_unavailable
    ├── LeaseLost           another worker has taken the run over         lease_lost
    ├── AccountFull         a vendor has as many jobs as it may have      account_full
    ├── SpendCap            what may be spent is used up                  spend_cap
    ├── NoPrice             a model whose price is not known is not run   no_price
    ├── DearerModel         only a dearer model is left; says its price   dearer_model
    ├── ProcessFailed       a child process ended badly                   process_failed
    │   └── ProcessTimeout  ... or did not end in time                    process_timeout
    └── ProviderError       a generator could not deliver                 provider_unavailable, refused_prompt, …

Messages are safe to show: they never hold a provider's raw text, a token or a key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


class PixoraError(Exception):
    code = "error"
    retryable = False

    def __init__(self, message: str, *, code: str | None = None, details: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.code
        self.details = dict(details or {})


class Invalid(PixoraError):
    code = "invalid"

    def __init__(self, message: str, *, field: str = "", code: str | None = None) -> None:
        super().__init__(message, code=code, details={"field": field} if field else {})
        self.field = field


@dataclass(frozen=True)
class Violation:
    """One broken rule: `field` is a path such as `clips[2].scene.duration`."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


MOST_PROBLEMS = 50
"""Told in one refusal. What was sent may break a rule a hundred thousand times, and nobody would read them all."""


def more_problems(count: int) -> str:
    """The end of a sentence that names the first ones; empty where it named all."""
    return f"; and {count - MOST_PROBLEMS} more: mend these first" if count > MOST_PROBLEMS else ""


class ScriptInvalid(Invalid):
    def __init__(self, violations: Sequence[Violation]) -> None:
        told = violations[:MOST_PROBLEMS]
        super().__init__("; ".join(map(str, told)) + more_problems(len(violations)), field=violations[0].field)
        self.violations = tuple(violations)
        self.details["problems"] = [{"field": found.field, "message": found.message} for found in told]


class BadMedia(Invalid):
    code = "unsupported_media"


class NotAuthenticated(PixoraError):
    code = "not_authenticated"


class Forbidden(PixoraError):
    code = "forbidden"


class RateLimited(PixoraError):
    code = "rate_limited"
    retryable = True

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__(
            f"Too many at once: try again in {_in_words(retry_after_s)}.", details={"retry_after": retry_after_s}
        )
        self.retry_after_s = retry_after_s


def _in_words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{-(-seconds // 60)} minutes" if seconds < 7_200 else f"{-(-seconds // 3_600)} hours"


class NotFound(PixoraError):
    code = "not_found"


class Conflict(PixoraError):
    code = "version_conflict"


class InsufficientCredits(PixoraError):
    code = "insufficient_credits"

    def __init__(self, *, missing: int, balance: int, tells: bool = True) -> None:
        """`tells`: whoever asks may know the balance."""
        way = "Get more credits, or make fewer pieces at once."
        told = f"{missing} credits are missing: the balance is {balance}." if tells else "There are not enough credits."
        super().__init__(f"{told} {way}", details={"missing": missing, "balance": balance} if tells else {})


class ServiceDown(PixoraError):
    code = "service_unavailable"
    retryable = True


class AccountFull(PixoraError):
    """A vendor's account is full: as many attempts are open as it allows. Ask again soon."""

    code = "account_full"
    retryable = True


class SpendCap(PixoraError):
    code = "spend_cap"


class NoPrice(PixoraError):
    code = "no_price"


class DearerModel(PixoraError):
    """The piece can be made by another model, but not for the price that was agreed to."""

    code = "dearer_model"


class LeaseLost(PixoraError):
    code = "lease_lost"


class ProcessFailed(PixoraError):
    """`tail` is the end of what the child wrote to stderr: for logs, never for users."""

    code = "process_failed"
    retryable = True
    reason = ""
    """The reason of a failure that a child says, in a word that its parent knows."""

    def __init__(self, message: str, *, tail: str = "") -> None:
        super().__init__(message)
        self.tail = tail


class ProcessTimeout(ProcessFailed):
    code = "process_timeout"


Trouble = Literal["", "refused", "down", "gone", "unfit"]
"""Why a model cannot make a piece that another may: it refused what was asked, does not work now, is not offered any
more, or does not make this shape or length. Empty: no other would do better."""


class ProviderError(PixoraError):
    """`unknown`: it may have been bought, for its answer was lost. `retry_after_s`: what the vendor asks to wait.
    `cost_micros`: what was paid although nothing came of it, in millionths of a dollar; None: what was expected
    counts where it is `unknown`, else nothing. `trouble`: why another model may do it."""

    code = "provider_unavailable"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        retryable: bool = False,
        details: Mapping[str, Any] | None = None,
        unknown: bool = False,
        retry_after_s: float = 0.0,
        cost_micros: int | None = None,
        trouble: Trouble = "",
    ) -> None:
        super().__init__(message, code=code, details=details)
        self.cost_micros = cost_micros
        self.trouble = trouble
        self.retryable = retryable
        self.unknown = unknown
        self.retry_after_s = retry_after_s
