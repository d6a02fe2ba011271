"""An installation with keys, and the vendors' ledgers held against its own books."""

from __future__ import annotations

import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.crash.site import Site
from tests.emulators.server import Emulators

VENDOR_VARIABLES = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "FAL_KEY", "FAL_BASE_URL", "FAL_WEBHOOK_JWKS_URL")
QUICK = {
    "FAL_CONCURRENCY": "8",
    "FAL_REQUESTS_PER_MINUTE": "6000",
    "OPENAI_CONCURRENCY": "3",
    "OPENAI_REQUESTS_PER_MINUTE": "6000",
    "PIXORA_RUNS_PER_WORKER": "2",
}


@contextmanager
def installed(emulators: Emulators, *, lease_s: float = 1.0) -> Iterator[Site]:
    """OpenAI writes, draws and moderates; fal speaks, plays and moves, and tells a web server of this installation."""
    port = _free_port()
    variables = {name: emulators.environment[name] for name in VENDOR_VARIABLES}
    variables |= {**QUICK, "PUBLIC_URL": f"http://127.0.0.1:{port}", "PIXORA_WEBHOOKS": "1"}
    with tempfile.TemporaryDirectory(prefix="pixora paid ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder), lease_s=lease_s, variables=variables)
        site.home.chmod(0o755)
        with site.services():
            try:
                site.start_web(port)
                yield site
            finally:
                site.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Books:
    site: Site
    emulators: Emulators

    def jobs(self) -> Counter[str]:
        """Count how often each component (of each run) was billed by fal, by what its webhook's address or its job
        names."""
        tries = self.site.query(
            "SELECT attempts.id, request_id, steps.run_id || ' ' || component FROM attempts"
            " JOIN steps ON steps.id = step_id WHERE provider = 'fal'"
        )
        by_attempt = {attempt: key for attempt, _, key in tries}
        by_job = {job: key for _, job, key in tries if job}
        found: Counter[str] = Counter()
        for bill in self.emulators.bills("fal"):
            signed = parse_qs(urlsplit(bill["what"]["webhook"]).query).get("attempt", [""])[0]
            job = bill["what"]["request_id"]
            found[by_attempt.get(signed.partition(":")[0]) or by_job.get(job, "nobody's")] += 1
        return found

    def stills(self) -> Counter[str]:
        """Count how often each still was billed by OpenAI, by the words of its scene."""
        wanted = self.site.query(
            "SELECT steps.run_id || ' ' || component, clip->'scene'->>'image_prompt' FROM steps"
            " JOIN runs ON runs.id = run_id JOIN scripts ON scripts.task_id = runs.task_id"
            " CROSS JOIN jsonb_array_elements(content->'clips') AS clip"
            " WHERE kind = 'scene' AND component = 'scene/' || (clip->'scene'->>'id')"
        )
        found: Counter[str] = Counter()
        for bill in self.calls("images."):
            named = [key for key, words in wanted if words in bill["what"]["prompt"]]
            found[named[0] if len(named) == 1 else "nobody's"] += 1
        return found

    def calls(self, operation: str) -> list[dict[str, Any]]:
        return [bill for bill in self.emulators.bills("openai") if bill["operation"].startswith(operation)]

    def unknown(self, provider: str) -> Counter[str]:
        found = self.site.query(
            "SELECT steps.run_id || ' ' || component FROM attempts JOIN steps ON steps.id = step_id"
            " WHERE attempts.status = 'unknown' AND provider = %s",
            provider,
        )
        return Counter(key for (key,) in found)

    def made(self, *kinds: str) -> set[str]:
        found = self.site.query("SELECT run_id || ' ' || component FROM steps WHERE kind = ANY(%s)", list(kinds))
        return {key for (key,) in found}

    def failures(self) -> list[tuple[Any, ...]]:
        return self.site.query("SELECT component, error_code FROM steps WHERE status = 'failed'")

    def unfinished(self) -> int:
        return int(self.site.query("SELECT count(*) FROM runs WHERE status IN ('queued', 'running')")[0][0])

    def charged_otherwise_than_quoted(self) -> list[tuple[Any, ...]]:
        """List the runs charged otherwise than quoted; what was quoted and then found to be there costs nothing."""
        return self.site.query(
            "SELECT run_id FROM quotes WHERE run_id IS NOT NULL AND credits"
            " - (SELECT coalesce(sum(credits), 0) FROM steps WHERE steps.run_id = quotes.run_id AND status = 'reused')"
            " <> (SELECT -sum(amount) FROM credits WHERE key LIKE '%' || run_id)"
        )
