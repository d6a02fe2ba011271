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
ACCEPT = {"Accept": "application/json, text/event-stream"}
MODERN = "2026-07-28"
MCP: dict[str, dict[str, Any]] = {
    "2025-06-18": {"headers": {}, "params": {}},
    MODERN: {
        "headers": {"Mcp-Method": "tools/call", "Mcp-Name": "get_script"},
        "params": {
            "_meta": {
                "io.modelcontextprotocol/protocolVersion": MODERN,
                "io.modelcontextprotocol/clientCapabilities": {},
            }
        },
    },
}
"""What a client of each generation says beside the call."""
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
        yield from _tools(client, made)
        yield from strangers.measure(server)


def _film(client: httpx.Client, made: dict[str, Any], file: Path) -> Figure:
    path, headers = f"/api/v1/tasks/{made['film']}", _bearer(made["few"])
    whole = client.get(path, headers=headers)
    file.write_bytes(whole.content)
    assert client.get("/bare/task").content == whole.content
    film, bare = timed(lambda: client.get(path, headers=headers), lambda: client.get("/bare/task"), rounds=ROUNDS)
    return Figure("rest: GET a film of 60 scenes ÷ a bare endpoint, p95", p95(film) / p95(bare), 3)


def _lists(client: httpx.Client, made: dict[str, Any]) -> Figure:
    """The first page and the two after it."""
    few, many = (_addresses(client, made[name]) for name in ("few", "many"))
    small, large = timed(lambda: _read(client, few), lambda: _read(client, many), rounds=ROUNDS // 10)
    return Figure(
        "rest: lists of 100,000 films ÷ of 1,000, median", statistics.median(large) / statistics.median(small), 1.5
    )


def _tools(client: httpx.Client, made: dict[str, Any]) -> Iterator[Figure]:
    """The script of 60 scenes, asked for by a tool of MCP in each of its two generations, and over REST."""
    path, headers = f"/api/v1/tasks/{made['film']}/script", _bearer(made["few"])
    for version, extra in MCP.items():
        named = {**headers, **ACCEPT, "MCP-Protocol-Version": version, **extra["headers"]}
        params = {"name": "get_script", "arguments": {"film": made["film"]}, **extra["params"]}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}

        def call(message: Any = message, named: Any = named) -> dict[str, Any]:
            answer = client.post("/mcp", json=message, headers=named).raise_for_status().json()
            found: dict[str, Any] = answer["result"]["structuredContent"]
            return found

        assert len(call()["script"]["clips"]) == 60
        tool, rest = timed(call, lambda: client.get(path, headers=headers).json(), rounds=ROUNDS // 3)
        ratio = statistics.median(tool) / statistics.median(rest)
        yield Figure(f"mcp: get_script of 60 scenes ÷ the same over REST, {version}", ratio, 1.5)


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


def timed(*works: Callable[[], object], rounds: int) -> list[list[float]]:
    """Time the works in turns, so that whatever else the machine does meets all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            began = time.perf_counter()
            work()
            taken.append(time.perf_counter() - began)
    return times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
