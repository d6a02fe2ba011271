"""A film's sound is made in pieces, each apart from the others: it is the same as if it were made as a whole, and what
has not changed is taken from the track before, to the byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.cut.sound import aac_pieces, earlier_track, lay_tracks, make_track, mixing, sources
from pipeline.cut.sound.aac_pieces import PIECE_FRAMES
from pipeline.cut.sound.earlier_track import Earlier, Level
from pipeline.cut.sound.raw_sound import Recording
from pipeline.cut.sound.sound_plan import RATE, Music, Narration, SoundPlan
from tests.pipeline.cut import media

SECONDS = 26


def noise(path: Path, seconds: float, *, seed: int, level: float = 0.2) -> Path:
    chance = np.random.default_rng(seed).normal(0, level, round(seconds * RATE))
    return media.write_wav(path, chance.astype(np.float32))


@pytest.fixture
def plan(tmp_path: Path) -> SoundPlan:
    """Five narrations of two seconds, one each five seconds, over music that repeats and a clip's own sound."""
    voices = [noise(tmp_path / f"voice_{number}.wav", 2.0, seed=number) for number in range(5)]
    spoken = tuple(Narration(voice, (5 * number + 1) * RATE) for number, voice in enumerate(voices))
    tune = media.tone(tmp_path / "tune.wav", 7.0)
    music = Music(tune, 0, SECONDS * RATE, fade_in=2_400, fade_out=72_000)
    own = Music(noise(tmp_path / "own.wav", 4.0, seed=9), 10 * RATE, 5 * RATE, 2_400, 2_400, once=True, skip=RATE // 4)
    return SoundPlan(SECONDS * RATE + 5, spoken, (music, own))


class Maker:
    """Makes tracks in this process, and knows what of them had to be decoded, mixed and encoded."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.done = folder, dict[str, int]()
        self._count(monkeypatch, mixing, "mix")
        self._count(monkeypatch, aac_pieces, "encoded")
        self._count(monkeypatch, lay_tracks, "spoken")
        self._count(monkeypatch, sources, "hear")

    def _count(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        once = getattr(module, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            self.done[name] = self.done.get(name, 0) + 1
            return once(*args, **kwargs)

        monkeypatch.setattr(module, name, counted)

    def track(self, plan: SoundPlan, name: str, earlier: Path | None = None) -> tuple[bytes, Mapping[str, int]]:
        """The track, and how often something was done for it."""
        self.done.clear()
        folder, out = self.folder / f"work_{name}", self.folder / f"{name}.m4a"
        folder.mkdir()
        described = json.loads(json.dumps(asdict(plan), default=str))
        asked = {**described, "pieces": described["music"], "folder": str(folder), "out": str(out)}
        with Earlier.opened(earlier, PIECE_FRAMES) as known:
            make_track._make(asked, known, lambda _done: None)
        return out.read_bytes(), dict(self.done)


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    return Maker(tmp_path, monkeypatch)


def spoken_anew(plan: SoundPlan, number: int, path: Path) -> SoundPlan:
    """Return the plan with another narration in its place."""
    narrations = [replace(told, path=path) if at == number else told for at, told in enumerate(plan.narrations)]
    return replace(plan, narrations=tuple(narrations))


def test_one_changed_narration_is_all_that_is_decoded_mixed_and_encoded(plan: SoundPlan, maker: Maker) -> None:
    """Two of six pieces of 4.8 s hear the narration at 11 s, the second of them so early that it sounds as before."""
    before, everything = maker.track(plan, "before")
    assert everything == {"spoken": 5, "hear": 2, "mix": 6, "encoded": 6}
    changed = spoken_anew(plan, 2, noise(maker.folder / "other.wav", 2.0, seed=50))
    anew, _ = maker.track(changed, "anew")
    again, done = maker.track(changed, "again", maker.folder / "before.m4a")
    assert again == anew != before
    assert done == {"spoken": 2, "hear": 2, "mix": 2, "encoded": 1}, "the next one is heard where it is"
    assert maker.track(plan, "back", maker.folder / "again.m4a")[0] == before


def test_nothing_is_made_of_a_track_that_is_the_same(plan: SoundPlan, maker: Maker) -> None:
    before, _ = maker.track(plan, "before")
    assert maker.track(plan, "again", maker.folder / "before.m4a") == (before, {})


def test_a_changed_level_changes_all_of_it(plan: SoundPlan, maker: Maker) -> None:
    maker.track(plan, "before")
    quiet = replace(plan, music_level_db=-20.0)
    anew, everything = maker.track(quiet, "anew")
    again, done = maker.track(quiet, "again", maker.folder / "before.m4a")
    assert again == anew
    assert done["mix"] == everything["mix"] == 6


def test_a_film_that_became_shorter_keeps_its_beginning(plan: SoundPlan, maker: Maker) -> None:
    """But for the level of the whole, which is another without the last narration."""
    maker.track(plan, "before")
    shorter = replace(plan, samples=20 * RATE, narrations=plan.narrations[:4])
    anew, _ = maker.track(shorter, "anew")
    again, done = maker.track(shorter, "again", maker.folder / "before.m4a")
    assert again == anew
    assert done["mix"] <= 5


def test_a_track_that_cannot_be_used_changes_nothing(plan: SoundPlan, maker: Maker) -> None:
    plan = replace(plan, samples=9 * RATE, narrations=plan.narrations[:2], music=plan.music[:1])
    before, everything = maker.track(plan, "before")
    for damage in ("cut short", "not there", "no track", "an older one", "odd notes"):
        odd = damaged(maker.folder / "before.m4a", damage)
        assert maker.track(plan, f"again {damage}", odd) == (before, everything), damage


def damaged(track: Path, damage: str) -> Path:
    odd, comments = track.with_name(f"{damage}.m4a"), {
        "an older one": "pieces " + 6 * "0123456789abcdef01234567",
        "odd notes": '{"pieces": [["a"]], "levels": {"b": "3 !"}}',
    }  # fmt: skip
    if damage in comments:
        media.run("-i", track, "-c", "copy", "-metadata", f"comment={comments[damage]}", odd)
    elif damage != "not there":
        odd.write_bytes(track.read_bytes()[:20_000] if damage == "cut short" else b"no track at all")
    return odd


def test_pieces_are_what_the_whole_is() -> None:
    """Ducking and limiting have forgotten how a piece began when it is heard."""
    at = np.arange(12 * RATE) / RATE
    voice = (0.4 * np.sin(1_300 * at) * (np.sin(at * 1.3) > 0)).astype(np.float32)[:, None]
    music = np.stack([0.3 * np.sin(5_600 * at) + np.random.default_rng(3).normal(0, 0.2, len(at))] * 2, axis=1)
    both = voice, music.astype(np.float32)
    whole = mixing.limit(mixing.mix(*both, voice_gain_db=4.5, samples=len(at)), gain_db=9)
    for begin_s in (2.1, 4.8, 7.7):
        begin, end = round(begin_s * RATE), round((begin_s + 3) * RATE)
        span = slice(begin - mixing.WARM_UP, end + mixing.AHEAD)
        mixed = mixing.mix(*(sound[span] for sound in both), voice_gain_db=4.5, samples=span.stop - span.start)
        piece = mixing.limit(mixed, gain_db=9)[mixing.WARM_UP : -mixing.AHEAD]
        assert np.abs(piece - whole[begin:end]).max() < 1e-6


def test_levels_are_kept_as_they_are_used() -> None:
    level = Level.of(1_000, np.array([0.1, 1 / 3, 0.0]))
    kept = Level.read(level.written())
    assert (kept.samples, kept.energies.tolist()) == (1_000, level.energies.tolist())
    assert earlier_track.mark("a", 1) != earlier_track.mark("a", 2)


def test_a_sound_is_read_no_further_than_it_is_asked_for(tmp_path: Path) -> None:
    taken: list[int] = []

    def parts() -> Any:
        for number in range(5):
            taken.append(number)
            yield np.full((100, 1), number, np.float32)

    with Recording(parts(), channels=1, at_most=450, folder=tmp_path, samples=450) as sound:
        assert sound.read(150, 160)[:, 0].tolist() == [1.0] * 10
        assert (taken, sound.samples) == ([0, 1], 450)
        assert len(sound.read(400, 500)) == 50
    assert not list(tmp_path.iterdir())
