from __future__ import annotations

import asyncio
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from pipeline.cut.sound import loudness
from pipeline.cut.sound.lay_tracks import fitted
from pipeline.cut.sound.raw_sound import Recording
from pipeline.cut.sound.sound_plan import ClipSound, GroupMusic, Music, Narration, SoundPlan, plan_sound
from pipeline.cut.sound.soundtrack import lay_tracks, mix_soundtrack
from pipeline.cut.timeline import SceneCut, lay_out
from pixora.foundation.errors import BadMedia
from tests.pipeline.cut import media

RATE = media.RATE
SCENES = [SceneCut(n, 5, "fade", 3_000 if n % 2 else 0) for n in range(1, 5)]
TIMELINE = lay_out(SCENES)


def speech(path: Path, seconds: float, *, level: float = 0.25) -> Path:
    """Syllables, four a second, of a buzzing voice with some breath."""
    at = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * 130 * k * at) / k for k in range(1, 20))
    breath = np.random.default_rng(1).normal(0, 0.15, len(at))
    syllables = 0.15 + 0.85 * np.abs(np.sin(2 * np.pi * 2 * at))
    return media.write_wav(path, np.float32(level) * np.asarray(syllables * (0.5 * buzz + breath), np.float32))


def chord(path: Path, seconds: float, *, hertz: float = 1_500, level: float = 0.2) -> Path:
    at = np.arange(round(seconds * RATE)) / RATE
    sides = [level * np.sin(2 * np.pi * (hertz + side) * at) for side in (0, 0.5)]
    return media.write_wav(path, np.stack(sides, axis=1).astype(np.float32))


def tone_level_db(sound: media.Sound, hertz: float) -> float:
    """The level of one tone among other sounds."""
    at = np.arange(len(sound)) / RATE
    found = np.mean(sound[:, 0] * np.exp(-2j * np.pi * hertz * at))
    return float(20 * np.log10(2 * abs(found) + 1e-12))


def mixed(plan: SoundPlan, folder: Path) -> tuple[Mapping[str, float | None], Path]:
    facts = asyncio.run(mix_soundtrack(plan, folder / "sound.m4a", workdir=folder))
    return facts, folder / "sound.m4a"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for sounds that are heard at once; the next mix takes the same name."""
    return tmp_path_factory.mktemp("sound")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Speech in scenes 1 and 3; one tone under scenes 1 and 2, another under 3 and 4."""
    folder = tmp_path_factory.mktemp("whole")
    voice = speech(folder / "voice.wav", 3.0)
    music = (
        GroupMusic((1, 2), chord(folder / "low.wav", 4.0, hertz=1_500, level=0.05), seamless=True),
        GroupMusic((3, 4), chord(folder / "high.wav", 30.0, hertz=2_500, level=0.4)),
    )
    return mixed(plan_sound(TIMELINE, narrations={1: voice, 3: voice}, music=music), folder)


@pytest.fixture(scope="module")
def heard(whole):
    return media.listen(whole[1])


def part(sound: media.Sound, begin_s: float, end_s: float) -> media.Sound:
    return sound[round(begin_s * RATE) : round(end_s * RATE)]


def test_the_film_is_as_loud_as_streaming_asks_and_never_peaks(whole, heard):
    lufs, peak = media.loudness(whole[1])
    assert lufs == pytest.approx(-14, abs=0.5)
    assert peak <= -1.0
    assert whole[0]["lufs"] == pytest.approx(lufs, abs=0.4), "what the encoder may take away"
    assert len(heard) == TIMELINE.frames * 1_600


def test_music_goes_down_under_speech_and_is_back_soon_after(heard):
    speech_ends = 8 / 30 + 3.0
    under = tone_level_db(part(heard, 1.0, 3.0), 1_500)
    back = tone_level_db(part(heard, speech_ends + 0.6, speech_ends + 0.8), 1_500)
    free = tone_level_db(part(heard, 5.5, 9.0), 1_500)
    assert free - under > 8
    assert free - back < 1
    assert max(tone_level_db(part(heard, at, at + 0.05), 1_500) for at in np.arange(0.5, 3.2, 0.05)) < free - 8


def test_music_is_level_from_group_to_group_and_crosses_over_at_the_border(heard):
    low = [tone_level_db(part(heard, at, at + 0.1), 1_500) for at in (9.0, 9.95, 10.6)]
    high = [tone_level_db(part(heard, at, at + 0.1), 2_500) for at in (9.3, 14.5, 17.0)]
    assert low[0] - low[1] == pytest.approx(3, abs=1.5)
    assert low[2] < low[0] - 40
    assert high[0] < high[2] - 40
    assert low[0] == pytest.approx(high[2], abs=2.5)


