"""A film of twelve scenes made by vendors, against the longest way through its assets and against their places.

The way is told twice: by what the vendors take, which a machine that is busy with other things does not keep to, and
by the same adapters without an engine, on the same machine.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.providers.models_and_prices import catalogue
from tests.bench.figures import Figure
from tests.crash.site import Site, kill_group
from tests.emulators import media
from tests.emulators.knobs import Fault
from tests.emulators.server import Emulators, running

SECONDS = 90
"""A film of twelve scenes."""
STILL_S, VOICE_S, MUSIC_S, CLIP_S = 2.0, 1.0, 3.0, 6.0
AT_FAL_S: Mapping[str, float] = {"audio": VOICE_S, "music": MUSIC_S, "video": CLIP_S}
PLENTY, FEW = 40, 2
LANDED_WITHIN_S = 120
CLIPS = catalogue().models["motion"][catalogue().defaults["fal"]["motion"]].endpoint
DOWN = Fault(kind="server_error", operation="submit", model=CLIPS, times=None).model_dump()
"""Nobody is served by the usual model of clips, so every one is made by a model that stands in for it."""
ROUNDS = 3
VENDORS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "FAL_KEY", "FAL_BASE_URL", "FAL_WEBHOOK_JWKS_URL")


@dataclass(frozen=True)
class Made:
    task: str
    scenes: int
    took_s: float
    """From the run's start to its last asset."""
    work_s: float
    """At fal."""


def measure(site: Site) -> Iterator[Figure]:
    with running() as emulators:
        _make_speech()
        emulators.turn("openai", latencies={"images.generate": STILL_S, "images.edit": STILL_S})
        path_s = STILL_S + CLIP_S
        rounds = [_made(site, emulators, f"bridges {number}", at_fal=PLENTY) for number in range(ROUNDS)]
        took_s = statistics.median(made.took_s for made in rounds)
        name = f"providers: assets of {rounds[0].scenes} scenes ÷ still and clip, median of {ROUNDS}"
        yield Figure(name, took_s / path_s, 1.1)
        ways = [_without_engine(site, emulators, rounds[0].task) for _ in range(ROUNDS)]
        yield Figure("providers: the same ÷ its longest way by bare adapters", took_s / statistics.median(ways), 1.1)
        made = _made(site, emulators, "ferries", at_fal=PLENTY, faults=[DOWN])
        name = "providers: the same while the clips' model is down, with the tries of it"
        yield Figure(name, made.took_s / path_s)
        made = _made(site, emulators, "bridges", at_fal=FEW)
        bound_s = max(path_s, made.work_s / FEW)
        yield Figure("providers: the same with 2 places at fal ÷ (work ÷ 2)", made.took_s / bound_s, 1.1)


def _make_speech() -> None:
    """Encode beforehand what the emulators would encode when it is first asked for, on the processors that are
    measured."""
    for tenths in range(10, 70):
        media.mp3(tenths / 10)


def with_vendors(site: Site, emulators: Emulators, **more: str) -> Site:
    """The same installation with keys, and no limit that the emulators do not have themselves."""
    keys = {name: emulators.environment[name] for name in VENDORS}
    limits = {
        "OPENAI_CONCURRENCY": str(PLENTY),
        "OPENAI_REQUESTS_PER_MINUTE": "6000",
        "FAL_REQUESTS_PER_MINUTE": "6000",
    }
    return replace(site, variables={**keys, **limits, **more}, clusters=[])


def _made(
    site: Site, emulators: Emulators, subject: str, *, at_fal: int, faults: Sequence[Mapping[str, Any]] = ()
) -> Made:
    """Each of another subject: words that were judged already are not judged again."""
    latencies = {"voice": VOICE_S, "music": MUSIC_S, "motion": CLIP_S}
    emulators.turn("fal", at_once=at_fal, latencies=latencies, faults=faults)
    here = with_vendors(site, emulators, FAL_CONCURRENCY=str(at_fal))
    (task,) = here.order_paid_films([f"A film about {subject}"], SECONDS)
    worker = here.start_worker()
    try:
        worker.wait(LANDED_WITHIN_S)  # it ends by itself: whoever asked it meanwhile would take of its processors
    finally:
        kill_group(worker)
    assert here.is_done(task)
    made = here.query(_LANDED, task)
    times = Counter(kind for kind, _ in made)
    work_s = sum(times[kind] * each for kind, each in AT_FAL_S.items())
    return Made(task, times["scene"], max(float(seconds) for _, seconds in made), work_s)


def _without_engine(site: Site, emulators: Emulators, task: str) -> float:
    """Seconds; on the same processors, and against the same emulators that compute on them too."""
    here = with_vendors(site, emulators, FAL_CONCURRENCY=str(PLENTY))
    program = f"from tests.bench.without_engine import main; main({task!r})"
    return float(here.manage("shell", "--no-imports", "-c", program))


_LANDED = """
SELECT asset_type, extract(epoch FROM assets.created_at - runs.started_at)
  FROM assets JOIN runs ON runs.task_id = assets.task_id JOIN quotes ON quotes.run_id = runs.id
 WHERE assets.task_id = %s AND asset_type IN ('scene', 'audio', 'music', 'video')
"""
