"""A film over MCP by the address of a Pixora, a service key and a sentence: what an agent's framework does with tools.

    python docs/examples/agent.py http://localhost:8000 "$PIXORA_KEY" "A 10-second film about tea" film.mp4

The key needs the scopes films:read, films:write and films:spend. Needs the package `mcp`.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

Told = dict[str, Any]


async def make_film(server: str, key: str, prompt: str, to: Path, **settings: Any) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{server}/mcp", http_client=http)) as pixora,
    ):
        film = (await ask(pixora, "create_film", prompt=prompt, settings=settings))["film"]["id"]
        await wait(pixora, film, "script")
        quote = await ask(pixora, "price", film=film)
        print(f"It costs {quote['credits']} credits.")
        await ask(pixora, "approve", film=film, quote_id=quote["quote_id"])  # the yes
        video = (await wait(pixora, film, "finished"))["video"]
        file = (await http.get(video["signed_url"])).raise_for_status().content
    await asyncio.to_thread(to.write_bytes, file)
    print(f"The film is {to}.")


async def wait(pixora: Client, film: str, until: str) -> Told:
    while not (told := await ask(pixora, "wait_for_film", film=film, until=until, seconds=30))["reached"]:
        if not told["film"].get("run"):
            sys.exit(told["next"])
        print(f"{told['film']['run']['progress']:3} % {told['film']['run']['stage']}")
    return told


async def ask(pixora: Client, tool: str, **arguments: Any) -> Told:
    result = await pixora.call_tool(tool, arguments)
    told: Told = result.structured_content
    if result.is_error:
        sys.exit(told["error"]["message"])
    return told


if __name__ == "__main__":
    given_server, given_key, given_prompt, file = sys.argv[1:]
    asyncio.run(make_film(given_server, given_key, given_prompt, Path(file)))
