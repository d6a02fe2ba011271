"""PURE: what is said, as captions: at most two lines, short enough to read, timed to the words.

Word times come with the narration where its voice knows them; otherwise the words are spread over the measured
speech by their length.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

MAX_LINES = 2
WIDE_CHARS, NARROW_CHARS = 42, 26
"""Characters a line: 42 is the usual limit for television, 26 fits the width of an upright film."""
MAX_CUE_MS, MIN_CUE_MS = 6_000, 1_000
PAUSE_MS = 700
"""A pause this long ends a cue."""
GAP_MS = 80
"""What is kept free before the next cue, so that the eye sees the change."""
NEVER = 10**12
WIDE_GLYPHS = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")

SINGLE_GLYPHS = re.compile(rf"{WIDE_GLYPHS.pattern}[、。，．！？：；]*|[^\u1100-\uffff]+|.")


@dataclass(frozen=True)
class Word:
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Speech:
    """One narration: its words as they lie in its own file, or its text and length; `start_ms` in the film."""

    text: str
    start_ms: int
    length_ms: int
    tempo: float = 1.0
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def line_chars(width: int, height: int) -> int:
    return WIDE_CHARS if width >= height else NARROW_CHARS


def cues(speeches: Sequence[Speech], *, max_chars: int = WIDE_CHARS) -> list[Cue]:
    """In the order of the film, never overlapping."""
    found = [cue for speech in speeches for cue in _cues_of(speech, max_chars)]
    following = itertools.chain((cue.start_ms for cue in found[1:]), [NEVER])
    return [_readable(cue, until) for cue, until in zip(found, following, strict=False)]


def to_srt(found: Sequence[Cue]) -> str:
    blocks = (
        f"{number}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n" + "\n".join(cue.lines) + "\n"
        for number, cue in enumerate(found, 1)
    )
    return "\n".join(blocks)


def to_vtt(found: Sequence[Cue]) -> str:
    blocks = (
        f"{_clock(cue.start_ms, '.')} --> {_clock(cue.end_ms, '.')}\n" + "\n".join(map(_vtt_text, cue.lines)) + "\n"
        for cue in found
    )
    return "\n".join(["WEBVTT\n", *blocks])


def spread(text: str, length_ms: int) -> tuple[Word, ...]:
    """Words over the speech by length; the stop at the end of a sentence counts as some letters more."""
    said = tokens(text)
    weights = [len(token) + 1 + stop(token) for token in said]
    ends = list(itertools.accumulate(weights))
    total = ends[-1] - stop(said[-1]) if said else 1
    return tuple(
        Word(token, length_ms * (end - weight) // total, min(length_ms * (end - stop(token)) // total, length_ms))
        for token, weight, end in zip(said, weights, ends, strict=True)
    )


def _cues_of(speech: Speech, max_chars: int) -> Iterator[Cue]:
    words = speech.words or spread(speech.text, speech.length_ms)
    placed = [replace(word, start_ms=_at(speech, word.start_ms), end_ms=_at(speech, word.end_ms)) for word in words]
    for group in _groups(placed, max_chars):
        yield Cue(group[0].start_ms, group[-1].end_ms, tuple(_lines([word.text for word in group], max_chars)))


def _at(speech: Speech, own_ms: int) -> int:
    return speech.start_ms + round(own_ms / speech.tempo)


def _groups(words: Sequence[Word], max_chars: int) -> Iterator[Sequence[Word]]:
    """Words that are shown together: a phrase, or an even part of one that is too long."""
    for phrase in _phrases(words):
        counts = range(1, len(phrase) + 1)
        yield from next(parts for parts in (_split(phrase, count) for count in counts) if _all_fit(parts, max_chars))


def _phrases(words: Sequence[Word]) -> Iterator[list[Word]]:
    """A sentence, or what is said until the speaker pauses; a very short sentence goes with the next."""
    phrase: list[Word] = []
    for word in words:
        if phrase and (_completes(phrase) or word.start_ms - phrase[-1].end_ms > PAUSE_MS):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def _completes(phrase: Sequence[Word]) -> bool:
    return stop(phrase[-1].text) == SENTENCE_STOP and phrase[-1].end_ms - phrase[0].start_ms >= MIN_CUE_MS


def _split(phrase: Sequence[Word], count: int) -> list[list[Word]]:
    """Into `count` parts of about the same width; each has a word at least."""
    ends = list(itertools.accumulate(_width(word.text) + 1 for word in phrase))
    parts: list[list[Word]] = [[] for _ in range(count)]
    for place, (word, end) in enumerate(zip(phrase, ends, strict=True)):
        middle = end - (_width(word.text) + 1) / 2
        part = min(int(middle * count / ends[-1]), count - 1)
        parts[place if count == len(phrase) else part].append(word)
    return [part for part in parts if part]


def _all_fit(parts: Sequence[Sequence[Word]], max_chars: int) -> bool:
    return all(len(part) == 1 or _fits(part, max_chars) for part in parts)


def _fits(part: Sequence[Word], max_chars: int) -> bool:
    lines = _wrapped([word.text for word in part], max_chars)
    return len(lines) <= MAX_LINES and part[-1].end_ms - part[0].start_ms <= MAX_CUE_MS


def _lines(texts: Sequence[str], max_chars: int) -> list[str]:
    """One line, or two of about the same width."""
    wrapped = _wrapped(texts, max_chars)
    if len(wrapped) < MAX_LINES:
        return wrapped
    breaks = [[_join(texts[:at]), _join(texts[at:])] for at in range(1, len(texts))]
    fitting = [lines for lines in breaks if max(map(_width, lines)) <= max_chars]
    return min(fitting, key=lambda lines: abs(_width(lines[0]) - _width(lines[1])), default=wrapped)


def _wrapped(texts: Sequence[str], max_chars: int) -> list[str]:
    lines: list[list[str]] = [[]]
    for text in texts:
        if lines[-1] and _width(_join([*lines[-1], text])) > max_chars:
            lines.append([])
        lines[-1].append(text)
    return [_join(line) for line in lines]


def tokens(text: str) -> list[str]:
    """Words, and single characters of languages written without spaces (with the punctuation behind them)."""
    return [token for chunk in text.split() for token in _split_wide(chunk)]


def _split_wide(chunk: str) -> list[str]:
    return SINGLE_GLYPHS.findall(chunk) if _wide(chunk) else [chunk]


def _wide(text: str) -> bool:
    return bool(WIDE_GLYPHS.search(text))


def _join(texts: Sequence[str]) -> str:
    """With spaces, but none between characters of languages that have none."""
    joined = "".join(text if _wide(text) else f" {text} " for text in texts)
    return re.sub(r" {2,}", " ", joined).strip()


def _width(line: str) -> int:
    return len(line) + len(WIDE_GLYPHS.findall(line))


SENTENCE_STOP, COMMA_STOP = 6, 3


def stop(token: str) -> int:
    """SENTENCE_STOP, COMMA_STOP or 0: how the text pauses after a token."""
    bare = token.rstrip("\"'”’»)")
    if bare.endswith((".", "!", "?", "…", "。", "！", "？")):
        return SENTENCE_STOP
    return COMMA_STOP if bare.endswith((",", ";", ":", "，", "；", "：", "、", "—", "–")) else 0


def _readable(cue: Cue, until_ms: int) -> Cue:
    """A short cue stays on the screen for as long as there is room."""
    end = max(cue.end_ms, cue.start_ms + MIN_CUE_MS)
    return replace(cue, end_ms=max(min(end, until_ms - GAP_MS), min(cue.end_ms, until_ms), cue.start_ms + 1))


def _clock(ms: int, point: str) -> str:
    hours, rest = divmod(ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, rest = divmod(rest, 1_000)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def _vtt_text(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
