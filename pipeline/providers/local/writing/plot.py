"""The scenes of a film: what is said in each, in the prompt's own words or out of what is known of its subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.pacing import pacing
from pipeline.film.prompt_facts import Told
from pipeline.film.scene_counts import scenes_in
from pipeline.film.scheduling import LONG_S, SHORT_S, Slot, natural_length, schedule
from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.film.subject_phrase import WORDS
from pipeline.film.words import capital, ended
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing.banks import Line
from pipeline.providers.local.writing.reading import Reading
from pipeline.providers.local.writing.timing import can_be_said
from pipeline.providers.local.writing.topic_facts import known_lines

KINDS_WITH_FACTS = frozenset({"explainer", "history", "howto", "travel"})
"""An advertisement, a story or a tribute says what its prompt says."""
MOST_TOLD_WHOLE = 5
"""So many facts or steps are told whole, however few scenes were planned."""
MAX_TITLE_CHARS = 56


_FIRST_CLAUSE = re.compile(
    r".{8,}?(?=, | (?:who|that|which|because|que|qui|che|weil)\s|，|"
    r" (?:and|und|y|et|e) (?:the|then|he|she|it|they|we|i|der|die|das|er|sie|es|wir|ich|el|la|le|il|los|las|les) )"
)


@dataclass(frozen=True)
class Beat:
    line: Line
    narration: str
    seconds: int


def plot(reading: Reading, request: ScriptRequest, rng: Random) -> tuple[Beat, ...]:
    teller = _Teller(reading, request)
    known = teller.known()
    return teller.with_facts(known, rng) if known else teller.told()


_Fits = Callable[[Sequence[int], int], bool]


class _Teller:
    """Tells one film."""

    def __init__(self, reading: Reading, request: ScriptRequest) -> None:
        self.reading, self.request = reading, request
        self.scenes = scenes_in(request.instructions) or scenes_in(request.prompt)
        self.joint = "" if reading.language in SPACELESS_LANGUAGES else " "
        self.lines = tuple(self._short_enough(told) for told in reading.told)

    def known(self) -> tuple[Line, ...]:
        """Facts are added to a subject alone: where the prompt brings its own, those are said."""
        reading = self.reading
        if len(self.lines) > 1 or reading.kind not in KINDS_WITH_FACTS or reading.is_personal:
            return ()
        lines = known_lines(reading.question or reading.action or reading.subject, reading.kind, reading.language)
        most = SHORT_S if reading.terse or reading.pace >= 1 else LONG_S
        return tuple(line for line in lines if self._fits(line.first, most))

    def with_facts(self, known: Sequence[Line], rng: Random) -> tuple[Beat, ...]:
        """The subject, then its facts in their order; of more than there are scenes for, some from all along them."""
        durations = pacing(self.request.duration_s, self.reading.pace, rng, self.scenes)
        subject = [line for line in self.lines if self._fits(line.first, durations[0])][:1]
        subject = [replace(line, picture=known[0].picture) for line in subject]
        count = len(known) if len(known) <= MOST_TOLD_WHOLE else len(durations) - len(subject)
        lines = [*subject, *_sample(known, count, rng)]
        if len(lines) < len(durations) and self.request.length_is_open:
            return self._beats(lines, self._length(lines))
        return self._beats(lines, self.request.duration_s)

    def told(self) -> tuple[Beat, ...]:
        seconds = self._length(self.lines) if self.request.length_is_open else self.request.duration_s
        return self._beats(self.lines, seconds)

    def _length(self, lines: Sequence[Line]) -> int:
        needed = natural_length(len(lines), self._fitting(lines), most_s=self.request.duration_s)
        return min(max(needed, SHORT_S * (self.scenes or 0)), self.request.duration_s)

    def _beats(self, lines: Sequence[Line], seconds: int) -> tuple[Beat, ...]:
        """Scenes for the lines, and such without words where the film is longer than what there is to say."""
        rng = Random(self.reading.seed)  # noqa: S311 - variety, not secrecy
        wanted = len(pacing(seconds, self.reading.pace, rng, self.scenes))
        wanted = wanted if self.scenes else max(wanted, len(lines), 2 if seconds >= LONG_S else 1)
        fits, worth = self._fitting(lines), lambda at: self._worth(lines, at)
        lengths = [len(line.first + line.second) for line in lines]
        slots = schedule(len(lines), seconds, fits, scenes=wanted, worth=worth, length=lengths.__getitem__)
        return tuple(self._beat(slot, lines) for slot in slots)

    def _beat(self, slot: Slot, lines: Sequence[Line]) -> Beat:
        if not slot.said:
            return Beat(Line(self._subject_title(), ""), "", slot.seconds)
        first = lines[slot.said[0]]
        picture = next((lines[place].picture for place in slot.said if lines[place].picture), "")
        words = self._together([lines[place] for place in slot.said])
        whole = f"{words}{self.joint}{first.second}"
        can_say_more = len(slot.said) == 1 and first.second and not self.reading.terse
        said = whole if can_say_more and self._fits(whole, slot.seconds) else words
        return Beat(replace(first, picture=picture), said, slot.seconds)

    def _fitting(self, lines: Sequence[Line]) -> _Fits:
        return lambda places, seconds: self._fits(self._together([lines[place] for place in places]), seconds)

    def _together(self, lines: Sequence[Line]) -> str:
        return self.joint.join(line.first for line in lines)

    def _fits(self, text: str, seconds: int) -> bool:
        language = self.reading.language
        is_short = narration_length(text, language) <= narration_limit(seconds, language)
        return is_short and can_be_said(text, language, self.request.voice, seconds)

    def _worth(self, lines: Sequence[Line], place: int) -> int:
        """The subject and the last line stay; then what has a number."""
        is_edge = place in (0, len(lines) - 1)
        return 2 * is_edge + any(letter.isdigit() for letter in lines[place].first)

    def _short_enough(self, told: Told) -> Line:
        """A sentence that no scene has room for is cut where it may be cut."""
        most = min(self.request.duration_s, LONG_S)
        words = told.words
        while not self._fits(words, most) and len(words) > 1:
            words = _cut(words, self.joint)
        return Line(title_of(words), words)

    def _subject_title(self) -> str:
        """Return the title of a scene without words."""
        if self.lines and len(self.lines[0].title) <= MAX_TITLE_CHARS - 1:
            return self.lines[0].title
        return capital(title_of(self.reading.short)) or "…"


def _cut(words: str, joint: str) -> str:
    """Leave out its last word, or all behind its last comma."""
    mark, body = words[-1], words[:-1]
    for comma in (", ", "，"):
        if body.rfind(comma) > len(body) // 3:
            return body[: body.rfind(comma)] + mark
    if not joint:
        return body[:-1] + mark
    kept = ended(body.split()[:-1], WORDS["function"])
    return " ".join(kept) + mark if kept else body[: len(body) // 2]


def title_of(sentence: str) -> str:
    """Name a sentence by its beginning, without the mark at its end and without a word that leads nowhere."""
    words = sentence.strip(' .!。！।"“”„«»')
    if len(words) <= MAX_TITLE_CHARS:
        return words
    clause = _FIRST_CLAUSE.match(words)
    if clause and len(clause[0]) <= MAX_TITLE_CHARS:
        return clause[0]
    whole = words[:MAX_TITLE_CHARS].rsplit(" ", 1)[0].split()
    kept = ended(whole, WORDS["function"], marks=",;:")
    return " ".join(kept).rstrip(" ,;:")


def _sample(lines: Sequence[Line], count: int, rng: Random) -> list[Line]:
    """`count` of the lines in their order, from all along the list."""
    if count >= len(lines) or count <= 0:
        return list(lines[: max(count, 0)])
    starts = [number * len(lines) // count for number in range(count + 1)]
    return [lines[rng.randrange(start, end)] for start, end in pairwise(starts)]
