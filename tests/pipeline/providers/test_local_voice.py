from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cut.sound.mp3 import write_mp3
from pipeline.film.settings import LANGUAGES
from pipeline.film.settings import VOICES as NAMES
from pipeline.film.voices import KNOWN
from pipeline.providers.base import Call, Made, VoiceRequest
from pipeline.providers.local.speech import pico
from pipeline.providers.local.speech.__main__ import make
from pipeline.providers.local.speech.kinds import kinds
from pipeline.providers.local.speech.neural import heart, weights
from pipeline.providers.local.speech.neural.cast import CAST, delivery_of
from pipeline.providers.local.speech.neural.phonemes import LONGEST, breaths
from pipeline.providers.local.speech.neural.reading import speak as read_aloud
from pipeline.providers.local.speech.neural.spelling import espeak_phonemes
from pipeline.providers.local.speech.voices import VOICES, manner_of
from pipeline.providers.local.speech.words import Word, speakable, words_heard
from pipeline.providers.local.voice import LocalVoice
from pixora.foundation.errors import ProviderError

LINE = "Every night the brave little rocket dreams of distant stars."
REQUEST = VoiceRequest(text=LINE, language="en", voice="Rachel", seed=5)


def speak(folder: Path, request: VoiceRequest = REQUEST, **changes) -> Made:
    call = Call(workdir=folder, out=folder / "audio.mp3", deadline_s=60)
    return asyncio.run(LocalVoice().make(replace(request, **changes), call))


def speak_here(folder: Path, **changes) -> Made:
    """Speak as the child does, without waiting for one."""
    request = replace(REQUEST, **changes)
    facts = make({**asdict(request), "spaces": True, "out": str(folder / "audio.mp3")}, lambda _: None)
    return Made(folder / "audio.mp3", facts)


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory) -> Made:
    return speak(tmp_path_factory.mktemp("spoken"))


def test_a_sentence_becomes_speech_that_fits_its_slot_and_leaves_no_draft_behind(spoken):
    made = spoken
    sound = heard(made.path)[0]
    assert [path.name for path in made.path.parent.iterdir()] == ["audio.mp3"]
    assert made.facts["sample_rate"] == 48_000
    assert abs(len(sound) / 48 - made.facts["duration_ms"]) <= 1
    assert 2_500 < made.facts["duration_ms"] < 4_400
    assert 0.3 < np.abs(sound).max() <= 10 ** (-3 / 20)


def test_it_starts_and_ends_without_silence(spoken):
    sound = heard(spoken.path)[0]
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() / 100)
    assert loud[0] <= 30 * 48
    assert len(sound) - loud[-1] <= 30 * 48


def test_each_word_has_its_time_and_is_loud_then(spoken):
    made = spoken
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


@pytest.mark.parametrize("voice", ["Rachel", "Eric"])
def test_the_same_request_gives_the_same_bytes_and_another_seed_other_ones(tmp_path, voice):
    takes = [speak_here(tmp_path, text="Hello.", voice=voice, seed=seed).path.read_bytes() for seed in (5, 5, 6)]
    assert takes[0] == takes[1] != takes[2]


def test_a_child_says_what_any_process_says(tmp_path, spoken):
    assert speak_here(tmp_path).path.read_bytes() == spoken.path.read_bytes()


def test_instructions_change_the_manner(tmp_path, spoken):
    slow = speak_here(tmp_path, instructions="slower please").facts["duration_ms"]
    assert slow > 1.1 * spoken.facts["duration_ms"]


@pytest.mark.parametrize("text", ["", " \n", "🚀✨👩‍🚀", "...", "\x00\x01"])
def test_a_text_without_a_word_is_a_moment_of_near_silence(tmp_path, text):
    made = speak(tmp_path, text=text)
    assert made.facts == {"duration_ms": 200, "words": [], "sample_rate": 48_000}
    assert 0 < np.abs(heard(made.path)).max() < 0.01


def test_markup_is_read_as_text_and_never_obeyed(tmp_path):
    made = speak_here(tmp_path, text='<break time="9s"/> <prosody rate="x-slow">Hello</prosody> [[h@l]] \x0150s now')
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


def test_every_voice_is_a_neural_one_of_its_own_and_of_its_sex():
    parts = {name: CAST[name.lower()] for name in NAMES}
    assert len({(part, VOICES[name.lower()].pace) for name, part in parts.items()}) == len(NAMES)
    for voice in KNOWN:
        assert (parts[voice.name].person == "joe") == (voice.gender == "man"), voice.name


@pytest.mark.parametrize(("voice", "lowest", "highest"), [("Brian", 60, 125), ("Laura", 170, 300)])
def test_men_sound_like_men_and_women_like_women(voice, lowest, highest):
    speech = read_aloud(LINE, delivery_of(voice=voice, seed=1, instructions=""))
    assert lowest < pitch(speech.samples, speech.rate) < highest


