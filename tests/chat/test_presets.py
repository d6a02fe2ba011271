"""A film that is opened in the chat takes the settings of a preset, as one that is ordered over REST does."""

from __future__ import annotations

import uuid

import pytest

from chat import protocol, services
from pipeline.services import films, presets
from pixora.accounts.models import User
from pixora.foundation.errors import NotFound


def say(preset: str) -> protocol.Say:
    wishes = protocol.Wishes.model_validate({"preset": preset, "duration": 15})
    return protocol.Say(type="message", content="A film about tea", metadata=wishes)


def test_what_is_chosen_beside_a_preset_counts(alice: User, home: object) -> None:
    presets.create(alice, name="Shop clips", settings={"aspect_ratio": "9:16", "duration": 20})
    opened = services.accept(alice, say("shop clips"), message_id=uuid.uuid4())
    settings = films.task_of(alice, opened.task_id).settings
    assert (settings["aspect_ratio"], settings["duration"]) == ("9:16", 15)


def test_other_peoples_presets_do_not_exist(alice: User, home: object) -> None:
    bob = User.objects.create_user("bob@example.org")
    presets.create(bob, name="Shop clips", settings={})
    with pytest.raises(NotFound):
        services.accept(alice, say("shop clips"), message_id=uuid.uuid4())
    assert not films.tasks_of(alice).exists()
