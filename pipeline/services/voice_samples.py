"""A sentence in each voice, to be heard before one is chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.db import connection

from pipeline.film.settings import VOICES
from pipeline.models import AttemptStatus, VoiceSample
from pipeline.providers.base import Call, Capability, VoiceMaker, VoiceRequest
from pipeline.providers.local.speech.kinds import VoiceKind, kind_of, kinds
from pipeline.providers.registry import is_own_server, model, provider
from pipeline.providers.vendors import account_of
from pipeline.vendor_limits import model_calls
from pixora.foundation.errors import AccountFull, NotFound, ProviderError, ServiceDown

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


def can_be_heard() -> bool:
    """True where each voice can be heard before it is chosen: those of own servers are as their servers have them."""
    return not is_own_server(provider(Capability.VOICE).name)


def voice_kinds() -> list[VoiceKind]:
    """Return the kind of voice that speaks each language; empty where a vendor or an own server speaks."""
    voice = provider(Capability.VOICE)
    return [] if account_of(voice.name, local=voice.local) else kinds()


def sample(voice: str, language: str) -> tuple[bytes, str]:
    """Return a sound file and its ending; in English where there is no sentence of this language.

    A vendor's is bought once for everybody. Raises NotFound for a voice there is none of, ProviderError when it cannot
    speak, SpendCap, and ServiceDown while the vendor has as much to do as it may have.
    """
    if voice not in VOICES or not can_be_heard():
        raise NotFound("There is no sample of this voice: hear it in a film of five seconds.")
    said_in = language if language in SAID else "en"
    maker = provider(Capability.VOICE)
    return _kept(voice, said_in) if maker.local else _bought(voice, said_in), maker.suffix


def _kept(voice: str, language: str) -> bytes:
    """The one that this machine speaks for nothing."""
    kind = kind_of(language).label.split()[0]
    key = f"voice-sample:{provider(Capability.VOICE).model}:{kind}:{voice}:{language}"
    sound: bytes = cache.get(key) or _speak(voice, language)
    cache.set(key, sound, KEPT_S)
    return sound


def _bought(voice: str, language: str) -> bytes:
    entry = model("voice")
    wanted = {"model": entry.name, "voice": voice, "language": language}
    with _alone(":".join(wanted.values())):
        found = VoiceSample.objects.filter(**wanted).first()
        if found is None:
            found = VoiceSample.objects.create(sound=_buy(voice, language), **wanted)
    return bytes(found.sound)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Over all processes: who wants the same meanwhile waits, and finds it there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"voice-sample:{name}"])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"voice-sample:{name}"])


def _buy(voice: str, language: str) -> bytes:
    """One call with its row, which is there before it."""
    reason, vendor = f"voice-sample:{voice}:{language}", provider(Capability.VOICE).name
    said = len(SAID[language].format(voice))
    model_calls.give_up_open(reason)
    try:
        call_id = model_calls.begin(task_id=None, reason=reason, role="voice", vendor=vendor, characters=said)
    except AccountFull as full:
        raise ServiceDown("The voices have much to say at the moment: try again in a minute.") from full
    try:
        sound = _speak(voice, language)
    except ProviderError as error:
        model_calls.failed(call_id, error)
        raise
    except BaseException:
        model_calls.end(call_id, AttemptStatus.UNKNOWN)
        raise
    model_calls.end(call_id, AttemptStatus.SUCCEEDED)
    return sound


def _speak(voice: str, language: str) -> bytes:
    maker = cast(VoiceMaker, provider(Capability.VOICE))
    request = VoiceRequest(SAID[language].format(voice), language, voice, seed=0)
    with tempfile.TemporaryDirectory(prefix="pixora-voice-") as folder:
        out = Path(folder) / f"sample{maker.suffix}"
        async_to_sync(maker.make)(request, Call(Path(folder), out, deadline_s=LONGEST_S))
        return out.read_bytes()
