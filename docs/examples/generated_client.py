"""A film by a client that is generated from the OpenAPI document, so that every field has its type.

pip install openapi-python-client
curl -s http://localhost:8000/api/v1/openapi.json -o openapi.json
echo '{"content_type_overrides": {"application/zip": "application/octet-stream",
    "audio/mpeg": "application/octet-stream"}, "post_hooks": []}' > config.json
openapi-python-client generate --path openapi.json --config config.json --meta none --output-path pixora_client
python docs/examples/generated_client.py http://localhost:8000 "$PIXORA_KEY" "A 10-second film about tea" film.mp4
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
from pixora_client import AuthenticatedClient
from pixora_client.api.films import create_task, get_task, get_video
from pixora_client.api.runs import quote_task, start_run
from pixora_client.models import Approval, NewTask, QuoteRequest, Task

EVERY_S = 2.0


def make_film(server: str, key: str, prompt: str, to: Path, **settings: Any) -> None:
    with AuthenticatedClient(base_url=server, token=key, raise_on_unexpected_status=True) as client:
        order = NewTask.from_dict({"prompt": prompt, **settings})
        film = create_task.sync(client=client, body=order).id
        wait(lambda: get_task.sync(film, client=client), lambda task: task.version is not None)
        quote = quote_task.sync(film, client=client, body=QuoteRequest())
        print(f"It costs {quote.credits_} credits.")
        start_run.sync(film, client=client, body=Approval(quote_id=quote.quote_id))  # the yes
        wait(lambda: get_task.sync(film, client=client), lambda task: task.status == "complete")
        video = get_video.sync(film, client=client)
    to.write_bytes(httpx.get(urljoin(server, video.signed_url)).raise_for_status().content)
    print(f"The film is {to}.")


def wait(look: Callable[[], Task], is_so: Callable[[Task], bool]) -> None:
    while not is_so(task := look()):
        if task.run is None:
            sys.exit(f"The film is {task.status}: look at it in the studio.")
        time.sleep(EVERY_S)


if __name__ == "__main__":
    given_server, given_key, given_prompt, file = sys.argv[1:]
    make_film(given_server, given_key, given_prompt, Path(file))
