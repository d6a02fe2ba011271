"""The tool of the agent that edits the timeline: pauses and words taken out, clips and voices begun later, music."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chat.agent.turn_context import TurnContext
from pipeline.cut.word_cuts import Cuts, joined, pauses
from pipeline.film import script_edits
from pipeline.film.timeline_fields import HASH_DIGITS
from pipeline.queries import timeline
from pipeline.queries.timeline import SceneShown, Spoken
from pipeline.services import sound_outlines
from pipeline.services.sound_outlines import Outline
from pixora.foundation.errors import Invalid

MARKS = " .,;:!?\"'“”„‚‘’«»…"


def edit_timeline(
    turn: TurnContext,
    *,
    scenes: list[int] | None = None,
    pauses_out: bool | None = None,
    words_out: str | None = None,
    clip_later: float | None = None,
    voice_later: float | None = None,
    muted: bool | None = None,
    fade_in: float | None = None,
    fade_out: float | None = None,
) -> dict[str, Any]:
    """Edit the cut, which is free and makes nothing anew: take the pauses, or some words, out of the voice of these
    scenes (left out: of all); begin their clips or voices so many seconds later than now (negative: earlier); mute
    their music, or fade it in or out over some seconds (0: as is usual)."""
    content = turn.script().content
    places = scenes or [clip["scene"]["index"] for clip in content["clips"]]
    edited, out_ms = content, 0
    if pauses_out or words_out:
        edited, out_ms = _cut_out(turn, edited, places, words_out or "")
    for name, later in (("clip_from", clip_later), ("narration_at", voice_later)):
        edited = _later(edited, places, name, later) if later else edited
    if muted is not None:
        edited = script_edits.with_mute(edited, places, muted=muted)
    if fade_in is not None or fade_out is not None:
        edited = script_edits.with_fades(edited, places, fade_in=fade_in, fade_out=fade_out)
    return {**turn.revise(edited), "out_ms": out_ms}


def _later(content: dict[str, Any], places: Sequence[int], name: str, seconds: float) -> dict[str, Any]:
    for place in places:
        scene = content["clips"][place - 1]["scene"] if 0 < place <= len(content["clips"]) else {}
        moved = round(max(scene.get(name, 0.0) + seconds, 0.0), 3)
        content = script_edits.edited(content, place, {name: moved})
    return content


def _cut_out(
    turn: TurnContext, content: dict[str, Any], places: Sequence[int], words: str
) -> tuple[dict[str, Any], int]:
    """Raises Invalid where nothing of it is heard."""
    shown = timeline.timeline_of(turn.task)
    voices = {each.scene.index: _narration(each) for each in shown.scenes if each.scene.index in places}
    heard = {place: voice for place, voice in voices.items() if voice}
    found = sound_outlines.outlines(
        {voice.key: voice.take for voice in heard.values()}, {voice.key: voice.text for voice in heard.values()}
    )
    taken = 0
    for place, voice in heard.items():
        wanted = _words(found[voice.key], words) if words else pauses(found[voice.key].speaking)
        cuts = joined((*voice.cuts, *wanted), voice.length_ms)
        taken += _length(cuts) - _length(voice.cuts)
        content = script_edits.edited(content, place, _fields(cuts, voice)) if cuts != voice.cuts else content
    if not taken:
        raise Invalid(_nothing(words, heard))
    return content, taken


def _narration(shown: SceneShown) -> Spoken | None:
    return next((one for one in shown.spoken if one.key.startswith("audio/")), None)


def _words(outline: Outline, words: str) -> Cuts:
    """Every place where these words are said one after another; each goes with half the silence behind it."""
    wanted = [word.strip(MARKS).casefold() for word in words.split() if word.strip(MARKS)]
    said = [text.strip(MARKS).casefold() for text, _, _ in outline.words]
    starts = [at for at in range(len(said)) if wanted and said[at : at + len(wanted)] == wanted]
    return tuple((outline.words[at][1], _end(outline, at + len(wanted))) for at in starts)


def _end(outline: Outline, following: int) -> int:
    ends = outline.words[following - 1][2]
    return (ends + outline.words[following][1]) // 2 if following < len(outline.words) else ends


def _length(cuts: Cuts) -> int:
    return sum(end - begin for begin, end in cuts)


def _fields(cuts: Cuts, voice: Spoken) -> dict[str, Any]:
    listed = [{"from": begin / 1000, "to": end / 1000} for begin, end in cuts]
    return {"cuts": listed, "cuts_of": voice.take.content_hash[:HASH_DIGITS]}


def _nothing(words: str, heard: Mapping[int, Spoken]) -> str:
    if not heard:
        return "There is no voice there to cut yet: make the voice-over first."
    return f"“{words[:60]}” is not heard there." if words else "There is no pause there that could be cut."
