"""PURE: captions of what is said: at most two lines, short enough to read, timed to the words.

Lines are slices of the text as it was written. Word times come with the narration where its voice knows them;
otherwise the words are spread over the measured speech by their length.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.cut.picture.caption_lines import Span, readable_spans, slice_of, tokens, width
from pipeline.cut.word_cuts import Cuts, is_out, left_ms, moved_ms

MAX_LINES = 2
WIDE_CHARS, NARROW_CHARS = 42, 26
"""Characters a line: 42 is the usual limit for television, 26 fits the width of an upright film."""
MAX_CUE_MS, MIN_CUE_MS = 6_000, 1_000
PAUSE_MS = 700
"""A pause this long ends a cue."""
GAP_MS = 80
"""What is kept free before the next cue, so that the eye sees the change."""
NEVER = 10**12
JOINER = "\u2060"
MARKS, ENDS = re.compile(r"[^\w\s]*"), ".!?…。！？"
"""What stands behind a word, and what of that ends a sentence."""
FARTHEST_OFF = 80
"""How many characters that nobody speaks (emoji, signs) may lie before a word."""


@dataclass(frozen=True)
class Word:
    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Part:
    """A slice of a narration's text and when it is heard."""

    begin: int
    end: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True)
class Speech:
    """A narration or a line: its words as they lie in its own file, or its text and length; `start_ms` in the film.

    The `label` is shown in front of the text and spoken by nobody.
    """

    text: str
    start_ms: int
    length_ms: int
    tempo: float = 1.0
    words: tuple[Word, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def line_chars(width: int, height: int) -> int:
    return WIDE_CHARS if width >= height else NARROW_CHARS


def cues(speeches: Sequence[Speech], *, max_chars: int = WIDE_CHARS) -> list[Cue]:
    """Make the captions of all speeches, in the order of the film and never overlapping."""
    found = [cue for speech in speeches for cue in _cues_of(speech, max_chars)]
    following = itertools.chain((cue.start_ms for cue in found[1:]), [NEVER])
    shown: list[Cue] = []
    for cue, until in zip(found, following, strict=False):
        begin = max(cue.start_ms, shown[-1].end_ms if shown else 0)
        shown.append(_readable(replace(cue, start_ms=begin), until))
    return shown


def to_srt(found: Sequence[Cue]) -> str:
    blocks = (
        f"{number}\n{_clock(cue.start_ms, ',')} --> {_clock(cue.end_ms, ',')}\n"
        + "".join(f"{_srt_text(line)}\n" for line in cue.lines)
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


def without(speech: Speech, cuts: Cuts) -> Speech:
    """Return a speech as it is heard and shown without what is taken out of it: neither the words nor their time."""
    if not cuts:
        return speech
    words = speech.words or spread(speech.text, speech.length_ms)
    out = [is_out(word.start_ms, word.end_ms, cuts) for word in words]
    placed = list(_placed_each(speech.text, words))
    gone = [place for place, is_gone in zip(placed, out, strict=True) if is_gone and place]
    kept = [_moved(word, cuts) for word, is_gone in zip(words, out, strict=True) if not is_gone]
    text = _without_spans(speech.text, [(place.begin, place.end) for place in gone])
    return replace(speech, text=text, words=tuple(kept), length_ms=left_ms(speech.length_ms, cuts))


def _moved(word: Word, cuts: Cuts) -> Word:
    return replace(word, start_ms=moved_ms(word.start_ms, cuts), end_ms=moved_ms(word.end_ms, cuts))


def _without_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without these words and the marks behind them; the end of a sentence stays one, and so does a capital
    at its beginning."""
    for begin, end in reversed(spans):
        end += len(MARKS.match(text[end:])[0])  # type: ignore[index]
        before, removed, after = text[:begin].rstrip(), text[begin:end], text[end:].lstrip()
        begins = not before or stop(before) == SENTENCE_STOP
        if stop(removed) == SENTENCE_STOP and not begins:
            before = before.rstrip(",;:–—- ") + removed[len(removed.rstrip(ENDS)) :]
        if begins and removed[:1].isupper():
            after = after[:1].upper() + after[1:]
        space = " " if text[max(begin - 1, 0) : begin].isspace() or text[end : end + 1].isspace() else ""
        text = f"{before}{space if before and after else ''}{after}"
    return text


def timed(text: str, parts: Sequence[Span], words: Sequence[Word]) -> list[Part]:
    """Time each part of the text by the words that lie in it; a word over several is divided by length.

    A part in which no word is known lasts from the end of the one before to the beginning of the next.
    """
    heard = list(_placed(text, words))
    found: list[Part] = []
    for (begin, end), following in zip(parts, [*parts[1:], (len(text) + 1, 0)], strict=True):
        within = [_share(word, begin, following[0]) for word in heard if word.begin < following[0] and begin < word.end]
        before = found[-1].end_ms if found else 0
        after = next((word.start_ms for word in heard if word.begin >= begin), words[-1].end_ms)
        start_ms, end_ms = (within[0][0], within[-1][1]) if within else (before, max(before, after))
        found.append(Part(begin, end, start_ms, end_ms))
    return found


def _placed(text: str, words: Sequence[Word]) -> Iterator[Part]:
    """The words where they stand in the text; those that stand nowhere near are left out."""
    return (part for part in _placed_each(text, words) if part)


def _placed_each(text: str, words: Sequence[Word]) -> Iterator[Part | None]:
    at = 0
    for word in words:
        begin = text.find(word.text, at, at + len(word.text) + FARTHEST_OFF) if word.text else -1
        at = at if begin < 0 else begin + len(word.text)
        yield None if begin < 0 else Part(begin, at, word.start_ms, word.end_ms)


def _share(word: Part, begin: int, end: int) -> tuple[int, int]:
    """Return from when to when that of the word is heard which lies from `begin` to `end`."""
    ms = (word.end_ms - word.start_ms) / (word.end - word.begin)
    first, last = max(begin, word.begin) - word.begin, min(end, word.end) - word.begin
    return word.start_ms + round(first * ms), word.start_ms + round(last * ms)


def _cues_of(speech: Speech, max_chars: int) -> Iterator[Cue]:
    text = f"{speech.label}{speech.text}"
    parts = readable_spans(text, max_chars)
    words = speech.words or spread(speech.text, speech.length_ms)
    placed = [
        replace(part, start_ms=_at(speech, part.start_ms), end_ms=_at(speech, part.end_ms))
        for part in (timed(text, parts, words) if parts and words else ())
    ]
    for group in _groups(text, placed, max_chars):
        yield Cue(group[0].start_ms, group[-1].end_ms, tuple(_lines(text, group, max_chars)))


def _at(speech: Speech, own_ms: int) -> int:
    """No word is heard after its recording has ended, whoever says so."""
    return speech.start_ms + round(min(own_ms, speech.length_ms) / speech.tempo)


def _groups(text: str, parts: Sequence[Part], max_chars: int) -> Iterator[Sequence[Part]]:
    """Parts that are shown together: a phrase, or an even share of one that is too long."""
    for phrase in _phrases(text, parts):
        counts = range(1, len(phrase) + 1)
        splits = (_split(text, phrase, count) for count in counts)
        yield from next(split for split in splits if _all_fit(text, split, max_chars))


def _phrases(text: str, parts: Sequence[Part]) -> Iterator[list[Part]]:
    """A sentence, or what is said until the speaker pauses; a very short sentence goes with the next."""
    phrase: list[Part] = []
    for part in parts:
        if phrase and (_completes(text, phrase) or part.start_ms - phrase[-1].end_ms > PAUSE_MS):
            yield phrase
            phrase = []
        phrase.append(part)
    if phrase:
        yield phrase


def _completes(text: str, phrase: Sequence[Part]) -> bool:
    last = phrase[-1]
    return stop(text[last.begin : last.end]) == SENTENCE_STOP and last.end_ms - phrase[0].start_ms >= MIN_CUE_MS


def _split(text: str, phrase: Sequence[Part], count: int) -> list[list[Part]]:
    """Into `count` groups of about the same width; each has a part at least."""
    widths = [width(_shown(text, [part])) + 1 for part in phrase]
    ends = list(itertools.accumulate(widths))
    groups: list[list[Part]] = [[] for _ in range(count)]
    for place, (part, own, end) in enumerate(zip(phrase, widths, ends, strict=True)):
        group = min(int((end - own / 2) * count / ends[-1]), count - 1)
        groups[place if count == len(phrase) else group].append(part)
    return [group for group in groups if group]


def _all_fit(text: str, groups: Sequence[Sequence[Part]], max_chars: int) -> bool:
    return all(len(group) == 1 or _fits(text, group, max_chars) for group in groups)


def _fits(text: str, group: Sequence[Part], max_chars: int) -> bool:
    lines = _wrapped(text, group, max_chars)
    return len(lines) <= MAX_LINES and group[-1].end_ms - group[0].start_ms <= MAX_CUE_MS


def _lines(text: str, group: Sequence[Part], max_chars: int) -> list[str]:
    """One line, or two of about the same width."""
    wrapped = _wrapped(text, group, max_chars)
    if len(wrapped) < MAX_LINES:
        return wrapped
    breaks = [[_shown(text, group[:at]), _shown(text, group[at:])] for at in range(1, len(group))]
    fitting = [lines for lines in breaks if max(map(width, lines)) <= max_chars]
    return min(fitting, key=lambda lines: abs(width(lines[0]) - width(lines[1])), default=wrapped)


def _wrapped(text: str, group: Sequence[Part], max_chars: int) -> list[str]:
    lines: list[list[Part]] = [[]]
    for part in group:
        if lines[-1] and width(_shown(text, [*lines[-1], part])) > max_chars:
            lines.append([])
        lines[-1].append(part)
    return [_shown(text, line) for line in lines]


def _shown(text: str, group: Sequence[Part]) -> str:
    return slice_of(text, group[0].begin, group[-1].end)


SENTENCE_STOP, COMMA_STOP = 6, 3


def stop(token: str) -> int:
    """SENTENCE_STOP, COMMA_STOP or 0: how the text pauses after a token."""
    bare = token.rstrip("\"'”’»)」』）")
    if bare.endswith((".", "!", "?", "…", "。", "！", "？", "؟", "।", "۔")):
        return SENTENCE_STOP
    return COMMA_STOP if bare.endswith((",", ";", ":", "，", "；", "：", "、", "—", "–", "،", "؛")) else 0


def _readable(cue: Cue, until_ms: int) -> Cue:
    """A short cue stays on the screen for as long as there is room."""
    end = max(cue.end_ms, cue.start_ms + MIN_CUE_MS)
    return replace(cue, end_ms=max(min(end, until_ms - GAP_MS), min(cue.end_ms, until_ms), cue.start_ms + 1))


def _clock(ms: int, point: str) -> str:
    hours, rest = divmod(ms, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    seconds, rest = divmod(rest, 1_000)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def _srt_text(line: str) -> str:
    """SRT has no way to write what players take for tags, line breaks or times, so an invisible joiner keeps it from
    being any."""
    return re.sub(
        r"<(?=\s*[/a-zA-Z])|\{(?=\\|[a-zA-Z]:)|\\(?=[nNh])|--(?=>)", lambda mark: f"{mark.group()}{JOINER}", line
    )


def _vtt_text(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
