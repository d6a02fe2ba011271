"""Voices of one's own over REST: kept with one's word, heard and deleted by their owner alone."""

from __future__ import annotations

from pathlib import Path

from media_assets.models import OwnVoice
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.engine.test_own_voices import sample
from tests.pipeline.user_files import upload


def test_a_sample_is_kept_heard_and_deleted(caller: Caller, alice: User, home: Path) -> None:
    sound = upload(alice, sample(home))
    body = {"upload_id": sound.id, "name": " Ann \n", "may_use": False}
    assert caller.refused("POST", "me/voices", body)[:2] == (422, "invalid")
    made = caller.post("me/voices", {**body, "may_use": True}, status=201)
    assert (made["name"], made["duration_ms"]) == ("Ann", 8000)
    listed = caller.get("me/voices")
    assert [each["voice_id"] for each in listed["voices"]] == [made["voice_id"]]
    assert listed["why_not"] == "No model here can speak in the voice of a sample: Rachel speaks instead."
    heard = caller.ask("GET", f"me/voices/{made['voice_id']}/sample")
    assert heard.headers["Content-Type"].startswith("audio/")
    assert heard.content
    bob = Caller(User.objects.create_user("bob@example.org"))
    assert bob.refused("GET", f"me/voices/{made['voice_id']}/sample")[0] == 404
    assert bob.refused("DELETE", f"me/voices/{made['voice_id']}")[0] == 404
    chosen = {"prompt": "A film about tea", "voice_character": made["voice_id"]}
    assert caller.refused("POST", "tasks", chosen)[:2] == (409, "not_ready")
    assert caller.refused("POST", "tasks", {**chosen, "voice_character": "https://example.com/a.wav"})[0] == 422
    assert caller.ask("DELETE", f"me/voices/{made['voice_id']}").status_code == 204
    assert not OwnVoice.objects.exists()
