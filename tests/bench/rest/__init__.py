"""REST: a film's page against a bare endpoint with the same bytes, lists at any size, the price against the parsing,
an edit against the planning."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.bench.figures import Figure
from tests.bench.rest import strangers
from tests.crash.site import Site
from tests.web_server import serving

ROUNDS = 300
PAGES = 3
BYTES = "PIXORA_BENCH_BYTES"
"""Environment name of the file that the bare endpoint answers with."""
FILL = "from tests.bench.rest.stock import main; main()"


def measure(site: Site) -> Iterator[Figure]:
    made = json.loads(site.manage("shell", "--no-imports", "-c", FILL))
    yield Figure("rest: quoting 60 scenes ÷ parsing their script", made["quote_s"] / made["parse_s"])
    waited, computed = made["saves_of_a_plan"]
    yield Figure("rest: saving the words of one scene of 60 ÷ planning the film", waited, 3)
    yield Figure("rest: saving the words of one scene of 60 ÷ planning the film, of the processor", computed, 2.5)
    file = site.home / "task.json"
    environment = {**site.environment, BYTES: str(file), "DJANGO_SETTINGS_MODULE": "tests.bench.rest.settings"}
    with serving(environment, site.home / "web_server.log") as server, httpx.Client(base_url=server.url) as client:
        yield _film(client, made, file)
        yield _lists(client, made)
        yield from strangers.measure(server)


def _film(client: httpx.Client, made: dict[str, Any], file: Path) -> Figure:
    path, headers = f"/api/v1/tasks/{made['film']}", _bearer(made["few"])
    whole = client.get(path, headers=headers)
    file.write_bytes(whole.content)
    assert client.get("/bare/task").content == whole.content
    film, bare = _timed(lambda: client.get(path, headers=headers), lambda: client.get("/bare/task"), rounds=ROUNDS)
    return Figure("rest: GET a film of 60 scenes ÷ a bare endpoint, p95", _p95(film) / _p95(bare), 3)


def _lists(client: httpx.Client, made: dict[str, Any]) -> Figure:
    """The first page and the two after it."""
    few, many = (_addresses(client, made[name]) for name in ("few", "many"))
    small, large = _timed(lambda: _read(client, few), lambda: _read(client, many), rounds=ROUNDS // 10)
    return Figure(
        "rest: lists of 100,000 films ÷ of 1,000, median", statistics.median(large) / statistics.median(small), 1.5
    )


def _addresses(client: httpx.Client, token: str) -> list[tuple[str, dict[str, str]]]:
    headers, found, cursor = _bearer(token), [], ""
    for _ in range(PAGES):
        address = f"/api/v1/tasks?limit=50{f'&cursor={cursor}' if cursor else ''}"
        answer = client.get(address, headers=headers).raise_for_status().json()
        assert len(answer["results"]) == 50
        found.append((address, headers))
        cursor = answer["next"]
    return found


def _read(client: httpx.Client, addresses: list[tuple[str, dict[str, str]]]) -> None:
    for address, headers in addresses:
        client.get(address, headers=headers).raise_for_status()


def _timed(*works: Callable[[], object], rounds: int) -> list[list[float]]:
    """In turns, so that whatever else the machine does meets all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return times


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
