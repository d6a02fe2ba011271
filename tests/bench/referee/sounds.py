"""Voices of all local engines and languages, the music made here, and silence."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.film.spoken import pieces, spoken
from pipeline.planning.kinds import Kind
from pipeline.planning.referee import Wanted, speech_range
from pipeline.providers.local.speech import __main__ as speech
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
RATE = 44_100


def voice(path: Path, text: str, language: str, person: str, manner: str = "") -> Path:
    said = spoken(pieces(text, language))
    order = {"text": said, "language": language, "spaces": language not in SPACELESS_LANGUAGES, "voice": person}
    speech.make({**order, "seed": 1, "instructions": manner, "out": str(path)}, lambda _: None)
    return path


def of_text(text: str, language: str) -> Wanted:
    return Wanted(Kind.VOICE, speech_s=speech_range(text, spoken(pieces(text, language)), language))


def music(path: Path, prompt: str, seconds: float, seed: int) -> Path:
    synth.make(
        {"prompt": prompt, "length_s": seconds, "seed": seed, "instructions": "", "out": str(path)}, lambda _: None
    )
    return path


def noise(path: Path, seconds: float, level: float) -> Path:
    """A WAV that is as silent as `level`, of full scale."""
    samples = np.random.default_rng(1).normal(0, level, round(seconds * RATE)).clip(-1, 1)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes((samples * 32767).astype(np.int16).tobytes())
    return path
