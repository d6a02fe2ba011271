"""Files of sentences with what must come of each.

[[sentence]]
state = "scripted"      # empty | scripted | finished | writing
said = "make the 2nd one at nite pls"
after = ["…"]           # optional: what was said before it
outcome = "done"        # done | asked | refused | answered
changes = ["scenes.2.image_prompt~night|dark"]   # all of these, and nothing else of worth
says = "scene 2"        # optional: a regular expression that the answer has to match
accept = ["asked"]      # optional: other outcomes that are right too

The project's other files of sentences are read as the same (`other_forms.py`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.agent import other_forms

CHAT = Path(__file__).parents[2] / "chat"
FILES = ("strangers", "strangers_later", "said", "utterances", "hasty")
OWN = tuple(CHAT / f"{name}.toml" for name in FILES)


@dataclass(frozen=True)
class Case:
    state: str
    said: str
    outcome: str
    changes: tuple[str, ...] = ()
    says: str = ""
    accept: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    film: str = "lighthouse"
    """Which film is spoken of (`films.py`)."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def cases_in(path: Path) -> Iterator[Case]:
    for told in other_forms.sentences(tomllib.loads(path.read_text(encoding="utf-8"))):
        yield case_of(told)


def case_of(told: Mapping[str, Any]) -> Case:
    lists = {name: tuple(told.get(name, ())) for name in ("changes", "accept", "after")}
    return Case(**{**told, **lists})
