"""Voices of all local engines and languages, the music made here, and silence."""

from __future__ import annotations

import wave
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.film.spoken import pieces, spoken
from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Wanted, speech_range
from pipeline.providers.local.speech import __main__ as speech
from pipeline.providers.local.speech.espeak import speak
from pipeline.providers.local.speech.voices import LANGUAGES, manner_of
from pipeline.providers.local.synth import __main__ as synth

TEXTS = {
    "en": "In 1961 a man flew around the Earth in 108 minutes, and the world held its breath.",
    "de": "Jeden Morgen öffnet der Bäcker die Tür, fegt die Stufe und heizt den Ofen an.",
    "es": "La lámpara brilla suavemente en el puerto mientras el guardián sube la escalera.",
    "fr": "La lampe brille doucement dans le port pendant que le gardien monte l'escalier.",
    "it": "La lampada brilla dolcemente nel porto mentre il guardiano sale le scale.",
    "pt": "A lâmpada brilha suavemente no porto enquanto o guardião sobe a escada.",
    "nl": "De lamp gloeit zacht in de haven terwijl de wachter de trap beklimt.",
    "pl": "Lampa świeci łagodnie w porcie, gdy strażnik wspina się po schodach.",
    "ja": "ランプは港で静かに光り、番人は階段を上ります。",
    "zh": "灯塔守卫爬上楼梯时，港口的灯光柔和地闪耀着。",
    "ko": "등대지기가 계단을 오르는 동안 항구의 등불이 은은하게 빛납니다.",
    "tr": "Bekçi merdivenleri çıkarken lamba limanda yumuşakça parlıyor.",
    "hi": "बंदरगाह में दीपक धीरे से चमकता है जबकि रखवाला सीढ़ियाँ चढ़ता है।",
}
JAPANESE = {
    "ランプは": "Ranpu wa", "港で": " minato de", "静かに": " shizuka ni", "光り、": " hikari,", "番人は": " bannin wa",
    "階段を": " kaidan o", "上ります。": " noborimasu.",
}  # fmt: skip
"""No voice here reads kanji: espeak-ng names them instead. An Italian one reads this about as a Japanese one speaks."""
RATE = 44_100


def voice(path: Path, text: str, language: str, person: str, manner: str = "") -> Path:
    """In the language's own voice: of those that films are not made in on this machine, espeak-ng has some too."""
    if language == "ja":
        text, language = _read(text), "it"
    said = spoken(pieces(text, language))
    if language not in LANGUAGES:
        return by_espeak(path.with_suffix(".wav"), said, language, person, manner)
    order = {"text": said, "language": language, "spaces": language not in SPACELESS_LANGUAGES, "voice": person}
    speech.make({**order, "seed": 1, "instructions": manner, "out": str(path)}, lambda _: None)
    return path


def _read(text: str) -> str:
    for written, read in JAPANESE.items():
        text = text.replace(written, read)
    return text


def by_espeak(path: Path, text: str, language: str, person: str, manner: str = "") -> Path:
    """A WAV of espeak-ng's voice of this language, whether it can read the text or not."""
    usual = manner_of(text, voice=person, language="en", seed=1, instructions=manner)
    heard = speak(text, replace(usual, voice=f"{language}+{usual.voice.partition('+')[2]}"))
    return _wav(path, heard.samples, heard.rate)


def of_text(text: str, language: str) -> Wanted:
    return Wanted(Kind.VOICE, speech_s=speech_range(text, spoken(pieces(text, language)), language))


def music(path: Path, prompt: str, seconds: float, seed: int) -> Path:
    synth.make(
        {"prompt": prompt, "length_s": seconds, "seed": seed, "instructions": "", "out": str(path)}, lambda _: None
    )
    return path


def noise(path: Path, seconds: float, level: float) -> Path:
    """A WAV that is as silent as `level`, of full scale."""
    return _wav(path, np.random.default_rng(1).normal(0, level, round(seconds * RATE)), RATE)


def _wav(path: Path, samples: NDArray[np.floating[Any]], rate: int) -> Path:
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes((samples.clip(-1, 1) * 32767).astype(np.int16).tobytes())
    return path
