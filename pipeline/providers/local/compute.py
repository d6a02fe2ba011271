"""The place where the local providers compute: a child process that imports no Django and may die without harm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.providers.base import Call, Made
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed, ProcessTimeout, ProviderError

REASONS: dict[str, tuple[str, str]] = {
    "unreadable_picture": ("unsupported_media", "The picture cannot be read, so it cannot be set in motion."),
    "disk_full": ("disk_full", "There is no room left on the disk for the local generators."),
}
"""What a child says it failed for → the error's code and sentence."""


async def compute(module: str, wanted: Mapping[str, Any], call: Call, *, subject: str, failed: str = "") -> Made:
    """Have `module` make `wanted` (JSON) and move the finished file to `call.out`.

    Raises ProviderError with one sentence about the `subject` ("voice-over", "music", "clip"), or `failed`.
    """
    draft = call.workdir.absolute() / f".{call.out.stem}.draft{call.out.suffix}"
    try:
        facts = await processes.ask(module, {**wanted, "out": draft}, deadline_s=call.deadline_s, report=call.report)
        draft.replace(call.out)
    except ProcessTimeout:
        raise ProviderError(f"The local {subject} took too long.", retryable=True) from None
    except (ProcessFailed, FileNotFoundError) as error:
        reason = error.reason if isinstance(error, ProcessFailed) else ""
        raise _explain(reason, failed or f"The local {subject} could not be made.") from error
    finally:
        draft.unlink(missing_ok=True)
    call.report(1.0)
    return Made(call.out, facts)


def _explain(reason: str, failed: str) -> ProviderError:
    if reason in REASONS:
        code, sentence = REASONS[reason]
        return ProviderError(sentence, code=code)
    return ProviderError(failed, retryable=True)
