"""With vendors that bill: whatever is killed or fails, each component is paid for once, and the user pays once."""

from __future__ import annotations

import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crash.site import Site, kill_group, wait_until
from tests.emulators.knobs import Fault
from tests.emulators.server import Emulators

pytestmark = pytest.mark.crash

KILLS = 12
SECONDS = 90
"""A film of twelve scenes."""
SMALL_FILMS = 20
FINISHES_WITHIN_S = 240
LATENCIES = {"voice": 1.0, "music": 3.0, "motion": 6.0}
VENDOR_VARIABLES = ("FAL_KEY", "FAL_BASE_URL", "FAL_JWKS_URL")


@contextmanager
def installed(emulators: Emulators, *, webhooks: bool) -> Iterator[Site]:
    """Voice, music and motion by fal; what it tells by webhook goes to a web server of the installation's own."""
    port = free_port()
    variables = {name: emulators.environment[name] for name in VENDOR_VARIABLES}
    variables |= {"FAL_CONCURRENCY": "8", "FAL_REQUESTS_PER_MINUTE": "1000"}
    variables |= {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PIXORA_WEBHOOKS": str(int(webhooks))}
    with tempfile.TemporaryDirectory(prefix="pixora paid ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder), variables=variables)
        site.home.chmod(0o755)
        with site.services():
            try:
                if webhooks:
                    site.start_web(port)
                yield site
            finally:
                site.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def bought(site: Site, emulators: Emulators) -> Counter[str]:
    """How often each component (of each run) was billed, by the attempt that its webhook's address or job names."""
    components = {attempt: key for attempt, _, key in attempts(site)}
    by_job = {job: key for _, job, key in attempts(site) if job}
    found: Counter[str] = Counter()
    for bill in emulators.bills("fal"):
        address, job = bill["what"]["webhook"], bill["what"]["request_id"]
        signed = parse_qs(urlsplit(address).query).get("attempt", [""])[0]
        found[components.get(signed.partition(":")[0]) or by_job.get(job, "nobody's")] += 1
    return found


def attempts(site: Site) -> list[tuple[str, str, str]]:
    """Their ids, their jobs' ids and, with its run, what they were to make."""
    return [
        (attempt, job, f"{run} {component}")
        for attempt, job, run, component in site.query(
            "SELECT attempts.id, request_id, steps.run_id, component FROM attempts JOIN steps ON steps.id = step_id"
            " WHERE NOT local"
        )
    ]


def remote_steps(site: Site) -> int:
    return int(site.query("SELECT count(*) FROM steps WHERE kind IN ('audio', 'music', 'video')")[0][0])


def unfinished(site: Site) -> int:
    return int(site.query("SELECT count(*) FROM runs WHERE status IN ('queued', 'running')")[0][0])


def failures(site: Site) -> list[tuple[str, str]]:
    return [
        (component, code)
        for component, code in site.query("SELECT component, error_code FROM steps WHERE status = 'failed'")
    ]


def unknown(site: Site) -> int:
    return int(site.query("SELECT count(*) FROM attempts WHERE status = 'unknown'")[0][0])


def assert_users_paid_once(site: Site) -> None:
    wrong = site.query(
        "SELECT run_id FROM quotes WHERE run_id IS NOT NULL AND credits <>"
        " (SELECT -sum(amount) FROM credits WHERE key LIKE '%' || run_id)"
    )
    assert wrong == []


def test_workers_killed_at_any_moment_buy_nothing_twice(emulators: Emulators) -> None:
    dice = random.Random(11)
    emulators.turn("fal", latencies=LATENCIES, seed=11)
    with installed(emulators, webhooks=True) as site:
        (task,) = site.order_paid_films(["A film about the sea"], SECONDS)
        for _ in range(KILLS):
            cluster = site.start_cluster()
            time.sleep(dice.uniform(2.0, 9.0))
            kill_group(cluster)
        site.start_cluster()
        wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
        times = bought(site, emulators)
        assert times.pop("nobody's", 0) == 0
        assert len(times) == remote_steps(site)
        assert sum(times.values()) <= len(times) + unknown(site)
        assert_users_paid_once(site)


def test_every_fifth_call_fails_and_every_film_is_finished(emulators: Emulators) -> None:
    share = 0.2 / 6
    kinds = ("rate_limited", "server_error", "dropped", "slow", "truncated", "garbage")
    faults = [Fault(kind=kind, times=None, share=share, seconds=0.5).model_dump() for kind in kinds]
    emulators.turn("fal", faults=faults, seed=5)
    with installed(emulators, webhooks=False) as site:
        films = site.order_paid_films([f"A film about cats, number {number}" for number in range(SMALL_FILMS)], 5)
        site.start_cluster()
        wait_until(lambda: not unfinished(site), FINISHES_WITHIN_S, "all films are over")
        assert failures(site) == []
        assert all(map(site.is_done, films))
        extra = len(emulators.bills("fal")) - remote_steps(site)
        assert 0 < extra <= unknown(site)
        assert_users_paid_once(site)
