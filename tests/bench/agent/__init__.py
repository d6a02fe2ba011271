"""The agent, measured: sentences are said to films over the WebSocket, and what came of each is judged.

`make bench ONLY=agent`, or `python -m tests.bench.agent FILE…` for sentences of one's own (see `sentences.py`).

sentences    files of sentences with what must come of each
other_forms  PURE: the same of files that name calls of tools, or fields
minds        who is spoken to: the rules, the model of `make llm`, a vendor's
driver       says each sentence to a film of its own, inside an installation
films        the films that are spoken of, in each state, put back between sentences
other_films  a film about space, and one about a dog
watching     what of a film a sentence may change
judging      PURE: what came of a sentence, against what must
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.agent import minds
from tests.bench.agent.judging import Verdict, judged
from tests.bench.agent.minds import Mind
from tests.bench.agent.sentences import OWN, Case, cases_in
from tests.bench.figures import Figure
from tests.crash.site import ROOT, Site

RUN = "from tests.bench.agent.driver import main; main({!r}, {!r})"
KINDS = ("done", "asked", "refused", "answered", "missed", "halfway", "misfired", "untrue", "untold")


def measure(site: Site) -> Iterator[Figure]:
    for mind in minds.here():
        with minds.at_work(site, mind) as own:
            for path in OWN:
                yield from figures(f"{mind.name}: {path.stem}", [verdict for _, verdict in tried(own, [path])], mind)


def tried(site: Site, files: Iterable[Path]) -> Iterator[tuple[Case, Verdict]]:
    """Yield each sentence of these files with what came of it."""
    cases = [case for path in files for case in cases_in(path)]
    folder = site.home / "agent"
    folder.mkdir(exist_ok=True)
    (folder / "cases.json").write_text(json.dumps([case.as_dict() for case in cases]), encoding="utf-8")
    program = RUN.format(str(folder), str(site.home / "web.log"))
    told = [sys.executable, "manage.py", "shell", "--no-imports", "-c", program]
    with subprocess.Popen(told, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for case, line in zip(cases, process.stdout, strict=True):
            yield case, judged(case, json.loads(line))
    assert process.returncode == 0


def figures(name: str, verdicts: list[Verdict], mind: Mind) -> Iterator[Figure]:
    counted = Counter(verdict.kind for verdict in verdicts)
    wrong = 1 - sum(verdict.is_right for verdict in verdicts) / len(verdicts)
    yield Figure(f"agent: {name}: sentences misunderstood ÷ all {len(verdicts)}", wrong, 1 - mind.least_right)
    yield Figure(f"agent: {name}: costs, removals and rewritings unasked", sum(one.is_harm for one in verdicts), 0)
    for kind in KINDS:
        yield Figure(f"agent: {name}: {kind}", counted[kind])
    waits = sorted(verdict.first_words_s for verdict in verdicts)
    yield Figure(f"agent: {name}: first words, median, seconds", waits[len(waits) // 2])
    yield Figure(f"agent: {name}: first words, longest, seconds", waits[-1], mind.first_words_s)
