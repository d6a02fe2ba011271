"""The agent's tool for voices of one's own: a sample that was kept speaks the narration, or a character's lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from chat.agent import tools
from chat.agent.turn_context import TurnContext
from media_assets import own_voices
from media_assets.models import OwnVoice
from pipeline.film import script_edits
from pipeline.services.own_voices import why_not
from pixora.foundation.errors import NotFound

Result = dict[str, Any]
NONE_KEPT = (
    "There is no voice of your own yet: on the Script page, under Settings, open “A voice of your own” and upload 5 to"
    " 60 seconds."
)


def use_own_voice(turn: TurnContext, *, voice: str = "", character: str = "") -> Result:
    """Have one of the user's `own_voices` speak the narration, or a `character`. `voice`: its name, where there are
    several. `which` in the answer: ask for one of these. A usual voice takes its place again by change_settings or
    describe_character."""
    kept = list(own_voices.of_user(turn.user))
    if not kept:
        raise NotFound(NONE_KEPT)
    found = _named(kept, voice)
    if len(found) != 1:
        return {"which": [each.name for each in found or kept]}
    settings = turn.task.settings
    if sentence := why_not(settings["language"], settings["voice"]):
        return {"cannot": sentence, "language": settings["language"], "speaks": settings["voice"]}
    done = _cast(turn, character, found[0]) if character else tools.change_settings(turn, voice_character=found[0].id)
    return {"own_voice": found[0].name, "character": character, **done}


def _named(kept: Sequence[OwnVoice], name: str) -> list[OwnVoice]:
    """Return those of this name; of one name several times the newest, without a name all."""
    named = [each for each in kept if each.name.casefold() == name.strip().casefold()]
    return named[:1] if name.strip() else list(kept)


def _cast(turn: TurnContext, name: str, voice: OwnVoice) -> Result:
    return turn.revise(script_edits.with_character(turn.script().content, name, own_voice=voice.id))
