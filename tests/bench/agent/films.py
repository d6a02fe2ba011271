"""The films that the sentences speak of. Each state is made once, by the services, and its rows are put back before
each sentence."""

from __future__ import annotations

import asyncio
import hashlib
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from chat.models import Message, Role, Turn
from pipeline.engine.shift import Shift
from pipeline.film.script import Script
from pipeline.film.settings import TaskSettings
from pipeline.models import Task
from pipeline.providers.base import Call, Capability, Made, ScriptRequest
from pipeline.providers.registry import serving
from pipeline.services import films
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.bench.agent import other_films
from tests.bench.agent.watching import State, state_of
from tests.pipeline.doubles import Studio, Writer, doubles
from tests.pipeline.scripts import scene, script

PROMPT = "A 30-second film about an old lighthouse keeper who saves a fisherman in a storm"
ANNOUNCED = "The script is there: 4 scenes, 30 seconds."
LIGHTHOUSE = script(
    [
        scene(
            1, title="The storm", duration=10, characters=["Ella"],
            image_prompt="A lighthouse on a cliff in a storm at night", video_prompt="The beam of light turns",
            script="Ella has kept this light for forty years.",
        ),
        scene(
            2, title="The boat", duration=5, characters=["Tom"],
            image_prompt="A small fishing boat between high waves", video_prompt="The boat rises and falls",
            script="Tonight somebody needs it.",
        ),
        scene(
            3, title="The stairs", duration=10, characters=["Ella"], script="",
            image_prompt="Ella climbs the spiral stairs with a lantern", video_prompt="The camera follows her up",
        ),
        scene(
            4, title="The morning", duration=5, characters=["Ella", "Tom"],
            image_prompt="The boat in a calm harbour at sunrise, Tom waves", video_prompt="A slow pan over the harbour",
            script="And somebody came home.",
        ),
    ],
    user_prompt=PROMPT,
    character_profiles=[
        {"name": "Ella", "image_prompt": "Ella: an old woman with a yellow raincoat"},
        {"name": "Tom", "image_prompt": "Tom: a young fisherman with a red cap"},
    ],
    music=[
        {"prompt": "tense strings", "scene_indexes": [1, 2]},
        {"prompt": "hopeful piano", "scene_indexes": [3, 4]},
    ],
)  # fmt: skip
EMAIL = "stranger@example.org"
TITLE = "The Lighthouse Keeper"
KEPT = ("django_migrations", "django_content_type", "auth_permission")


class Keeper(Writer):
    """Writes the film about the lighthouse, as long and in the language as is asked."""

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        call.out.write_text(told_for(request).model_dump_json(), encoding="utf-8")
        return Made(call.out)


