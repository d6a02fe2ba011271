"""With vendors that bill: whatever is killed or fails, each component is paid for once, and the user pays once."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterator

import pytest

from tests.crash.books import Books, installed
from tests.crash.site import Site, kill_group, wait_until
from tests.emulators.knobs import Fault
from tests.emulators.server import Emulators

pytestmark = pytest.mark.crash

KILLS = 50
SECONDS = 90
"""A film of twelve scenes."""
SUBJECTS = (
    *("the sea", "mountains", "a bakery", "trains", "bees", "lighthouses", "snow", "wolves", "gardens", "kites"),
    *("rivers", "balloons", "castles", "volcanoes", "ferries", "foxes", "a harvest", "windmills", "whales", "deserts"),
)
"""In none of these films two scenes ask for the same picture: it would be made once, and stand for either."""
SMALL_FILMS = 20
FINISHES_WITHIN_S = 240
TAKEN_UP_WITHIN_S = 60
STILLS = {"images.generate": 0.6, "images.edit": 0.6}
JOBS = {"voice": 0.6, "music": 1.5, "motion": 2.5}


def test_fifty_kills_at_any_moment_buy_nothing_twice(emulators: Emulators) -> None:
    dice = random.Random(11)
    emulators.turn("openai", latencies=STILLS)
    emulators.turn("fal", latencies=JOBS, seed=11)
    with installed(emulators) as site:
        books = Books(site, emulators)
        orders = orders_as_needed(site, books)
        for _ in range(KILLS):
            next(orders)
            kill_one(site, after_s=dice.uniform(0.0, 3.0))
        site.start_worker()
        wait_until(lambda: not books.unfinished(), FINISHES_WITHIN_S, "all films are over")
        assert_all_bought_once(books)
        assert_nothing_else_was_drawn(books)
        assert site.query("SELECT 1 FROM attempts WHERE status = 'lost' AND NOT local"), "no kill came before a call"


def kill_one(site: Site, *, after_s: float) -> None:
    """A worker so long after it has taken up a run. What was lost again and again is let through first: however slow
    the machine is, nothing is lost so often that the engine would rather ask somebody."""
    worker, claims = site.start_worker(), claimed(site)
    wait_until(lambda: claimed(site) > claims, TAKEN_UP_WITHIN_S, "a run is taken up")
    wait_until(lambda: not lost_again(site), FINISHES_WITHIN_S, "what was lost again and again has landed")
    time.sleep(after_s)
    kill_group(worker)


def orders_as_needed(site: Site, books: Books) -> Iterator[None]:
    """Two films are always at work."""
    subjects = itertools.chain(SUBJECTS)
    while True:
        if books.unfinished() < 2:
            site.order_paid_films([f"A film about {next(subjects)}" for _ in range(2)], SECONDS)
        yield


def claimed(site: Site) -> int:
    return int(site.query("SELECT sum(lease) FROM runs")[0][0])


def lost_again(site: Site) -> bool:
    """Twice what may have been paid for, or five times our own work."""
    found = site.query(
        "SELECT step_id FROM attempts JOIN steps ON steps.id = step_id WHERE steps.status IN ('queued', 'running')"
        " GROUP BY step_id HAVING count(*) FILTER (WHERE attempts.status = 'unknown') >= 2"
        " OR count(*) FILTER (WHERE attempts.status IN ('lost', 'failed')) >= 5"
    )
    return bool(found)


def assert_all_bought_once(books: Books) -> None:
    assert not books.failures(), books.failures()
    jobs = books.jobs()
    assert jobs.keys() == books.made("audio", "music", "video")
    assert set(jobs.values()) == {1}, "a job whose id was lost is claimed by its webhook"
    assert books.charged_otherwise_than_quoted() == []


def assert_nothing_else_was_drawn(books: Books) -> None:
    """Beyond one of each, only what was in flight at a kill; each of these has an attempt that is `unknown`."""
    stills, unknown = books.stills(), books.unknown("openai")
    assert stills.keys() == books.made("scene")
    assert all(times <= 1 + unknown[key] for key, times in stills.items())
    assert unknown.total(), "no kill came in the middle of a call"


def test_every_fifth_call_fails_and_every_film_is_finished(emulators: Emulators) -> None:
    share = 0.2 / 6
    kinds = ("rate_limited", "server_error", "dropped", "slow", "truncated", "garbage")
    faults = [Fault(kind=kind, times=None, share=share, seconds=0.5).model_dump() for kind in kinds]
    emulators.turn("openai", faults=faults, seed=6)
    emulators.turn("fal", faults=faults, seed=5)
    with installed(emulators, lease_s=30.0) as site:
        books = Books(site, emulators)
        films = site.order_paid_films([f"A film about cats, number {number}" for number in range(SMALL_FILMS)], 5)
        site.start_cluster()
        wait_until(lambda: not books.unfinished(), FINISHES_WITHIN_S, "all films are over")
        assert all(map(site.is_done, films))
        assert_all_bought_once(books)
        calls = len(books.calls("images.")) + len(books.calls("responses")) - looks(site)
        assert calls - len(books.made("scene", "script")) == books.unknown("openai").total() > 0


def looks(site: Site) -> int:
    """Calls that looked at a still before its clip was made, and were paid for or may have been."""
    return int(site.query("SELECT count(*) FROM model_calls WHERE status IN ('succeeded', 'unknown')")[0][0])
