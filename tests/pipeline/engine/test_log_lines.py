from __future__ import annotations

import io
import json

from pipeline.models import Task
from pipeline.services import films
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive


def test_what_the_engine_says_names_task_run_and_component(
    scripted: Task, studio: Studio, drive: Drive, log_lines: io.StringIO
) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    run = drive(films.start_run(task=scripted, approved=["scene/2"]))
    lines = [json.loads(line) for line in log_lines.getvalue().splitlines()]
    about_it = [(line["task"], line["run"], line["component"]) for line in lines if line["level"] == "WARNING"]
    assert about_it == [(scripted.id, run.id, "scene/2")]
