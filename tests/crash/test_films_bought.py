"""Films as people buy them where there are keys: tiers, an upgrade, an outage, voices, languages; and the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.film.settings import TIERS
from pipeline.providers.models_and_prices import VoiceModel, catalogue
from tests.crash.books import Books, installed
from tests.crash.site import Site, wait_until
from tests.emulators.server import Emulators
from tests.pipeline.cut import media

pytestmark = pytest.mark.crash

MADE_WITHIN_S = 300
MODELS = {"draft": "minimax-h3-max-480p", "standard": "kling-3-standard", "best": "kling-3-pro"}
"""Of the clips."""


def voices() -> list[VoiceModel]:
    return [model for model in catalogue().models["voice"].values() if isinstance(model, VoiceModel)]


ENDPOINTS = {name: model.endpoint for models in catalogue().models.values() for name, model in models.items()}
PAID = (
    "SELECT runs.id, (SELECT sum(charged) FROM steps WHERE run_id = runs.id), credits FROM runs"
    " JOIN quotes ON quotes.run_id = runs.id WHERE runs.task_id = %s"
)
HEARD = {entry.embeds_at: entry.endpoint for entry in voices() if entry.embeds_at}
"""What hears a sample belongs to the take of what speaks from it."""
DOWN = {"kind": "server_error", "operation": "submit", "model": "v3/standard", "times": None}
REFUSES = {"kind": "refused", "operation": "images.generate", "times": None}


def test_each_way_of_buying_a_film_stands_in_our_books_as_in_the_vendors(emulators: Emulators, tmp_path: Path) -> None:
    with installed(emulators) as site:
        books = Books(site, emulators)
        site.start_cluster()
        films = {tier: buy(site, f"A film about the sea, {tier}", {"tier": tier}) for tier in TIERS}
        spoken = buy(site, "A film about bees", {}, sample=sample(tmp_path))
        in_german = buy(site, "Ein Film über Bienen", {"language": "de"}, sample=sample(tmp_path))
        talked = buy(site, 'A film about a fox. Mia asks: "Are you lost?" The fox says: "Not any more."', {})
        abroad = {
            language: buy(site, f"A film about a lighthouse, {language}", {"language": language, "captions": "clean"})
            for language in ("ja", "ar")
        }
        over(books)
        assert upgraded(site, films["draft"]) == "scene/1 video/1 33"
        over(books)
        emulators.turn("fal", faults=[DOWN])
        emulators.turn("openai", faults=[REFUSES])
        elsewhere = buy(site, "A film about trains", {})
        over(books)
        emulators.turn("fal")
        emulators.turn("openai")

        assert {tier: set(models(site, film)["video/2"]) for tier, film in films.items()} == {
            tier: {model} for tier, model in MODELS.items()
        }
        songs = [bill["what"] for bill in emulators.bills("fal") if bill["model"] == ENDPOINTS["elevenlabs-music"]]
        assert [len(song["composition_plan"]["sections"]) for song in songs] == [2], "one piece, as its scenes go"
        assert models(site, films["draft"])["video/1"] == [MODELS["draft"], MODELS["best"]]
        assert models(site, elsewhere)["video/1"][-1] == "minimax-h3-max", "nobody asks the one that is down for ever"
        assert set(models(site, elsewhere)["scene/1"]) == {"nano-banana-2.1"}
        assert set(models(site, spoken)["audio/1"]) == {"f5-tts"}
        assert set(models(site, in_german)["audio/1"]) == {"qwen-3-tts"}
        assert [key for key in models(site, talked) if key.startswith("line/")]
        assert set(models(site, abroad["ja"])["audio/1"]) == {"elevenlabs-multilingual-v2"}
        assert not warnings(site), "the packaged fonts have every letter of these captions"
        assert books.failures() == []
        [(run, charged, quoted)] = site.query(PAID, elsewhere)
        assert books.charged_otherwise_than_quoted() == [(run,)]
        assert charged < quoted, "what a cheaper model makes instead is charged as its own"
        assert our_micros(site) == their_micros(emulators)


def buy(site: Site, prompt: str, settings: Mapping[str, Any], *, sample: str = "") -> str:
    program = f"from tests.crash.orders import buy; buy({prompt!r}, {dict(settings)!r}, {sample!r})"
    return site.manage("shell", "--no-imports", "-c", program).split()[-1]


def upgraded(site: Site, film: str) -> str:
    program = f"from tests.crash.orders import upgrade; upgrade({film!r}, [1], 'best')"
    return site.manage("shell", "--no-imports", "-c", program).strip()


def sample(folder: Path) -> str:
    path = folder / "me.wav"
    media.run("-f", "lavfi", "-i", "sine=220", "-t", 8, path)
    return str(path)


def over(books: Books) -> None:
    wait_until(lambda: not books.unfinished(), MADE_WITHIN_S, "all films are over")


def models(site: Site, film: str) -> dict[str, list[str]]:
    """The models that made each piece, in the order in which they did."""
    found = site.query(
        "SELECT component, model FROM attempts JOIN steps ON steps.id = step_id JOIN runs ON runs.id = run_id"
        " WHERE task_id = %s AND attempts.status = 'succeeded' AND NOT local ORDER BY attempts.started_at",
        film,
    )
    told: dict[str, list[str]] = {}
    for component, model in found:
        told.setdefault(component, []).append(model)
    return told


def warnings(site: Site) -> list[tuple[Any, ...]]:
    return site.query("SELECT component, metadata->'warnings' FROM assets WHERE metadata->>'warnings' LIKE '%font%'")


def our_micros(site: Site) -> Counter[str]:
    """Add up by what the vendor calls the model; what failed or was lost before it was bought costs nothing."""
    paid = "status NOT IN ('failed', 'lost') AND cost_micros > 0"
    found = site.query(
        f"SELECT model, cost_micros FROM attempts WHERE NOT local AND {paid}"
        f" UNION ALL SELECT model, cost_micros FROM model_calls WHERE {paid}"
    )
    told: Counter[str] = Counter()
    for name, micros in found:
        told[ENDPOINTS[name]] += micros
    return told


def their_micros(emulators: Emulators) -> Counter[str]:
    told: Counter[str] = Counter()
    for bill in (*emulators.bills("openai"), *emulators.bills("fal")):
        told[HEARD.get(bill["model"], bill["model"])] += bill["micros"]
    return +told
