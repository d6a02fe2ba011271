"""The display of `make_video`: the storyboard, a bar for each stage and each piece at work, and a summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.film.script import Scene, Script
from pipeline.planning.kinds import Kind, kind_of

STAGES = tuple(dict.fromkeys(kind.about.stage for kind in Kind))
DONE = frozenset({"ready", "failed"})


def piece_name(key: str) -> str:
    return kind_of(key).about.short.format(key.partition("/")[2].replace("_", "+").replace("/", "."))


@dataclass
class Bars:
    """One bar a stage, and below them one for each piece at work. Call it as an engine's observer."""

    progress: Progress
    stages: dict[str, TaskID] = field(default_factory=dict)
    pieces: dict[str, TaskID] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)

    def expect(self, components: Iterable[str]) -> None:
        """Set up the stages' bars for what is going to be made."""
        counts: dict[str, int] = {}
        for key in components:
            counts[kind_of(key).about.stage] = counts.get(kind_of(key).about.stage, 0) + 1
        for stage in STAGES:
            if stage in counts:
                self.stages[stage] = self.progress.add_task(f"[bold]{stage}", total=counts[stage], note="")

    def __call__(self, _run_id: str, key: str, status: str, fraction: float) -> None:
        if status in DONE:
            self._end(key, failed=status == "failed")
        elif status == "making":
            self._show(key, fraction)

    def _show(self, key: str, fraction: float) -> None:
        if key not in self.pieces:
            self.pieces[key] = self.progress.add_task(f"  [dim]{piece_name(key)}", total=1.0, note="")
        self.progress.update(self.pieces[key], completed=fraction)

    def _end(self, key: str, *, failed: bool) -> None:
        if key in self.pieces:
            self.progress.remove_task(self.pieces.pop(key))
        stage = self.stages.get(kind_of(key).about.stage)
        if key in self.finished or stage is None:
            return
        self.finished.add(key)
        self.progress.update(stage, advance=1, note="[red]failed" if failed else "")


def progress_bars(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}", table_column=None),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:.0f}/{task.total:.0f}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
        console=console,
    )


def storyboard(script: Script) -> Table:
    table = Table(title=script.rewritten_prompt, title_justify="left", title_style="bold", expand=True)
    table.add_column("#", justify="right")
    table.add_column("Scene", ratio=2)
    table.add_column("s", justify="right")
    table.add_column("Into it")
    table.add_column("Narration", ratio=4)
    table.add_column("Picture", ratio=4, style="dim")
    for scene in script.scenes:
        transition = scene.transition.replace("_", " ") if scene.index > 1 else ""
        table.add_row(str(scene.index), scene.title, str(scene.duration), transition, _said(scene), scene.image_prompt)
    return table


def _said(scene: Scene) -> str:
    """The narration, and below it each line behind who says it."""
    lines = (f"{line.speaker}: {line.text}" if line.speaker else line.text for line in scene.lines)
    return "\n".join(filter(None, (scene.script, *lines)))


@dataclass(frozen=True)
class Summary:
    film: str
    """A path, or an address where the storage is elsewhere."""
    folder: str
    length_s: float
    scenes: int
    steps: int
    stage_seconds: Mapping[str, float]
    """From a stage's first start to its last end; stages overlap."""
    total_s: float
    models: Sequence[str] = ()
    """Of vendors, with their names."""
    is_voice_neural: bool = False
    """True where somebody speaks and a neural voice of this machine does."""


def summary(found: Summary) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("film", f"[bold]{found.film}")
    table.add_row("length", f"{found.length_s:.2f} s, {found.scenes} {'scene' if found.scenes == 1 else 'scenes'}")
    stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in found.stage_seconds.items())
    table.add_row("time", f"{found.total_s:.1f} s ({found.steps} steps{'; ' + stages if stages else ''})")
    table.add_row("folder", found.folder)
    models = "and a small AI model for the voice" if found.is_voice_neural else "not AI models"
    local = f"the local generators on this machine: programs, {models}"
    table.add_row("made by", f"{', '.join(found.models)}; the rest by {local}" if found.models else local)
    return table
