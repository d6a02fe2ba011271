"""The film in a real browser: it opens, plays, and shows the right frame wherever one seeks to."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Page, sync_playwright

from pipeline.cut import cutting
from pipeline.cut.picture import captions
from pipeline.cut.picture.captions import Speech
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.sound.sound_plan import plan_sound
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.cut.timeline import SceneCut, lay_out
from tests.e2e.browser import FLAGS, chromium
from tests.e2e.film_server import serving
from tests.pipeline.cut import media

pytestmark = pytest.mark.browser

CANVAS = Canvas((320, 180), 30)
TIMELINE = lay_out(
    [
        SceneCut(1, 2, "none", 900),
        SceneCut(2, 1, "none"),
        SceneCut(3, 2, "fade", 1_000),
        SceneCut(4, 1, "slide_left"),
        SceneCut(5, 2, "fade_black", 800),
    ]
)
COLOURS = {1: (255, 0, 0), 2: (0, 0, 255), 3: (0, 255, 0), 4: (255, 255, 0), 5: (255, 0, 255)}
RATES = {1: 24, 2: 30, 3: 25, 4: "30000/1001", 5: 60}
OFFSETS = (-20, -8, -3, 3, 8)
"""Frames from a boundary: in the bodies beside the piece over it, at its edges, and within it."""

CLOSE = 60
"""Of the 441 from black to white: what encoding and two ways to read colours may make of one."""

PAGE = """<!doctype html><video muted preload="auto" src="film.mp4"></video><canvas width="32" height="18"></canvas>"""
OPEN = """() => new Promise((resolve) => {
    const video = document.querySelector("video")
    const tell = () => resolve({
        error: video.error && video.error.message, duration: video.duration,
        size: [video.videoWidth, video.videoHeight],
    })
    if (video.readyState >= 2 || video.error) tell()
    video.addEventListener("loadeddata", tell)
    video.addEventListener("error", tell)
})"""
SEEK = """(time) => new Promise((resolve, reject) => {
    const video = document.querySelector("video"), canvas = document.querySelector("canvas")
    video.addEventListener("error", () => reject(video.error.message), {once: true})
    video.addEventListener("seeked", () => requestAnimationFrame(() => {
        const brush = canvas.getContext("2d", {willReadFrequently: true})
        brush.drawImage(video, 0, 0, canvas.width, canvas.height)
        const pixels = brush.getImageData(0, 0, canvas.width, canvas.height).data
        const sums = [0, 0, 0]
        pixels.forEach((value, place) => { if (place % 4 < 3) sums[place % 4] += value })
        resolve(sums.map((sum) => sum * 4 / pixels.length))
    }), {once: true})
    video.currentTime = time
})"""
PLAY = """() => new Promise((resolve, reject) => {
    const video = document.querySelector("video")
    video.addEventListener("ended", () => resolve(video.error), {once: true})
    video.addEventListener("error", () => reject(video.error.message), {once: true})
    video.currentTime = 0
    video.playbackRate = 4
    video.play()
})"""


async def make_film(folder: Path) -> Path:
    clips = {
        slot.scene_id: media.clip(
            folder / f"clip_{slot.scene_id}.mp4",
            media.colour(f"#{bytes(COLOURS[slot.scene_id]).hex()}", fps=RATES[slot.scene_id], size=CANVAS.size),
            "-t",
            slot.frames / 30 + 0.04,
        )
        for slot in TIMELINE.slots
    }
    pieces, before = [], None
    for slot in TIMELINE.slots:
        if before:
            left, right, out = clips[before.scene_id], clips[slot.scene_id], folder / f"transition_{slot.scene_id}.mp4"
            await cutting.cut_transition(left, right, out, before_slot=before, after_slot=slot, canvas=CANVAS)
            pieces.append(out)
        out = folder / f"segment_{slot.scene_id}.mp4"
        await cutting.cut_body(clips[slot.scene_id], out, slot=slot, canvas=CANVAS)
        pieces.append(out)
        before = slot
    voices = {n: media.tone(folder / f"voice_{n}.wav", 0.8, hertz=200 * n) for n in (1, 3, 5)}
    await mix_soundtrack(plan_sound(TIMELINE, narrations=voices), folder / "sound.m4a", workdir=folder)
    written = captions.to_vtt(captions.cues([Speech("Hello there.", 300, 900)]))
    (folder / "captions.vtt").write_text(written, "utf-8")
    film = folder / "film.mp4"
    await cutting.join(
        pieces, folder / "sound.m4a", folder / "captions.vtt", film,
        title="Colours", language="en", frames=TIMELINE.frames, fps=30,
    )  # fmt: skip
    return film


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(make_film(tmp_path_factory.mktemp("film")))


@pytest.fixture(scope="module")
def page(film: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    (film.parent / "film.html").write_text(PAGE)
    profile = tmp_path_factory.mktemp("profile")
    with serving(film.parent) as address, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), headless=True, args=list(FLAGS)
        )
        opened = context.new_page()
        opened.goto(f"{address}/film.html")
        yield opened
        context.close()


def test_it_opens_without_an_error_and_is_as_long_as_its_slots(page: Page) -> None:
    found: dict[str, Any] = page.evaluate(OPEN)
    assert found["error"] is None
    assert found["duration"] == pytest.approx(TIMELINE.duration_s, abs=0.05)
    assert found["size"] == list(CANVAS.size)


def test_around_every_boundary_it_shows_the_expected_scene(page: Page) -> None:
    page.evaluate(OPEN)
    shown = 0
    for before, after in zip(TIMELINE.slots, TIMELINE.slots[1:], strict=False):
        for offset in OFFSETS:
            colour = np.array(page.evaluate(SEEK, (after.start + offset + 0.5) / 30))
            wanted, other = (before, after) if offset < 0 else (after, before)
            assert _distance(colour, wanted.scene_id) < _distance(colour, other.scene_id), (after.scene_id, offset)
            if abs(offset) > 8 or offset == 8 or after.transition == "none":
                assert _distance(colour, wanted.scene_id) < CLOSE, (after.scene_id, offset, colour)
            shown += 1
    assert shown == 20
    assert page.evaluate("document.querySelector('video').error") is None


def test_it_plays_to_its_end(page: Page) -> None:
    page.evaluate(OPEN)
    assert page.evaluate(PLAY) is None


def test_it_is_what_every_player_can_play(film: Path) -> None:
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "the index comes first"
    assert data.count(b"avcC") == 1, "one decoder configuration"
    with av.open(str(film)) as container:
        video, audio = container.streams.video[0].codec_context, container.streams.audio[0].codec_context
        assert (video.name, video.profile, video.pix_fmt) == ("h264", "High", "yuv420p")
        assert (audio.name, audio.sample_rate) == ("aac", 48_000)


def _distance(colour: Any, scene_id: int) -> float:
    return float(np.linalg.norm(colour - np.array(COLOURS[scene_id])))