def test_music_fades_out_at_the_films_end(heard):
    assert tone_level_db(part(heard, 19.85, 19.95), 2_500) < tone_level_db(part(heard, 17, 18), 2_500) - 12


def test_music_that_repeats_has_no_seam(heard):
    """A tone that fits its length repeats without a click: nothing is heard beside it."""
    stretch = part(heard, 6.0, 9.0)[:, 0] * np.hanning(3 * RATE)
    spectrum = np.abs(np.fft.rfft(stretch))
    near = slice(3 * 1_400, 3 * 1_600)
    spectrum[near] *= 0.001
    assert spectrum.max() < np.abs(np.fft.rfft(stretch)).max() / 300


def test_speech_alone_is_as_loud_with_silence_between(folder):
    voice = speech(folder / "quiet.wav", 3.0, level=0.01)
    facts, made = mixed(plan_sound(TIMELINE, narrations={1: voice, 3: voice}), folder)
    lufs, peak = media.loudness(made)
    assert lufs == pytest.approx(-14, abs=0.5)
    assert peak <= -1.0
    assert media.level_db(part(media.listen(made), 5.0, 10.0)) < -90
    assert (facts["gain_db"] or 0) < 10


def test_music_alone_is_as_loud(folder):
    music = (GroupMusic((1, 2, 3, 4), chord(folder / "alone.wav", 7.0)),)
    _, made = mixed(plan_sound(TIMELINE, narrations={}, music=music), folder)
    lufs, peak = media.loudness(made)
    assert lufs == pytest.approx(-14, abs=0.5)
    assert peak <= -1.0


def test_hard_transients_stay_below_the_true_peak(folder):
    clicks = np.zeros(3 * RATE, np.float32)
    clicks[::6_000] = 1.0
    clicks += np.random.default_rng(0).normal(0, 0.02, len(clicks)).astype(np.float32)
    voice = media.write_wav(folder / "clicks.wav", clicks)
    _, made = mixed(plan_sound(TIMELINE, narrations={1: voice, 3: voice}), folder)
    assert media.loudness(made)[1] <= -1.0


@pytest.mark.parametrize("spoken", [True, False])
def test_silence_is_never_raised(folder, spoken):
    silent = media.write_wav(folder / "silent.wav", np.zeros(RATE, np.float32))
    facts, made = mixed(plan_sound(TIMELINE, narrations={1: silent} if spoken else {}), folder)
    assert facts == {"lufs": None, "gain_db": 0.0}
    sound = media.listen(made)
    assert len(sound) == TIMELINE.frames * 1_600
    assert not sound.any()


def test_a_silent_narration_leaves_the_music_alone(folder):
    silent = media.write_wav(folder / "silent.wav", np.zeros(3 * RATE, np.float32))
    music = (GroupMusic((1, 2, 3, 4), chord(folder / "under.wav", 20.0)),)
    _, made = mixed(plan_sound(TIMELINE, narrations={1: silent, 3: silent}, music=music), folder)
    assert media.loudness(made)[0] == pytest.approx(-14, abs=0.5)
    sound = media.listen(made)
    assert tone_level_db(part(sound, 1, 2), 1_500) == pytest.approx(tone_level_db(part(sound, 6, 7), 1_500), abs=0.5)


@pytest.mark.parametrize("suffix", ["mp3", "m4a", "ogg", "flac"])
def test_a_compressed_narration_begins_at_its_place_too(suffix, folder):
    tone = media.tone(folder / "tone.wav", 1.0)
    coded = folder / f"tone.{suffix}"
    media.run("-i", tone, "-ar", 44_100, "-ac", 2, coded)
    _, made = mixed(plan_sound(TIMELINE, narrations={1: coded}), folder)
    loud = np.flatnonzero(np.abs(media.listen(made)[:, 0]) > 0.1) / RATE
    assert loud[0] == pytest.approx(8 / 30, abs=0.010)
    assert loud[-1] == pytest.approx(8 / 30 + 1.0, abs=0.020)


