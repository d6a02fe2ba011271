"""A second language of a film of twelve scenes, against that film: the work on this machine, and the credits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.bench.providers import with_vendors
from tests.crash.site import Site
from tests.emulators.server import running

MOST_WORK = 0.25
TWICE = """
import asyncio, json, resource, sys
from pipeline.engine.shift import Shift
from pipeline.film.settings import TaskSettings
from pipeline.services import films, quotes, scripts, translations
from pixora.accounts.models import User

def work_s():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)

def carried_out(run):
    asyncio.run(Shift(only=run.id).work())

def spoken_throughout(task):
    # vendors' emulators give words to the first scene alone
    current = scripts.current_script(task)
    changes = {
        place: {"script": f"Bridge number {place} carries people home."}
        for place in range(1, len(current.content["clips"]) + 1)
    }
    scripts.revise_scenes(task=task, version=current.version, changes=changes)

def made(task, run, then=lambda task: None):
    began = work_s()
    carried_out(run)
    then(task)
    offer = quotes.quote(task=task)
    carried_out(films.start_run(task=task))
    assert task.videos.exists()
    kinds = [item["component"].partition("/")[0] for item in offer.items]
    return {"work_s": work_s() - began, "credits": offer.credits, "kinds": kinds}

user = User.objects.create_user("bench@example.org")
film = films.order_film(user=user, prompt="A film about bridges", settings=TaskSettings(duration=90), writes=False)
first = made(film, films.write_script(task=film), spoken_throughout)
version = translations.make_language(task=film, language="es")
second = made(version, version.runs.get())
scenes = len(version.scripts.get().content["clips"])
sys.stdout.write(json.dumps({"first": first, "second": second, "scenes": scenes}))
"""


def measure(site: Site) -> Iterator[Figure]:
    with running() as emulators:
        found = json.loads(with_vendors(site, emulators).manage("shell", "--no-imports", "-c", TWICE).splitlines()[-1])
    first, second = found["first"], found["second"]
    assert second["kinds"].count("audio") == found["scenes"], "every scene is spoken in the other language"
    bought = [kind for kind in second["kinds"] if kind not in ("audio", "line")]
    name = f"languages: second language of {found['scenes']} scenes ÷ the first film, work"
    yield Figure(name, second["work_s"] / first["work_s"], MOST_WORK)
    yield Figure("languages: its credits ÷ those of the first film", second["credits"] / first["credits"])
    yield Figure("languages: pictures, clips and music in its quote", len(bought), 0)
