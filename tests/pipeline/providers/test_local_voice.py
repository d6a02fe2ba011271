from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.film.settings import LANGUAGES
from pipeline.film.settings import VOICES as NAMES
from pipeline.providers.base import Call, Made, VoiceRequest
from pipeline.providers.local.mp3 import write_mp3
from pipeline.providers.local.speech.voices import VOICES, manner_of
from pipeline.providers.local.speech.words import Word, speakable, words_heard
from pipeline.providers.local.voice import LocalVoice
from pixora.foundation.errors import ProviderError

LINE = "Every night the brave little rocket dreams of distant stars."
REQUEST = VoiceRequest(text=LINE, language="en", voice="Rachel", seed=5)


def speak(folder: Path, request: VoiceRequest = REQUEST, **changes) -> Made:
    call = Call(workdir=folder, out=folder / "audio.mp3", deadline_s=60)
    return asyncio.run(LocalVoice().make(replace(request, **changes), call))


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def test_a_sentence_becomes_speech_that_fits_its_slot_and_leaves_no_draft_behind(tmp_path):
    made = speak(tmp_path)
    sound = heard(made.path)[0]
    assert [path.name for path in tmp_path.iterdir()] == ["audio.mp3"]
    assert made.facts["sample_rate"] == 48_000
    assert abs(len(sound) / 48 - made.facts["duration_ms"]) <= 1
    assert 2_500 < made.facts["duration_ms"] < 4_400
    assert 0.3 < np.abs(sound).max() <= 10 ** (-3 / 20)


def test_it_starts_and_ends_without_silence(tmp_path):
    sound = heard(speak(tmp_path).path)[0]
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() / 100)
    assert loud[0] <= 30 * 48
    assert len(sound) - loud[-1] <= 30 * 48


def test_each_word_has_its_time_and_is_loud_then(tmp_path):
    made = speak(tmp_path)
    sound = heard(made.path)[0]
    words = made.facts["words"]
    assert [word for word, _, _ in words] == LINE.split()
    assert all(
        0 <= start < end <= following
        for (_, start, end), (_, following, _) in zip(
            words, [*words[1:], ["", made.facts["duration_ms"], 0]], strict=True
        )
    )
    assert all(np.abs(sound[start * 48 : end * 48]).max() > 0.05 for _, start, end in words)


def test_the_same_request_gives_the_same_bytes_and_another_seed_other_ones(tmp_path):
    takes = [speak(tmp_path, seed=seed).path.read_bytes() for seed in (5, 5, 6)]
    assert takes[0] == takes[1] != takes[2]


def test_instructions_change_the_manner(tmp_path):
    slow, fast = (speak(tmp_path, instructions=told).facts["duration_ms"] for told in ("slower please", "Faster!"))
    assert slow > 1.1 * fast


@pytest.mark.parametrize("text", ["", " \n", "🚀✨👩‍🚀", "...", "\x00\x01"])
def test_a_text_without_a_word_is_a_moment_of_near_silence(tmp_path, text):
    made = speak(tmp_path, text=text)
    assert made.facts == {"duration_ms": 200, "words": [], "sample_rate": 48_000}
    assert 0 < np.abs(heard(made.path)).max() < 0.01


def test_markup_is_read_as_text_and_never_obeyed(tmp_path):
    made = speak(tmp_path, text='<break time="9s"/> <prosody rate="x-slow">Hello</prosody> [[h@l]] \x0150s now')
    assert 1_000 < made.facts["duration_ms"] < 15_000
    assert made.facts["words"][-1][0] == "now"


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Der Mond scheint über dem Meer."), ("zh", "太空探索改变了我们对宇宙的理解。")],
)
def test_it_speaks_other_languages(tmp_path, language, text):
    made = speak(tmp_path, language=language, text=text)
    assert 1_200 < made.facts["duration_ms"] < 4_400
    spoken = "".join(word for word, _, _ in made.facts["words"])
    assert spoken == text.replace(" ", "")


def test_a_deadline_that_passes_is_one_sentence_and_worth_another_try(tmp_path):
    call = Call(workdir=tmp_path, out=tmp_path / "audio.mp3", deadline_s=0.01)
    with pytest.raises(ProviderError, match=r"^The local voice-over took too long\.$") as caught:
        asyncio.run(LocalVoice().make(REQUEST, call))
    assert caught.value.retryable
    assert list(tmp_path.iterdir()) == []


def test_every_voice_a_user_may_choose_is_a_voice_of_its_own():
    manners = {manner_of(LINE, voice=name, language="en", seed=0, instructions="") for name in NAMES}
    assert set(VOICES) == {name.lower() for name in NAMES}
    assert len(manners) == len(NAMES)


def test_every_language_a_user_may_choose_has_its_own_tongue():
    tongues = {manner_of(LINE, voice="Sarah", language=code, seed=0, instructions="").voice for code in LANGUAGES}
    assert len(tongues) == len(LANGUAGES)


def test_pictures_and_control_characters_are_not_spoken():
    assert speakable("To the 🌕!\x01") == "To the  ! "
    assert speakable("♥ … 🚀") == ""


def test_a_word_spoken_in_parts_is_heard_once():
    assert words_heard("it's 42 now", [(0, 0), (5, 10), (6, 20), (8, 30)], 40, spaces=True) == [
        Word("it's", 0, 10),
        Word("42", 10, 30),
        Word("now", 30, 40),
    ]


def test_mp3_keeps_the_length_and_the_moment_of_a_click(tmp_path):
    sound = np.zeros((1, 48_000 + 123), np.float32)
    sound[0, 20_000:20_200] = 0.5
    write_mp3(tmp_path / "click.mp3", sound, 48_000, kbps=128)
    back = heard(tmp_path / "click.mp3")
    assert back.shape == sound.shape
    assert abs(int(np.flatnonzero(np.abs(back[0]) > 0.25)[0]) - 20_000) <= 48