def test_a_sped_up_narration_keeps_its_pitch_and_its_place(folder):
    tone = media.tone(folder / "long.wav", 2.0, hertz=500)
    _, made = mixed(SoundPlan(3 * RATE, (Narration(tone, RATE // 2, 1.1),)), folder)
    sound = media.listen(made)
    loud = np.flatnonzero(np.abs(sound[:, 0]) > 0.1) / RATE
    assert loud[0] == pytest.approx(0.5, abs=0.010)
    assert loud[-1] - loud[0] == pytest.approx(2.0 / 1.1, abs=0.030)
    assert tone_level_db(part(sound, 1.0, 1.1), 500) > tone_level_db(part(sound, 1.0, 1.1), 550) + 20


def test_neighbouring_groups_overlap_and_lonely_ones_do_not(tmp_path):
    timeline = lay_out([SceneCut(n, 5) for n in range(1, 5)])
    plan = plan_sound(
        timeline,
        narrations={},
        music=[GroupMusic((1,), tmp_path), GroupMusic((2,), tmp_path), GroupMusic((4,), tmp_path)],
    )
    assert plan.music == (
        Music(tmp_path, 0, 264_000, 2_400, 48_000),
        Music(tmp_path, 216_000, 264_000, 48_000, 72_000),
        Music(tmp_path, 720_000, 240_000, 2_400, 72_000),
    )


def test_short_music_fills_its_place_over_cross_fades(tmp_path):
    at = np.arange(3 * RATE) / RATE
    sound = np.random.default_rng(3).normal(0, 0.1, (len(at), 2)).astype(np.float32)
    piece = {"samples": 10 * RATE, "seamless": False, "fade_in": 0, "fade_out": 0, "once": False}
    with Recording([sound], channels=2, at_most=10 * RATE, folder=tmp_path) as music:
        filled = np.concatenate([*fitted(music, piece)])
    levels = [media.level_db(filled[at : at + RATE // 2]) for at in range(0, 10 * RATE, RATE // 2)]
    assert len(filled) == 10 * RATE
    assert max(levels) - min(levels) < 0.6


def test_loudness_agrees_with_ffmpegs_meter(folder):
    voice = speech(folder / "measured.wav", 8.0)
    samples = np.fromfile(voice, "<i2", offset=44).astype(np.float32)[:, None] / np.float32(32768)
    own = loudness.integrated(loudness.block_energies(loudness.windows(samples, RATE), RATE))
    assert own == pytest.approx(media.loudness(voice)[0], abs=0.1)


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF" + bytes(200)])
def test_a_broken_narration_is_named(tmp_path, content):
    (tmp_path / "broken.wav").write_bytes(content)
    with pytest.raises(BadMedia, match=r"broken\.wav cannot be heard"):
        mixed(plan_sound(TIMELINE, narrations={1: tmp_path / "broken.wav"}), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["broken.wav"]


def test_sound_is_mixed_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, made = mixed(plan_sound(TIMELINE, narrations={1: media.tone(tmp_path / "tone.wav", 0.5)}), tmp_path)
    assert made.is_file()


def test_no_track_is_left_in_the_work_folder(whole):
    assert not list(whole[1].parent.glob("*.f32"))


@pytest.mark.parametrize("more", [1, 100, round(0.1 * RATE) - 1, round(0.1 * RATE)])
def test_a_sound_is_measured_that_ends_just_after_a_window(more: int) -> None:
    """Any narration may end so: its last stretch is shorter than one step of the measurement."""
    whole = loudness.WINDOW_S * RATE
    tone = np.sin(np.arange(whole + more, dtype=np.float32) * 0.05)[:, np.newaxis]
    shorter, longer = (
        loudness.integrated(loudness.block_energies(loudness.windows(sound, RATE), RATE))
        for sound in (tone[:whole], tone)
    )
    assert longer == pytest.approx(shorter, abs=0.01)


def test_a_clips_own_sound_lies_under_its_picture_as_slow_as_that(tmp_path):
    """A click in the middle of a clip that is slowed to 1.25, in the second of two scenes, and in the first."""
    timeline = lay_out([SceneCut(1, 5, "none"), SceneCut(2, 5, "fade")])
    sound = np.zeros((4 * media.RATE, 2), np.float32)
    sound[2 * media.RATE : 2 * media.RATE + 2_000] = 0.5
    path = media.write_wav(tmp_path / "clip.wav", sound)
    for scene_id, at_s in ((1, 2.5 - 8 / 30), (2, 5 + 2.5 - 8 / 30)):
        plan = plan_sound(timeline, narrations={}, clips={scene_id: ClipSound(path, Fraction(119, 30))})
        asyncio.run(lay_tracks(plan, tmp_path / "v.f32", tmp_path / "m.f32", lambda _part: None))
        heard = np.fromfile(tmp_path / "m.f32", np.float32).reshape(-1, 2)
        assert len(heard) == plan.samples
        assert np.abs(heard).argmax() / 2 / media.RATE == pytest.approx(at_s, abs=0.06)
