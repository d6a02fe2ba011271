"""A thousand guests open a link to one film: its page against a bare endpoint with the same bytes, and what of the film
passes our pages. A guest opens the page, then asks for the film."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

import httpx

from tests.bench.figures import Figure
from tests.bench.rest import BYTES, p95, timed
from tests.crash.site import Site
from tests.web_server import serving

GUESTS = 1_000
FILL = """
import json, sys
from pipeline.models import Can
from pipeline.sharing import links
from pipeline.sharing.links import Wish
from pixora.accounts.services import local_user
from tests.pipeline.sharing.films import finished_film
film = finished_film(local_user(), scenes=6)
sys.stdout.write(json.dumps({can: links.create(film, Wish(can))[1] for can in Can}))
"""


def measure(site: Site) -> Iterator[Figure]:
    tokens = json.loads(site.manage("shell", "--no-imports", "-c", FILL))
    file = site.home / "page.html"
    environment = {**site.environment, BYTES: str(file), "DJANGO_SETTINGS_MODULE": "tests.bench.rest.settings"}
    with (
        serving(environment, site.home / "web_server.log") as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        for can, token in tokens.items():
            path = f"/s/{token}"
            file.write_bytes(client.get(path).raise_for_status().content)
            page, bare = timed(partial(client.get, path), partial(client.get, "/bare/task"), rounds=GUESTS)
            yield Figure(f"guests: the page of a link to {can} ÷ a bare page, p95", p95(page) / p95(bare), 3)
        sent = sum(len(client.get(f"/s/{tokens['view']}/film").content) for _ in range(GUESTS))
        yield Figure("guests: bytes of the film that the link's pages send to a thousand guests", sent, 0)
