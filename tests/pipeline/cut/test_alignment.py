from __future__ import annotations

import asyncio

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cut.picture.caption_lines import tokens
from pipeline.cut.sound.alignment import align
from pipeline.cut.sound.word_times import RATE, read, stretches
from pipeline.providers.base import Call, VoiceRequest
from pipeline.providers.local.voice import LocalVoice
from pixora.foundation import processes
from tests.pipeline.cut import media

SPOKEN = [
    ("en", "George", "Every morning, before the city wakes, the baker lights his oven. Flour, water, salt and time."),
    ("nl", "Roger", "Diep onder het ijs vonden onderzoekers iets onverwachts: een meer zo oud als de bergen."),
    ("nl", "Eric", "Zij opent de deur. De kamer is leeg, maar de kaars brandt nog."),
    ("pt", "Alice", "Todas as manhãs o padeiro acende o forno. A cidade ainda dorme."),
    ("pt", "Liam", "O rio desce da montanha, cruza o vale e chega por fim ao mar."),
]
"""Voices that tell the times themselves. The English man's pauses within words mislead the ear by up to half a second;
nobody needs to listen to him, as his model tells when each word is spoken."""
WORST_MS, MEAN_MS = 150, 70


def speak(language: str, voice: str, text: str, folder) -> list[tuple[str, int, int]]:
    call = Call(folder, folder / "voice.mp3")
    made = asyncio.run(LocalVoice().make(VoiceRequest(text, language, voice, seed=1), call))
    return list(made.facts["words"])


@pytest.mark.parametrize(("language", "voice", "text"), SPOKEN)
def test_words_are_found_in_a_voice_whose_times_are_known(language, voice, text, tmp_path):
    truth = speak(language, voice, text, tmp_path)
    found = {word.text: word for word in align(text, stretches(read(tmp_path / "voice.mp3")))}
    once = [(found[word], start) for word, start, _ in truth if text.split().count(word) == 1]
    errors = [abs(word.start_ms - start) for word, start in once]
    assert len(errors) > len(truth) / 2
    assert max(errors) <= WORST_MS
    assert np.mean(errors) <= MEAN_MS


def test_it_runs_as_a_child_process_and_survives_what_it_cannot_hear(tmp_path):
    sound = np.concatenate([_noise(1.0), np.zeros(RATE), _noise(1.0)])
    media.write_wav(tmp_path / "voice.wav", sound, RATE)
    media.write_wav(tmp_path / "silence.wav", np.zeros(RATE, np.float32), RATE)
    (tmp_path / "broken.wav").write_bytes(b"RIFF")
    asked = [
        {"path": str(tmp_path / name), "text": "One. Two."} for name in ("voice.wav", "silence.wav", "broken.wav", "no")
    ]
    heard, *nothing = asyncio.run(processes.ask("pipeline.cut.sound.word_times", asked, deadline_s=30))
    assert [word for word, _, _ in heard] == ["One.", "Two."]
    assert heard[1][1] == pytest.approx(2_000, abs=20)
    assert nothing == [[], [], []]


def test_pauses_are_where_nobody_speaks():
    sound = np.concatenate([np.zeros(RATE // 2), _noise(0.6), np.zeros(RATE // 5), _noise(0.4)])
    found = stretches(sound.astype(np.float32))
    assert np.allclose(found, [(500, 1_100), (1_300, 1_700)], atol=15)


def test_a_pause_belongs_to_the_punctuation():
    found = align("Here we are, at last", [(0, 700), (1_000, 1_500)])
    assert [word.text for word in found if word.start_ms >= 1_000] == ["at", "last"]


def test_a_pause_within_words_moves_no_word_over_it():
    (first, second) = align("Extraordinary happenings", [(0, 400), (460, 900), (960, 1_400)])
    assert (first.start_ms, second.end_ms) == (0, 1_400)
    assert 600 < second.start_ms < 960


def test_digits_take_longer_than_letters():
    year, word = align("1969 abcd", [(0, 2_000)])
    assert year.end_ms - year.start_ms > 3 * (word.end_ms - word.start_ms)


@given(
    st.lists(st.sampled_from(["a", "word,", "something.", "1969", "!", "你好。", "ÄÖÜ"]), max_size=25).map(" ".join),
    st.lists(st.tuples(st.integers(30, 3_000), st.integers(50, 900)), max_size=12),
)
@example("a word, 1969 something. something.", [(819, 50)])
def test_every_word_has_its_time_in_order_within_the_speech(text, lengths):
    heard, clock = [], 0
    for sounding, pause in lengths:
        heard.append((clock, clock + sounding))
        clock += sounding + pause
    found = align(text, heard)
    if not text or not heard:
        assert found == ()
        return
    assert [word.text for word in found] == tokens(text)
    times = [time for word in found for time in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert times[0] >= heard[0][0]
    assert times[-1] == heard[-1][1]


def test_a_long_narration_is_divided_in_reasonable_time():
    text = " ".join(["several words, one after another."] * 40)
    heard = [(at * 500, at * 500 + 420) for at in range(120)]
    assert len(align(text, heard)) == 200


def _noise(seconds: float):
    return 0.3 * np.random.default_rng(1).standard_normal(round(seconds * RATE)).clip(-1, 1)
