"""Fills the database for the measurements, measures what needs no HTTP, and prints what it did as JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from functools import partial

from django.db import connection
from django.utils import timezone

from media_assets.models import Asset
from pipeline.engine.landing import asset_type
from pipeline.film.script import parse_script
from pipeline.models import Script, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import kind_of
from pipeline.planning.plan import digest
from pipeline.services import quotes, scripts
from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from tests.pipeline.scripts import TINY, script

SCENES, ROUNDS, FEW, MANY = 60, 20, 1_000, 100_000

TASKS = """
INSERT INTO tasks (id, user_id, prompt, source, title, status, settings, request_key, last_seq, created_at, updated_at)
SELECT %(name)s || n, %(user)s, 'A film', '', 'A film', 'scripted', %(settings)s, 'x', 0,
       now() - n * interval '1 second', now()
  FROM generate_series(1, %(count)s) n
"""
SCRIPTS = """
INSERT INTO scripts (id, task_id, version, content, title, reason, instructions, created_at, updated_at)
SELECT 'script_' || id, id, 1, %(content)s, 'A film', '', '', now(), now() FROM tasks WHERE user_id = %(user)s
"""


def main() -> None:
    few, many = _stocked("few", FEW), _stocked("many", MANY)
    content = script(SCENES).model_dump(mode="json")
    film = _film(few, content)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    made = {
        "film": film.id,
        "few": tokens.issue(sessions.open_session(few)).token,
        "many": tokens.issue(sessions.open_session(many)).token,
        "quote_s": _median(lambda: quotes.quote(task=film)),
        "parse_s": _median(lambda: parse_script(content)),
        "saves_of_a_plan": _saves_of_a_plan(film),
    }
    print(json.dumps(made))


def _stocked(name: str, count: int) -> User:
    user = User.objects.create_user(f"{name}@example.org")
    settings = json.dumps(TINY.model_dump())
    content = json.dumps(script(3).model_dump(mode="json"))
    with connection.cursor() as cursor:
        cursor.execute(TASKS, {"name": f"task_{name}_", "user": user.id, "settings": settings, "count": count})
        cursor.execute(SCRIPTS, {"content": content, "user": user.id})
    return user


def _film(user: User, content: dict[str, object]) -> Task:
    """A film with one take of everything."""
    task = Task.objects.create(user=user, prompt="A film", settings=TINY.model_dump(), request_key="x")
    Script.objects.create(task=task, version=1, content=content)
    now = timezone.now()
    Asset.objects.bulk_create(
        Asset(
            task=task,
            asset_type=asset_type(kind_of(key)),
            component=key,
            take=1,
            selected=True,
            selected_at=now,
            content_hash=digest(key),
            storage_path=f"film/{number}.bin",
        )
        for number, key in enumerate(plan_of(task).decisions)
    )
    return task


def _saves_of_a_plan(film: Task) -> tuple[float, float]:
    """Return how many times longer than planning it takes to save a scene's words, as the studio does while somebody
    writes
    them, and how many times as much of this process. In turns, so that whatever else the machine does meets both; the
    medians."""
    ratios = []
    for version in range(1, ROUNDS + 2):
        plan, save = _costs(lambda: plan_of(film, approved=())), _costs(partial(_save, film, version))
        ratios.append([after / before for before, after in zip(plan, save, strict=True)])
    waited, computed = zip(*ratios[1:], strict=True)  # the first makes a piece stale, starts a cut and makes a quote
    return statistics.median(waited), statistics.median(computed)


def _costs(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and seconds of this process."""
    computed = time.process_time()
    return _timed(work), time.process_time() - computed


def _save(film: Task, version: int) -> None:
    changes = {"script": f"These are words number {version}."}
    scripts.revise_scene(task=film, version=version, scene_index=7, changes=changes)


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_timed(work) for _ in range(ROUNDS))


def _timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
