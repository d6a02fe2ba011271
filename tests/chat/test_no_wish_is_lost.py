"""Random wishes at random moments around writing, making and cutting: at the end each is in the film."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.db import connection

from chat.models import Message, Turn
from pipeline import steps
from pipeline.film.script import parse_script
from pipeline.models import Run, RunStatus, Task
from pipeline.providers.base import Call, Capability, Made, ScriptRequest
from pipeline.providers.registry import serving
from pipeline.services import films
from pipeline.steps.job import Job
from pixora.accounts.models import User
from tests.chat.test_agent import answer
from tests.chat.test_waiting import content, drive, go_on, settings
from tests.pipeline.doubles import Studio, Writer, doubles
from tests.pipeline.scripts import TINY, script

WISHES = {
    "make it vertical": ("aspect_ratio", "9:16"),
    "make it square": ("aspect_ratio", "1:1"),
    "make it widescreen": ("aspect_ratio", "16:9"),
    "use a male voice": ("voice", "George"),
    "use a female voice": ("voice", "Rachel"),
    "turn the captions off": ("captions", "off"),
    "turn the music off": ("music", False),
    "translate it to Spanish": ("language", "es"),
    "translate it to French": ("language", "fr"),
    "make it 20 seconds": ("duration", 20),
    "make it 25 seconds": ("duration", 25),
}
REWRITINGS = ("make it funnier", "make it sadder", "the story should focus on the sea")
ADDITIONS = [f"add a scene about a {thing}" for thing in ("castle", "river", "desert", "forest")]
AT_ONCE = [sentence for sentence, (name, _) in WISHES.items() if name not in ("duration", "language")]
"""Those that need no writing: a writing that would lose something asks first."""
IN_SCRIPT = ("aspect_ratio", "voice", "language")


class Obedient(Writer):
    """Writes what it is asked for; each text says what for, so no two are the same."""

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        await self.studio.serve("script", call)
        told = {"language": request.language, "voice": request.voice, "aspect_ratio": request.aspect_ratio}
        written = script(request.duration_s // 5, rewritten_prompt=request.instructions or "A film", **told)
        call.out.write_text(written.model_dump_json())
        return Made(call.out)


@dataclass
class Visitor:
    """Says things, and knows what has to be true of the film in the end."""

    task: Task
    dice: random.Random
    sentences: list[str] = field(default_factory=lambda: [*WISHES, *REWRITINGS])
    wanted: dict[str, object] = field(default_factory=dict)
    told_writers: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def say(self, sentence: str = "") -> None:
        sentence = sentence or self.dice.choice(self.sentences)
        self.said.append(sentence)
        go_on()
        told = answer(self.task, sentence).content
        if "That did not work" in told:
            raise AssertionError(f"{self.said}: {told}")
        if sentence in WISHES:
            name, value = WISHES[sentence]
            self.wanted[name] = value
        elif sentence in REWRITINGS:
            self.told_writers.append(sentence)
        else:
            self.added.append(sentence.rsplit(" ", 1)[1])
            self.wanted.pop("duration", None)

    def say_from_another_thread(self) -> None:
        """One sentence after the other, as a film's turns are."""
        try:
            with self.turn:
                for _ in range(self.dice.randint(1, 3)):
                    self.say()
        finally:
            connection.close()


@pytest.fixture
def studio(home: object) -> Iterator[Studio]:
    studio = Studio()
    with serving({**doubles(studio), Capability.SCRIPT: Obedient(studio, ".json")}):
        yield studio


@pytest.fixture
def visitor(alice: User, studio: Studio, seed: int) -> Visitor:
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=task))
    return Visitor(task, random.Random(seed))


def settle(task: Task) -> None:
    """Work until nothing is under way and nobody waits."""
    for _ in range(20):
        go_on()
        run = task.runs.filter(status=RunStatus.QUEUED).order_by("created_at").first()
        if run is None and not Message.objects.filter(turn=Turn.PUT_OFF).exists():
            return
        if run:
            drive(run)
    raise AssertionError("it never comes to rest")


def check(visitor: Visitor) -> None:
    task, said = visitor.task, visitor.said
    film, text = settings(task), content(task)
    for name, value in visitor.wanted.items():
        assert film[name] == value, said
    for name in IN_SCRIPT:
        assert film[name] == text[name], said
    assert film["duration"] == text["expected_duration"], said
    instructions = task.scripts.latest("version").instructions
    assert [one for one in visitor.told_writers if one not in instructions] == [], said
    titles = " ".join(scene.title.lower() for scene in parse_script(text).scenes)
    assert [thing for thing in visitor.added if thing not in titles] == [], said


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.crash) for seed in range(3, 12))])
def test_around_writing(visitor: Visitor, studio: Studio) -> None:
    async def hold(label: str) -> None:
        if label == "script" and visitor.dice.random() < 0.6 and len(visitor.said) < 12:
            await asyncio.to_thread(visitor.say_from_another_thread)

    studio.hold = hold
    for _ in range(5):
        visitor.say()
        if visitor.dice.random() < 0.5:
            go_on()
        if visitor.dice.random() < 0.5 and (run := visitor.task.runs.filter(status=RunStatus.QUEUED).first()):
            drive(run)
    settle(visitor.task)
    studio.hold = None  # a rewriting that is asked for after the additions would ask first, as it should
    visitor.say("make it sadder")
    for sentence in visitor.dice.sample(ADDITIONS, 2):
        visitor.say(sentence)
    settle(visitor.task)
    check(visitor)


@pytest.mark.parametrize("seed", [100, 101])
def test_around_making_and_cutting(visitor: Visitor, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    made, visitor.sentences = steps.make, [*AT_ONCE, *ADDITIONS]
    moments = {"scene", "video", "segment", "fullvideo"}

    async def make(job: Job) -> Made:
        if job.component.kind in moments:
            moments.discard(job.component.kind)
            await asyncio.to_thread(visitor.say_from_another_thread)
        return await made(job)

    answer(visitor.task, "how much will it cost?")
    answer(visitor.task, "yes")
    monkeypatch.setattr(steps, "make", make)
    run: Run = visitor.task.runs.get(status=RunStatus.QUEUED)
    assert drive(run).status == RunStatus.SUCCEEDED
    settle(visitor.task)
    check(visitor)
