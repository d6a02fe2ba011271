"""One film made in the foreground: script, storyboard, everything else, summary. Nothing is made twice."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from django.db.models import Max, Min, QuerySet
from django.utils.text import slugify
from rich.console import Console

from media_assets.models import Asset
from media_assets.paths import task_folder
from media_assets.storage import copy_out, way_to, whereabouts
from pipeline.engine.shift import Shift
from pipeline.film.script import parse_script
from pipeline.film.settings import parse_settings
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, Step, StepStatus, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import TO_BE_MADE
from pipeline.providers.base import Capability
from pipeline.providers.local.speech.kinds import is_neural
from pipeline.providers.local.writing.material import lacks
from pipeline.providers.registry import provider
from pipeline.services import films
from pixora.management import film_display as display

MADE_HERE = ("pixora", "local")
DONE, FAILED, INTERRUPTED = 0, 1, 130
_MORE = "a language model (make llm, or a vendor's key) can write more."
TELLS_LITTLE = {
    "facts": f"The prompt tells little, and so does the film: add two or three facts to it, or {_MORE}",
    "steps": f"The steps are not known here: write them into the prompt, or {_MORE}",
}
"""Said below the storyboard where the rules wrote it."""


class Film:
    def __init__(self, task: Task, console: Console, *, out: Path | None) -> None:
        self.task, self.console, self.out = task, console, out
        self.began = time.monotonic()
        self.runs: list[Run] = []

    def make(self) -> int:
        """The command's exit status."""
        while pending := films.unfinished_run(task=self.task):
            if status := self._see_through(pending):
                return status
        if not self.task.scripts.exists() and (status := self._see_through(films.write_script(task=self.task))):
            return status
        self._show_storyboard()
        if self._missing() and (status := self._see_through(films.start_run(task=self.task))):
            return status
        try:
            self._show_summary()
        except OSError as error:
            self.console.print(f"[red]The film is made, but cannot be copied to {self.out}: {error.strerror}.")
            return FAILED
        return DONE

    def _missing(self) -> list[str]:
        plan = plan_of(self.task)
        return [decision.component.key for decision in plan.having(*TO_BE_MADE)]

    def _see_through(self, run: Run) -> int:
        """Drive the run here, or watch the worker that has it; 0 when it succeeded."""
        self.runs.append(run)
        with display.progress_bars(self.console) as progress:
            bars = display.Bars(progress)
            bars.expect([*run.forced, *self._missing()] if run.approved is None else run.forced)
            asyncio.run(_drive(run, bars))
        run.refresh_from_db()
        self.task.refresh_from_db()
        return self._report(run)

    def _report(self, run: Run) -> int:
        match run.status:
            case RunStatus.SUCCEEDED:
                return DONE
            case RunStatus.QUEUED | RunStatus.RUNNING:
                self.console.print("Stopped. What was made is kept: the same command goes on from here.")
                return INTERRUPTED
            case RunStatus.CANCELLED:
                self.console.print("The run was cancelled. The same command starts it again.")
                return FAILED
            case _:
                self._explain_failure(run)
                return FAILED

    def _explain_failure(self, run: Run) -> None:
        self.console.print(f"[red]{run.error_message}")
        pieces: dict[str, list[str]] = {}
        for step in run.steps.filter(status=StepStatus.FAILED):
            pieces.setdefault(step.error_message, []).append(display.piece_name(step.component))
        for message, names in pieces.items():
            self.console.print(f"  {', '.join(names)}: {message}")

    def _show_storyboard(self) -> None:
        script = self.task.scripts.order_by("-version").first()
        assert script is not None
        self.console.print(display.storyboard(parse_script(script.content)))
        missing = lacks(self.task.prompt, script.content["language"])
        is_theirs = self.task.settings.get("source") in ("verbatim", "condensed")
        if missing and not is_theirs and provider(Capability.SCRIPT).name == "local":
            self.console.print(f"[yellow]{TELLS_LITTLE[missing]}")

    def _show_summary(self) -> None:
        film = Asset.objects.get(task=self.task, component=Kind.FILM.value, selected=True)
        path = way_to(film.storage_path)
        if self.out:
            target = self.out / f"{slugify(self.task.title)[:60] or 'film'}.mp4" if self.out.is_dir() else self.out
            copy_out(film.storage_path, target)
            path = str(target)
        found = display.Summary(
            film=path,
            folder=whereabouts(task_folder(self.task.prompt, self.task.id)),
            length_s=film.metadata["duration_ms"] / 1000,
            scenes=len(film.metadata["timeline"]["slots"]),
            steps=self._steps().count(),
            stage_seconds=self._stage_seconds(),
            total_s=time.monotonic() - self.began,
            models=self._models(),
            is_voice_neural=self._is_voice_neural(),
        )
        self.console.print(display.summary(found))

    def _steps(self) -> QuerySet[Step]:
        return Step.objects.filter(run__in=self.runs, status=StepStatus.SUCCEEDED)

    def _is_voice_neural(self) -> bool:
        settings = parse_settings(self.task.settings)
        return settings.voice_over and provider(Capability.VOICE).local and is_neural(settings.language)

    def _models(self) -> list[str]:
        """Name the models of the vendors that made something of this film, whichever run it was."""
        bought = Attempt.objects.filter(step__run__task=self.task, status=AttemptStatus.SUCCEEDED)
        vendors = bought.exclude(provider__in=MADE_HERE).order_by("provider", "model")
        return [f"{vendor} {model}" for vendor, model in vendors.values_list("provider", "model").distinct()]

    def _stage_seconds(self) -> dict[str, float]:
        seconds = {}
        for stage in display.STAGES:
            kinds = [kind for kind in Kind if kind.about.stage == stage]
            found = self._steps().filter(kind__in=kinds).aggregate(start=Min("started_at"), end=Max("ended_at"))
            if found["start"]:
                seconds[stage] = (found["end"] - found["start"]).total_seconds()
        return seconds


async def _drive(run: Run, bars: display.Bars) -> None:
    shift = Shift(only=run.id, observer=bars)
    shift.stop_on_interrupt()
    await shift.work()