def pitch(samples: np.ndarray, rate: int) -> float:
    """The median in hertz, by how much each voiced stretch of 40 ms is like itself a period later."""
    frames = [samples[at : at + rate // 25] for at in range(0, len(samples) - rate // 25, rate // 50)]
    found = []
    for frame in (frame for frame in frames if np.square(frame).mean() > np.square(samples).mean()):
        alike = np.correlate(frame, frame, "full")[len(frame) - 1 :]
        period = rate // 400 + int(np.argmax(alike[rate // 400 : rate // 55]))
        if alike[period] > 0.5 * alike[0]:
            found.append(rate / period)
    return float(np.median(found))


def test_where_a_part_is_another_one_espeak_speaks(tmp_path, monkeypatch, capsys):
    forged = replace(weights.HEART, sha256="0" * 64)
    monkeypatch.setattr(heart, "HEART", forged)
    monkeypatch.chdir(tmp_path)
    assert [word for word, _, _ in speak_here(tmp_path).facts["words"]] == LINE.split()
    assert "hibari has another hibari.onnx than the one Pixora was made with" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Wir fahren, so schnell es geht. Nach Hause!"),
        ("fr", "<play file='/etc/passwd'/> La lune brille."),
        ("it", "<speed level='20'>La luna</speed> & il mare."),
        ("es", "1" * 60),
    ],
)
def test_a_trained_voice_reads_marks_as_nothing_and_words_in_their_order(tmp_path, language, text):
    facts = speak_here(tmp_path, language=language, text=text).facts
    times = [start for _, start, _ in facts["words"]]
    assert times == sorted(times)
    assert facts["words"][-1][0] == text.split()[-1]
    assert facts["duration_ms"] < 400_000


def test_men_are_deeper_than_women_in_other_languages_too():
    pitches = []
    for voice in ("Laura", "Brian"):
        speech = pico.speak("Der Mond scheint.", "de", delivery_of(voice=voice, seed=1, instructions=""))
        pitches.append(pitch(speech.samples, speech.rate))
    assert pitches[0] > 165 > 140 > pitches[1]


def test_what_kind_of_voice_speaks_is_told_by_language(monkeypatch):
    labels = {kind.language: kind.label for kind in kinds()}
    trained = dict.fromkeys(("de", "es", "fr", "it"), "trained voice")
    synthetic = dict.fromkeys(("pt", "nl", "zh"), "synthetic voice")
    assert labels == {"en": "neural voice", **trained, **synthetic}
    monkeypatch.setattr(weights, "what_is_missing", lambda: "hibari is not installed.")
    weights.why_not.cache_clear()
    try:
        assert not any(kind.neural for kind in kinds())
    finally:
        weights.why_not.cache_clear()


def owners(text: str) -> list[tuple[str, str]]:
    written = text.split()
    return [(written[word.word], word.phonemes) for breath in breaths(text) for word in breath.words]


def test_what_is_said_for_a_number_with_a_unit_stands_where_it_was_written():
    assert [word for word, _ in owners("It weighs 5km, by Dr. Smith.")] == [
        "It", "weighs", "5km,", "5km,", "by", "Dr.", "Smith.",
    ]  # fmt: skip


def test_marks_that_set_a_pronunciation_are_not_obeyed():
    said = "".join(phonemes for _, phonemes in owners("Say [moon](/sˈʌn/) now."))
    assert "mˈun" in said


@pytest.mark.parametrize("text", ["1" * 300, "a" * 900, "word " * 300, "so, " * 300, "🚀", "你好 мир", ")(" * 200])
def test_no_breath_is_longer_than_the_models_can_take(text):
    for breath in breaths(text):
        assert sum(len(word.phonemes) + 1 for word in breath.words) <= LONGEST + 1


def test_phonemes_are_written_as_the_mans_voice_reads_them():
    written = "".join(espeak_phonemes("hˈæpi ʤˈɜɹni tə ðə bɹˈAk, hˈɜɹi"))
    assert written == "hˈæpi dʒˈɜːni tə ðə bɹˈeɪk, hˈɜːɹi"
    assert len(espeak_phonemes("ʤˈɜɹni")) == len("ʤˈɜɹni")


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


def test_a_told_sound_is_what_the_neural_voices_say() -> None:
    def said(read: str, **told: str) -> str:
        [breath] = breaths(f"Mr {read} waits.", [{"read": read, "said": "", "ipa": "", **told}])
        return breath.words[1].phonemes

    assert said("ker-ler", said="KER-ler") == "kˈɜɹlɜɹ", "the stress is where the capitals are"
    assert said("kurluh", ipa="ˈkøːlɐ") == "kˈɜɹlə"
    assert said("ker-ler") == "kˌɜɹlˈɜɹ"
