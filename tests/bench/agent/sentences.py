"""Files of sentences with what must come of each.

[[sentence]]
state = "scripted"      # empty | scripted | finished | writing
said = "make the 2nd one at nite pls"
after = ["…"]           # optional: what was said before it
outcome = "done"        # done | asked | refused | answered
changes = ["scenes.2.image_prompt~night|dark"]   # all of these, and nothing else of worth
says = "scene 2"        # optional: a regular expression that the answer has to match
accept = ["asked"]      # optional: other outcomes that are right too
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CHAT = Path(__file__).parents[2] / "chat"
OWN = tuple(CHAT / name for name in ("strangers.toml", "strangers_later.toml"))
"""The project's own files of this form."""


@dataclass(frozen=True)
class Case:
    state: str
    said: str
    outcome: str
    changes: tuple[str, ...] = ()
    says: str = ""
    accept: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def cases_in(path: Path) -> Iterator[Case]:
    for told in tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]:
        yield case_of(told)


def case_of(told: Mapping[str, Any]) -> Case:
    lists = {name: tuple(told.get(name, ())) for name in ("changes", "accept", "after")}
    return Case(told["state"], told["said"], told["outcome"], says=told.get("says", ""), **lists)
