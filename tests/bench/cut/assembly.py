"""A film from its clips and sounds with `pipeline.cut`'s own pieces, as many at once as there are cores.

They begin in the engine's order (`pipeline.engine.context.URGENCY`): the sound, transitions, bodies. A body is encoded
on two cores, so none is idle when the last piece is at work.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Iterable
from itertools import pairwise
from pathlib import Path

from pipeline.cut import cutting, profile
from pipeline.cut.framing.window import Window, read_window
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.film.settings import frame_size
from pixora.foundation import processes
from tests.bench.cut.sources import CANVAS, CLIPS, Film

CORES = len(os.sched_getaffinity(0))


class Assembly:
    """Pieces of one film in a folder of their own."""

    def __init__(self, film: Film, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.film, self.folder = film, folder
        self.out = folder / "film.mp4"
        self.turn = 0

    def cold(self, count: int | None = None, *, known: Assembly | None = None) -> None:
        """Everything: the sound first, because it needs one core for the longest, and nothing of it is known.

        With a count only the pictures of so many scenes, the last ones; the others take their twins' of a known film.
        """
        self._sound_file.unlink(missing_ok=True)
        scenes = list(self.film.clips)
        made = scenes[-count:] if count else scenes
        if known:
            for scene in scenes[: -len(made)]:
                self._take(known, scene)
        inner = [scene for scene in made if self.film.timeline.slot(scene).inner_left]
        asyncio.run(self._all([self.sound(), *map(self.transition, inner), *map(self.body, made)]))

    def _take(self, known: Assembly, scene: int) -> None:
        """The twin shows the same clip between the same neighbours."""
        twin = scene if scene < len(known.film.clips) else 2 + (scene - 2) % CLIPS
        for mine, theirs in ((self._body_file, known._body_file), (self._transition_file, known._transition_file)):
            if theirs(twin).exists():
                mine(scene).unlink(missing_ok=True)
                mine(scene).hardlink_to(theirs(twin))

    def scene_changed(self, scene: int, *, sound: bool = True) -> None:
        """Make what the plan makes again for a new clip and a new narration of the same length, in another voice."""
        self.film = self.film.spoken_anew(scene) if sound else self.film
        asyncio.run(self._all([*([self.sound()] if sound else []), *self._around(scene)]))

    def picture_of(self, scene: int) -> None:
        """The picture work of a changed scene alone, without the joining."""
        asyncio.run(self._gather(self._around(scene)))

    def transition_changed(self, scene: int) -> None:
        asyncio.run(self._all([self.transition(scene)]))

    def music_changed(self) -> None:
        self.film = self.film.with_other_music()
        asyncio.run(self._all([self.sound()]))

    def word_cut(self, scene: int) -> None:
        """Make again what is made anew where a word is taken out; another word each time."""
        self.turn += 1
        self.film = self.film.edited(scene, cut_ms=200 + self.turn)
        asyncio.run(self._all([self.sound()]))

    def begun_later(self, scene: int) -> None:
        """Make again what is made anew where a scene begins later in its clip."""
        self.film = self.film.edited(scene, clip_from_s=0.5)
        asyncio.run(self._all(self._around(scene)))

    def in_shape(self, ratio: str) -> None:
        """A version in another shape: windows, bodies and transitions, joined with the sound that there is."""
        asyncio.run(Reframed(self, ratio).all())

    def pieces(self) -> list[Path]:
        slots = self.film.timeline.slots
        names = [[self._transition_file(slot.scene_id), self._body_file(slot.scene_id)] for slot in slots]
        return [name for pair in names for name in pair][1:]

    def _around(self, scene: int) -> list[Awaitable[object]]:
        touching = [after.scene_id for before, after in pairwise(self.film.timeline.slots)
                    if scene in (before.scene_id, after.scene_id)]  # fmt: skip
        return [*map(self.transition, touching), self.body(scene)]

    async def _all(self, makers: Iterable[Awaitable[object]]) -> None:
        await self._gather(makers)
        await self.join()

    async def _gather(self, makers: Iterable[Awaitable[object]]) -> None:
        cores = asyncio.Semaphore(CORES)

        async def on_a_core(maker: Awaitable[object]) -> None:
            async with cores:
                await maker

        await asyncio.gather(*map(on_a_core, makers))

    async def body(self, scene: int) -> None:
        slot = self.film.timeline.slot(scene)
        await cutting.cut_body(self.film.clips[scene], self._body_file(scene), slot=slot, canvas=CANVAS)

    async def transition(self, scene: int) -> None:
        before, after = self.film.timeline.slot(scene - 1), self.film.timeline.slot(scene)
        left, right = self.film.clips[scene - 1], self.film.clips[scene]
        out = self._transition_file(scene)
        await cutting.cut_transition(left, right, out, before_slot=before, after_slot=after, canvas=CANVAS)

    async def sound(self) -> None:
        """Make the track as the engine does: with the track so far at hand."""
        earlier = self._sound_file if self._sound_file.exists() else None
        await mix_soundtrack(self.film.sound, self._sound_file, workdir=self.folder, earlier=earlier)

    async def join(self) -> None:
        sound, timeline = self._sound_file, self.film.timeline
        await cutting.join(
            self.pieces(),
            sound,
            None,
            self.out,
            title="A film",
            language="en",
            frames=timeline.frames,
            fps=timeline.fps,
        )

    @property
    def _sound_file(self) -> Path:
        return self.folder / "sound.m4a"

    def _body_file(self, scene: int) -> Path:
        return self.folder / f"body_{scene}.mp4"

    def _transition_file(self, scene: int) -> Path:
        return self.folder / f"transition_{scene}.mp4"


class Reframed:
    """The same film in another shape, as the plan orders it: each scene's window, then what is cut by it."""

    def __init__(self, source: Assembly, ratio: str) -> None:
        self.source, self.ratio, self.folder = source, ratio, source.folder / ratio.replace(":", "x")
        self.folder.mkdir(exist_ok=True)
        size = frame_size(ratio, "720p")
        self.canvas = Canvas(size, CANVAS.fps, profile.of_film(size, CANVAS.size))

    async def all(self) -> None:
        scenes = list(self.source.film.clips)
        await self.source._gather(map(self.window, scenes))
        await self.source._gather([*map(self.transition, scenes[1:]), *map(self.body, scenes)])
        pieces = [self.folder / f"{name}_{scene}.mp4" for scene in scenes for name in ("transition", "body")][1:]
        timeline = self.source.film.timeline
        await cutting.join(
            pieces, self.source._sound_file, None, self.folder / "film.mp4",
            title="A film", language="en", frames=timeline.frames, fps=timeline.fps,
        )  # fmt: skip

    async def window(self, scene: int) -> None:
        told = {"clip": str(self.source.film.clips[scene]), "ratio": self.ratio, "fill": "auto", "focus": None}
        asked = {**told, "out": self._window_file(scene)}
        await processes.ask("pipeline.cut.framing.find", asked, deadline_s=120)

    async def body(self, scene: int) -> None:
        film, out = self.source.film, self.folder / f"body_{scene}.mp4"
        slot, window = film.timeline.slot(scene), self._window(scene)
        await cutting.cut_body(film.clips[scene], out, slot=slot, canvas=self.canvas, window=window)

    async def transition(self, scene: int) -> None:
        film = self.source.film
        before, after = film.timeline.slot(scene - 1), film.timeline.slot(scene)
        await cutting.cut_transition(
            film.clips[scene - 1], film.clips[scene], self.folder / f"transition_{scene}.mp4",
            before_slot=before, after_slot=after, canvas=self.canvas,
            windows=(self._window(scene - 1), self._window(scene)),
        )  # fmt: skip

    def _window(self, scene: int) -> Window:
        return read_window(self._window_file(scene).read_text("utf-8"))

    def _window_file(self, scene: int) -> Path:
        return self.folder / f"window_{scene}.json"
