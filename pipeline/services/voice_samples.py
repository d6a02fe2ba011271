"""A sentence in each voice, to be heard before one is chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from asgiref.sync import async_to_sync
from django.core.cache import cache

from pipeline.film.settings import VOICES
from pipeline.providers.base import Call, Capability, VoiceMaker, VoiceRequest
from pipeline.providers.local.speech.kinds import VoiceKind, kind_of, kinds
from pipeline.providers.registry import provider
from pipeline.providers.vendors import account_of
from pixora.foundation.errors import NotFound

KEPT_S = 30 * 24 * 3600
LONGEST_S = 30.0
SAID: Mapping[str, str] = {
    "en": "Hello, I am {}. This is how I would tell your story.",
    "de": "Hallo, ich bin {}. So würde ich deine Geschichte erzählen.",
    "es": "Hola, soy {}. Así contaría yo tu historia.",
    "fr": "Bonjour, je suis {}. Voici comment je raconterais votre histoire.",
    "it": "Ciao, sono {}. Così racconterei la tua storia.",
    "pt": "Olá, eu sou {}. É assim que eu contaria a sua história.",
    "nl": "Hallo, ik ben {}. Zo zou ik jouw verhaal vertellen.",
    "zh": "你好，我是{}。我会这样讲述你的故事。",
}


def are_free() -> bool:
    """True where samples cost nothing: only the voices of this machine speak for nothing."""
    return provider(Capability.VOICE).local


def voice_kinds() -> list[VoiceKind]:
    """Return the kind of voice that speaks each language; empty where a vendor or an own server speaks."""
    voice = provider(Capability.VOICE)
    return [] if account_of(voice.name, local=voice.local) else kinds()


def sample(voice: str, language: str) -> tuple[bytes, str]:
    """A sound file and its ending. Raises NotFound for a voice there is none of, ProviderError when it cannot speak."""
    if voice not in VOICES or not are_free():
        raise NotFound("There is no sample of this voice: hear it in a film of five seconds.")
    kind = kind_of(language).label.split()[0]
    key = f"voice-sample:{provider(Capability.VOICE).model}:{kind}:{voice}:{language}"
    sound: bytes = cache.get(key) or _speak(voice, language)
    cache.set(key, sound, KEPT_S)
    return sound, provider(Capability.VOICE).suffix


def _speak(voice: str, language: str) -> bytes:
    maker = cast(VoiceMaker, provider(Capability.VOICE))
    request = VoiceRequest(SAID[language].format(voice), language, voice, seed=0)
    with tempfile.TemporaryDirectory(prefix="pixora-voice-") as folder:
        call = Call(Path(folder), Path(folder) / f"sample{maker.suffix}", deadline_s=LONGEST_S)
        async_to_sync(maker.make)(request, call)
        return call.out.read_bytes()
