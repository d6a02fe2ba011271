"""The words of narrator and speakers in scenes, and when they are heard: as the voice knows, or found by listening."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cut.picture.captions import Speech, Word, without
from pipeline.cut.timeline import Slot, Timeline
from pipeline.cut.word_cuts import Cuts
from pipeline.film.dialogue import Said, label, said_in
from pipeline.film.narration import narration_length, pace
from pipeline.film.script import Scene
from pipeline.planning.graph import said_key
from pipeline.steps.job import Input, Job
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed

log = logging.getLogger(__name__)

START_UP_S, PER_NARRATION_S = 30.0, 10.0


@dataclass(frozen=True)
class _Piece:
    """A narration or a line, and from when to when (in frames) it may be heard."""

    key: str
    said: Said
    label: str
    start: int
    until: int
    tempo: float
    cuts: Cuts = ()


async def speeches(job: Job, scenes: Sequence[Scene]) -> list[Speech]:
    """Return what is said in those scenes, in its order. `job` reads the voices that are heard."""
    timeline = job.timeline()
    pieces = [piece for scene in scenes for piece in _pieces(job, scene, timeline)]
    heard = {piece.key: job.inputs[piece.key] for piece in pieces if piece.key in job.inputs}
    times = await _word_times(pieces, heard)
    return [
        _spoken(piece, timeline, heard[piece.key], times[piece.key])
        if piece.key in heard
        else _read(piece, timeline, job.script.language)
        for piece in pieces
    ]


def _pieces(job: Job, scene: Scene, timeline: Timeline) -> Iterator[_Piece]:
    """Yield what is said with its times. What nobody speaks is shown in turn, each for its share of the slot."""
    slot, said = timeline.slot(scene.id), said_in(scene)
    starts = _starts(job, slot, [said_key(scene, one) for one in said], said)
    before = ""
    for one, (start, until) in zip(said, itertools.pairwise([*starts, slot.end]), strict=True):
        cuts = () if one.place else slot.cuts
        yield _Piece(said_key(scene, one), one, label(one.speaker, before), start, until, slot.tempo, cuts)
        before = one.speaker


def _starts(job: Job, slot: Slot, keys: Sequence[str], said: Sequence[Said]) -> list[int]:
    if not all(key in job.inputs for key in keys):
        return _shares(slot, [narration_length(one.text, job.script.language) for one in said])
    lines = {line.number: line.start for line in slot.lines}
    return [lines.get(one.place, slot.narration_start) for one in said]


def _shares(slot: Slot, lengths: Sequence[int]) -> list[int]:
    """The frames at which texts of these lengths begin, spread over the slot."""
    ends = list(itertools.accumulate(lengths))
    room = slot.end - slot.narration_start
    return [
        slot.narration_start + room * (end - own) // max(ends[-1], 1) for own, end in zip(lengths, ends, strict=True)
    ]


def _spoken(piece: _Piece, timeline: Timeline, voice: Input, words: tuple[Word, ...]) -> Speech:
    whole_ms, start_ms = int(voice.facts["duration_ms"]), _ms(piece.start, timeline)
    speech = Speech(piece.said.text, start_ms, whole_ms, piece.tempo, words, piece.label)
    return without(speech, piece.cuts)


def _read(piece: _Piece, timeline: Timeline, language: str) -> Speech:
    """Nobody speaks: the words are shown as fast as they would be spoken, or as the slot asks."""
    room_ms = (piece.until - piece.start) * 1000 // timeline.fps
    needed_ms = 10_000 * narration_length(piece.said.text, language) // pace(language)
    return Speech(piece.said.text, _ms(piece.start, timeline), min(needed_ms, room_ms), label=piece.label)


def _ms(frame: int, timeline: Timeline) -> int:
    return round(frame * 1000 / timeline.fps)


async def _word_times(pieces: Sequence[_Piece], heard: Mapping[str, Input]) -> dict[str, tuple[Word, ...]]:
    """Return the times by component; no words where listening did not help either."""
    known = {key: _told(voice) for key, voice in heard.items()}
    unknown = [piece for piece in pieces if piece.key in heard and not known[piece.key]]
    if unknown:
        listened = await _listen([(heard[piece.key], piece.said.text) for piece in unknown])
        known.update((piece.key, words) for piece, words in zip(unknown, listened, strict=True))
    return known


def _told(voice: Input) -> tuple[Word, ...]:
    return _as_words(voice.facts.get("words", ()))


def _as_words(listed: Sequence[tuple[str, int, int]]) -> tuple[Word, ...]:
    return tuple(Word(text, start, end) for text, start, end in listed)


async def _listen(narrations: Sequence[tuple[Input, str]]) -> list[tuple[Word, ...]]:
    asked = [{"path": str(voice.path), "text": text} for voice, text in narrations]
    try:
        deadline_s = START_UP_S + PER_NARRATION_S * len(asked)
        heard = await processes.ask("pipeline.cut.sound.word_times", asked, deadline_s=deadline_s)
    except ProcessFailed as error:
        log.warning("The words' times are guessed: %s %s", error.message, error.tail)
        return [()] * len(asked)
    return [_as_words(words) for words in heard]
