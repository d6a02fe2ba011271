"""Ten kinds of defects, twenty pieces of each: from the emulator, and made of pictures as vendors' are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Wanted
from tests.bench.referee import pictures, sounds
from tests.bench.referee.piece import SECONDS, SIZE, Picture, Piece, film, kept, moments, zoomed
from tests.emulators import media
from tests.emulators.defects import CLIP_DEFECTS

CLIP = Wanted(Kind.CLIP, size=SIZE, seconds=SECONDS)
OF_EACH, EMULATED = 20, 4
Frames = Iterable[Picture]


def pieces(folder: Path) -> Iterator[Piece]:
    every = [*pictures.drawn(10), *pictures.natural(10)]
    yield from _emulated(folder, every)
    for defect, make in MADE.items():
        for number in range(OF_EACH - EMULATED):
            one, other = every[number], every[(number + 7) % len(every)]
            still = kept(folder / f"{defect}-{number}.png", one)
            clip = film(still.with_suffix(".mp4"), make(one, other, number), crf=(18, 26, 34)[number % 3])
            yield Piece(clip.stem, clip, CLIP, still, defect)
    yield from _silent(folder)
    yield from _other_words(folder)


def _emulated(folder: Path, every: list[Picture]) -> Iterator[Piece]:
    for defect in CLIP_DEFECTS:
        for number in range(OF_EACH if defect == "unwanted_sound" else EMULATED):
            still = kept(folder / f"emulated-{defect}-{number}.png", every[number])
            clip = still.with_suffix(".mp4")
            clip.write_bytes(media.mp4(SECONDS, 16 / 9, still.read_bytes(), defect=defect))
            yield Piece(clip.stem, clip, CLIP, still, defect)


def _grain(picture: Picture, level: float, number: int) -> Picture:
    noise = np.random.default_rng(number).normal(0, level, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _frozen(one: Picture, _: Picture, number: int) -> Frames:
    """Frozen from the beginning, or after a while; some with the noise of a camera."""
    stops = (0.0, 0.1, 0.3)[number % 3]
    level = 1.5 * (number % 4 == 3)
    return moments(lambda far: _grain(zoomed(one, min(far, stops)), level, round(far * 1000)))


def _strobing(one: Picture, other: Picture, number: int) -> Frames:
    lasts, lights = (1, 2, 3)[number % 3], (0, 255)
    for place, frame in enumerate(moments(lambda far: zoomed(one, far))):
        flashed = zoomed(other, 0) if number % 4 == 3 else np.full_like(frame, lights[int(frame.mean() < 128)])
        yield flashed if place // lasts % 2 else frame


def _black(one: Picture, _: Picture, number: int) -> Frames:
    return moments(lambda far: _grain(np.zeros_like(zoomed(one, 0)), number / 4, round(far * 1000)))


def _barred(one: Picture, _: Picture, number: int) -> Frames:
    part = 0.06 + 0.006 * number
    return moments(lambda far: _with_bars(zoomed(one, far), part, pillars=number % 3 == 2))


def _with_bars(picture: Picture, part: float, *, pillars: bool) -> Picture:
    shown = picture.copy()
    lines = shown.swapaxes(0, 1) if pillars else shown
    thick = round(len(lines) * part)
    lines[:thick] = lines[-thick:] = 0
    return shown


def _other_shape(one: Picture, _: Picture, number: int) -> Frames:
    width, height = ((108, 108), (108, 192), (144, 108), (252, 108))[number % 4]
    return moments(lambda far: zoomed(one, far)[np.arange(height) % 108][:, np.arange(width) % 192])


MADE: dict[str, Callable[[Picture, Picture, int], Frames]] = {
    "frozen": _frozen,
    "strobing": _strobing,
    "black": _black,
    "barred": _barred,
    "other_beginning": lambda _, other, number: moments(lambda far: zoomed(other, far)),
    "other_shape": _other_shape,
    "too_short": lambda one, _, number: moments(lambda far: zoomed(one, far), seconds=1 + number % 6 * 0.5),
}


def _silent(folder: Path) -> Iterator[Piece]:
    for number in range(OF_EACH):
        path = sounds.noise(folder / f"silent-{number}.wav", 2 + number, (0.0, 0.0002, 0.0006)[number % 3])
        wanted = Wanted(Kind.MUSIC, seconds=10) if number % 2 else sounds.of_text(sounds.TEXTS["en"], "en")
        yield Piece(path.stem, path, wanted, None, "silent")


def _other_words(folder: Path) -> Iterator[Piece]:
    """Too few words, too many, and the names of letters by a voice that cannot read them."""
    languages = list(sounds.TEXTS)[:10]
    for number in range(OF_EACH):
        language = languages[number % len(languages)]
        text = sounds.TEXTS[language]
        begin = text[: len(text) // 5]
        said, asked = (begin, text) if number % 2 else (" ".join([text] * 3), begin)
        path = sounds.voice(folder / f"words-{number}.mp3", said, language, ("Rachel", "Eric")[number // 10])
        yield Piece(path.stem, path, sounds.of_text(asked, language), None, "other_words")
    for person in ("Rachel", "Eric"):
        path = sounds.by_espeak(folder / f"letters-{person}.wav", sounds.TEXTS["ja"], "ja", person)
        yield Piece(path.stem, path, sounds.of_text(sounds.TEXTS["ja"], "ja"), None, "other_words")
