"""A voice of one's own: from the upload over the price and the vendor to the film, and deleted again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from media_assets import own_voices, uploads
from media_assets.models import Asset, OwnVoice, Upload
from pipeline.film import script_edits
from pipeline.film.settings import parse_settings
from pipeline.models import Attempt, Task
from pipeline.providers.base import Capability
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.registry import serving
from pipeline.services import films, quotes, scripts
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import Conflict, Invalid, NotFound, ScriptInvalid
from tests.emulators.server import Emulators
from tests.pipeline.cut import media
from tests.pipeline.doubles import Studio, doubles
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import use
from tests.pipeline.user_files import upload


def sample(folder: Path, seconds: float = 8) -> Path:
    path = folder / f"me_{seconds}.wav"
    media.run("-f", "lavfi", "-i", "sine=220", "-t", seconds, path)
    return path


def voice_for(user: User, folder: Path) -> OwnVoice:
    return own_voices.keep(user, upload(user, sample(folder)), name="Me", said="Hello.", may_use=True)


@pytest.fixture
def by_fal(settings: Settings, emulators: Emulators, studio: Studio) -> Iterator[Emulators]:
    """Voices come from the vendor, the rest is made at once."""
    use(settings, emulators)
    settings.PIXORA_KEYS = {"fal": settings.PIXORA_KEYS["fal"]}
    settings.PIXORA_PROVIDERS = {**dict.fromkeys(settings.PIXORA_PROVIDERS, "local"), "voice": "fal"}
    settings.PIXORA_WEBHOOKS = False
    with serving({**doubles(studio), Capability.VOICE: FalVoice()}):
        yield emulators


def test_narrations_are_spoken_in_it_and_by_the_named_voice_once_it_is_deleted(
    scripted: Task, by_fal: Emulators, drive: Drive, tmp_path: Path
) -> None:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    kept = voice_for(scripted.user, tmp_path)
    scripts.update_settings(task=scripted, changes={"voice_character": kept.id})
    assert scripts.current_script(scripted).content["voice_character"] == kept.id
    assert {item["credits"] for item in quotes.quote(task=scripted).items if "audio" in item["component"]} == {2}
    drive(films.start_run(task=scripted))
    spoken = Attempt.objects.filter(step__component__startswith="audio/")
    assert {each.model for each in spoken} == {"f5-tts"}
    bills = [bill for bill in by_fal.bills("fal") if bill["model"] == "fal-ai/f5-tts"]
    assert sum(bill["micros"] for bill in bills) == sum(each.cost_micros for each in spoken) > 0
    assert Asset.objects.get(task=scripted, component="audio/1").metadata["own_voice"] == kept.id
    own_voices.remove(kept)
    assert not default_storage.exists(kept.upload.storage_path)
    assert quotes.price_of(scripted)["credits"] == 0, "what was spoken stays right"
    scripts.revise_scene(task=scripted, version=2, scene_index=1, changes={"script": "Something new."})
    drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    newest = Asset.objects.get(task=scripted, component="audio/1", selected=True)
    assert newest.metadata["warnings"][0].startswith("Rachel speaks, because your own voice could not")
    assert "elevenlabs-multilingual-v2" in set(spoken.values_list("model", flat=True))


def test_one_may_be_chosen_where_it_is_ones_own_and_a_model_can_speak_so(
    scripted: Task, by_fal: Emulators, tmp_path: Path, settings: Settings
) -> None:
    kept = voice_for(scripted.user, tmp_path)
    scripts.update_settings(task=scripted, changes={"voice_character": kept.id})
    scripts.update_settings(task=scripted, changes={"voice": "George"})
    scripted.refresh_from_db()
    assert "voice_character" not in scripted.settings, "a voice by its name takes its place"
    assert scripts.current_script(scripted).content["voice_character"] == ""
    bob = User.objects.create_user("bob@example.org")
    for character, problem in ((voice_for(bob, tmp_path).id, NotFound), ("https://10.0.0.1/me.wav", Invalid)):
        with pytest.raises(problem):
            scripts.update_settings(task=scripted, changes={"voice_character": character})
    in_dutch = parse_settings({"language": "nl", "voice_character": kept.id})
    with pytest.raises(Conflict, match="No model here speaks Dutch in the voice of a sample: Rachel speaks instead"):
        films.order_film(user=scripted.user, prompt="A film", settings=in_dutch)
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "voice": "local"}
    with pytest.raises(Conflict, match="No model here can speak in the voice of a sample: George speaks instead"):
        scripts.update_settings(task=scripted, changes={"voice_character": kept.id})


def test_a_character_speaks_in_it_too_and_german_by_the_second_model(
    scripted: Task, by_fal: Emulators, drive: Drive, tmp_path: Path
) -> None:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    kept, bob = voice_for(scripted.user, tmp_path), User.objects.create_user("bob@example.org")
    version = scripts.current_script(scripted).version
    for character, problem in ((voice_for(bob, tmp_path).id, NotFound), ("https://10.0.0.1/a.wav", ScriptInvalid)):
        with pytest.raises(problem):
            scripts.revise_script(task=scripted, version=version, content=cast_with(scripted, character))
    scripts.revise_script(task=scripted, version=version, content=cast_with(scripted, kept.id))
    drive(quotes.use(task=scripted, quote_id=quotes.quote(task=scripted).id))
    spoken = Attempt.objects.filter(status="succeeded", local=False)
    assert dict(spoken.values_list("step__component", "model")) | {"audio/1": ""} == {
        **dict.fromkeys(spoken.values_list("step__component", flat=True), "elevenlabs-multilingual-v2"),
        "audio/1": "",
        "line/1/1": "qwen-3-tts",
    }
    line = Asset.objects.get(task=scripted, component="line/1/1")
    assert (line.metadata["own_voice"], "warnings" in line.metadata) == (kept.id, False)
    bills = [bill["micros"] for bill in by_fal.bills("fal") if "qwen" in bill["model"]]
    assert sum(bills) == spoken.get(step__component="line/1/1").cost_micros == 700 + 90 * len(LINE)
    assert quotes.price_of(scripted)["credits"] == 0
    changed = script_edits.with_character(scripts.current_script(scripted).content, "Mia", voice="Lily")
    scripts.revise_script(task=scripted, version=version + 1, content=changed)
    assert [item["component"] for item in quotes.quote(task=scripted).items] == ["line/1/1"]


LINE = "Wo bin ich?"


def cast_with(task: Task, character: str) -> dict[str, Any]:
    """The script in German, with Mia in it, who speaks in this voice."""
    content = scripts.current_script(task).content
    first = {**content["clips"][0]["scene"], "lines": [{"speaker": "Mia", "text": LINE}], "characters": ["Mia"]}
    mia = {"name": "Mia", "image_prompt": "A girl", "voice_character": character}
    return {
        **content,
        "language": "de",
        "character_profiles": [mia],
        "clips": [{"scene": first}, *content["clips"][1:]],
    }


def test_a_sample_is_checked_and_stays_when_uploads_that_nobody_used_go(alice: User, home: Path) -> None:
    for seconds, words in ((3, "lasts 5 to 60 s; this one 3.0 s"), (61, "this one 61.0 s")):
        with pytest.raises(Invalid, match=words):
            own_voices.keep(alice, upload(alice, sample(home, seconds)), name="", said="", may_use=True)
    with pytest.raises(Invalid, match="may_use"):
        own_voices.keep(alice, upload(alice, sample(home)), name="", said="", may_use=False)
    kept = voice_for(alice, home)
    assert (kept.user_id, kept.agreed_to) == (alice.id, own_voices.MAY_USE)
    Upload.objects.update(used_at="2020-01-01T00:00Z")
    uploads.remove_unused()
    assert [each.id for each in Upload.objects.all()] == [kept.upload_id]
    uploads.remove(Upload.objects.get())
    assert not OwnVoice.objects.exists()
