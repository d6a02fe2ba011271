"""Tests of how names are said: for the voices that say them alone, and never in what is shown."""

from __future__ import annotations

from django.core.files.storage import default_storage

from media_assets.models import Asset
from pipeline.engine.moderation import texts_of
from pipeline.models import StepStatus, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.services import films, quotes, scripts
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.providers.vendors import expected_cost


def test_only_the_voices_that_say_the_name_are_made_again_and_captions_keep_it(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    ledger.give(user=scripted.user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    scripts.revise_scene(task=scripted, version=1, scene_index=2, changes={"script": "Scene Köhler waits."})
    drive(films.start_run(task=scripted))
    scripts.update_settings(task=scripted, changes={"pronunciations": [{"written": "Köhler", "said": "KER-ler"}]})
    quote = quotes.quote(task=scripted)
    assert [item["component"] for item in quote.items] == ["audio/2"]
    run = drive(quotes.use(task=scripted, quote_id=quote.id))
    made = set(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True))
    assert made >= {"audio/2", "captions", "fullvideo"}
    assert not {key for key in made if key.startswith(("audio/1", "audio/3", "video", "scene"))}
    assert studio.spoken[-1].text == "Scene ker-ler waits."
    captions = Asset.objects.get(task=scripted, component="captions", selected=True)
    with default_storage.open(captions.storage_path) as file:
        told = file.read().decode()
    assert "Köhler" in told
    assert "ker-ler" not in told
    scripts.update_settings(task=scripted, changes={"pronunciations": []})
    assert quotes.price_of(scripted)["credits"] == 0, "the take from before is right again"


def test_what_is_said_for_a_name_is_judged_and_paid_for() -> None:
    asks = {"text": "Scene 1.", "language": "en", "pronunciations": [["Scene", "A much longer word", ""]]}
    voice = Component("audio/1", Kind.VOICE, asks, scene_id=1)
    plain = Component("audio/1", Kind.VOICE, {"text": "Scene 1.", "language": "en"}, scene_id=1)
    assert "A much longer word" in texts_of(voice)
    assert expected_cost(voice, "fal") - expected_cost(plain, "fal") == 100 * 13