def told_for(request: ScriptRequest) -> Script:
    content = LIGHTHOUSE.model_dump(mode="json")
    taken = {name: getattr(request, name) for name in ("language", "voice", "style", "aspect_ratio")}
    if request.duration_s == content["expected_duration"]:
        return Script.model_validate({**content, **taken})
    scenes = [clip["scene"] for clip in islice(cycle(content["clips"]), request.duration_s // 5)]
    clips = [{"scene": {**one, "id": at, "index": at, "duration": 5}} for at, one in enumerate(scenes, start=1)]
    places = list(range(1, len(clips) + 1))
    music = [{"prompt": "tense strings", "scene_indexes": places}]
    whole = {"clips": clips, "music": music, "expected_duration": 5 * len(clips)}
    return Script.model_validate({**content, **taken, **whole})


@dataclass(frozen=True)
class Stage:
    """One state of the film: its rows of all tables, and its id; empty where nothing is there yet.

    `otherwise` is how it stands when nothing is said: while a script is being written, with that script.
    """

    rows: Mapping[str, bytes]
    task_id: str
    otherwise: State

    def put_back(self) -> None:
        cache.clear()  # and how many films were begun within the minute
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(_tables())}")
            cursor.execute("SET session_replication_role = replica")
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                    copy.write(rows)
            cursor.execute("SET session_replication_role = origin")


def stages(folder: Path) -> dict[tuple[str, str], Stage]:
    """Return each film in each of its states: made once, and kept in this folder while the tables are the same."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    kept = folder / f"stages-{hashlib.sha256(repr(applied).encode()).hexdigest()[:16]}.pickle"
    if kept.exists():
        found: dict[tuple[str, str], Stage] = pickle.loads(kept.read_bytes())
        return found
    made = dict(_made())
    kept.write_bytes(pickle.dumps(made))
    return made


def _made() -> Iterator[tuple[tuple[str, str], Stage]]:
    Stage({}, "", state_of(None)).put_back()  # a kept folder may have rows from before the tables changed
    user = User.objects.create_user(EMAIL)
    ledger.give(user=user, amount=5_000, reason=CreditReason.GRANT, key="grant:stranger")
    empty = Stage(_rows(), "", state_of(None))
    for film, states in {"lighthouse": _of_the_lighthouse, "space": _of_space, "dog": _of_a_dog}.items():
        yield (film, "empty"), empty
        for state, stage in states(user):
            yield (film, state), stage
        empty.put_back()


def _of_the_lighthouse(user: User) -> Iterator[tuple[str, Stage]]:
    task = _scripted(user)
    scripted = _stage(task)
    yield "scripted", scripted
    films.write_script(task=task, instructions="more about the storm")
    rows = _rows()
    write(task)
    yield "writing", Stage(rows, task.id, state_of(task))
    scripted.put_back()
    other_films.begun(task)
    make(task)
    yield "finished", _stage(task)


def _of_space(user: User) -> Iterator[tuple[str, Stage]]:
    task = other_films.about_space(user)
    scripted = _stage(task)
    yield "scripted", scripted
    other_films.begun(task)
    running = _stage(task)
    yield "running", running
    for state, studio in other_films.studios():
        running.put_back()
        make(task, studio)
        yield state, _stage(task)


def _of_a_dog(user: User) -> Iterator[tuple[str, Stage]]:
    yield "scripted", _stage(other_films.about_a_dog(user))


def _stage(task: Task) -> Stage:
    return Stage(_rows(), task.id, state_of(Task.objects.get(id=task.id)))


def _scripted(user: User) -> Task:
    task = films.order_film(user=user, prompt=PROMPT, settings=TaskSettings(), writes=False)
    Message.objects.create(user=user, task=task, role=Role.USER, content=PROMPT, turn=Turn.ANSWERED)
    films.write_script(task=task)
    write(task)
    Task.objects.filter(id=task.id).update(title=TITLE)
    task.scripts.update(title=TITLE)
    Message.objects.create(user=user, task=task, role=Role.AGENT, content=ANNOUNCED)
    return Task.objects.get(id=task.id)


def write(task: Task, *, as_itself: bool = False) -> None:
    """Carry out the writing that waits, if any: the script is the one about the lighthouse, unless told otherwise."""
    with serving({} if as_itself else {Capability.SCRIPT: Keeper(Studio(), ".json")}):
        _carry_out(task.runs.filter(forced__has_key="script"))


def make(task: Task, studio: Studio | None = None) -> None:
    """Carry out all runs, with media that are made at once."""
    with serving(doubles(studio or Studio())):
        _carry_out(task.runs)


def _carry_out(runs: Any) -> None:
    while run := runs.filter(status__in=("queued", "running")).order_by("created_at").first():
        asyncio.run(Shift(only=run.id).work())


def _tables() -> list[str]:
    return [name for name in sorted(connection.introspection.table_names()) if name not in KEPT]


def _rows() -> dict[str, bytes]:
    found = {}
    with connection.cursor() as cursor:
        for table in _tables():
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                found[table] = b"".join(bytes(part) for part in copy)
    return found
