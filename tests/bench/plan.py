"""Planning a film of sixty scenes, against parsing its script, and what tiers add to the price."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from pipeline.cut.narration_fit import FPS
from pipeline.film.script import parse_script
from pipeline.planning.graph import build_graph
from pipeline.planning.plan import Takes, make_plan
from tests.bench.figures import Figure
from tests.crash.site import Site
from tests.pipeline.scripts import TINY, script

SCENES, ROUNDS = 60, 30
KEYS = {"FAL_KEY": "a key", "OPENAI_API_KEY": "a key"}
TIERS = "from tests.bench.tiers import main; main()"


def measure(site: Site) -> Iterator[Figure]:
    written = script(SCENES)
    content = written.model_dump()
    plan_s = _median(lambda: make_plan(build_graph(written, TINY), Takes.of([]), fps=FPS))
    parse_s = _median(lambda: parse_script(content))
    yield Figure("plan: one plan of 60 scenes, milliseconds", plan_s * 1000, 20)
    yield Figure("plan: one plan ÷ parsing the script", plan_s / parse_s)
    yield from _tiers(site)


def _tiers(site: Site) -> Iterator[Figure]:
    made = json.loads(replace(site, variables=KEYS).manage("shell", "--no-imports", "-c", TIERS))
    yield Figure("plan: planning and quoting 60 scenes with tiers ÷ without, of the processor", made["quoting"], 1.1)
    yield Figure("plan: a Draft film of 6 scenes ÷ in Standard, dollars", made["dollars"], 0.75)
    yield Figure("plan: a Draft film of 6 scenes ÷ in Standard, seconds", made["seconds"], 0.75)


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)
