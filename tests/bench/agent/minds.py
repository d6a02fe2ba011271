"""Who is spoken to: the rules, the model of `make llm` where it is installed, a vendor's where one is named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pixora.embedded import model_install, paths
from tests.crash.site import Site

VENDORS = ("PIXORA_LLM_URL", "OPENAI_API_KEY")
ALONE = dict.fromkeys(VENDORS, "")


@dataclass(frozen=True)
class Mind:
    """`least_right` is a share of the sentences; `first_words_s` the longest that anybody may wait for an answer."""

    name: str
    least_right: float
    first_words_s: float
    variables: Mapping[str, str] = field(default_factory=lambda: ALONE)


RULES = Mind("rules", 0.85, 2.0)
OWN_MODEL = Mind("make llm", 0.9, 4.0)
VENDOR = Mind("vendor", 0.9, 4.0, {})


def here() -> Iterator[Mind]:
    yield RULES
    if model_install.is_installed():
        yield OWN_MODEL
    if any(os.environ.get(name) for name in VENDORS):
        yield VENDOR


@contextmanager
def at_work(site: Site, mind: Mind) -> Iterator[Site]:
    """Give the installation this mind, for as long as it is spoken to."""
    own = replace(site, variables={**site.variables, **mind.variables})
    if mind is not OWN_MODEL:
        yield own
        return
    _lend_model(site.home / "llm")
    own.manage("llm")
    try:
        yield own
    finally:
        own.manage("llm", "--off")


def _lend_model(folder: Path) -> None:
    """Lend what was installed here; the switch, and what is remembered, are its own."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for lent in (paths.model_file(), paths.model_packages()):
        if not (folder / lent.name).exists():
            (folder / lent.name).symlink_to(lent)
