"""The moderator where there is no vendor: nothing leaves this machine, so there is nobody to keep anything from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.providers.base import Moderator, Verdict


class LocalModeration(Moderator):
    name = "local"
    model = "local-moderation-1"
    local = True

    async def judge_texts(self, texts: Sequence[str]) -> Sequence[Verdict]:
        return [Verdict(allowed=True)] * len(texts)

    async def judge_picture(self, path: Path) -> Verdict:
        return Verdict(allowed=True)
