"""The words said in each scene: a beginning, a middle and an end, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil
from random import Random

from pipeline.film.narration import narration_length, narration_limit
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.banks import Line
from pipeline.providers.local.writing.reading import Reading
from pipeline.providers.local.writing.timing import can_be_said

Slots = Mapping[str, str]

SHARES: Mapping[str, tuple[tuple[str, float], ...]] = {
    "explainer": (("facts", 0.72), ("moments", 0.14), ("tone", 0.1), ("about", 0.5)),
    "history": (("facts", 0.85), ("moments", 0.1)),
    "ad": (("moments", 0.55), ("kind", 0.4), ("tone", 0.05)),
    "howto": (("kind", 0.7), ("moments", 0.15), ("facts", 0.15)),
    "story": (("kind", 0.88), ("tone", 0.12)),
    "travel": (("kind", 0.45), ("moments", 0.3), ("facts", 0.15), ("tone", 0.1)),
    "tribute": (("kind", 0.6), ("tone", 0.15), ("moments", 0.15)),
}
"""Where the middle of a film comes from; general lines make up the rest."""

ASKED_TONE_SHARE = 0.3
STORY_TONES = frozenset({"dramatic", "spooky", "funny"})
"""The tones whose lines tell a tale; the others speak to the viewer."""


@dataclass(frozen=True)
class Beat:
    line: Line
    narration: str
    act: str
    """`opening`, `rise` or `ending`."""


def plot(reading: Reading, durations: tuple[int, ...], slots: Slots, rng: Random, voice: str) -> tuple[Beat, ...]:
    teller = _Teller(reading, slots, rng, voice)
    if len(durations) == 1:
        return (teller.beat("solo", durations[0]),)
    opening = teller.beat("opening", durations[0])
    middle = teller.middle(durations[1:-1])
    return (opening, *middle, teller.beat("ending", durations[-1]))


class _Teller:
    """Tells one film; remembers what was said."""

    def __init__(self, reading: Reading, slots: Slots, rng: Random, voice: str) -> None:
        self.reading, self.slots, self.rng, self.voice = reading, slots, rng, voice
        self.said: set[str] = set()

    def beat(self, part: str, duration: int) -> Beat:
        """A line of the part, rather one that speaks of the subject."""
        asked = banks.lines(self.reading.language, part, "question") if self.reading.question else ()
        candidates = [*asked] or self._shuffled(self._of_kind(part))
        candidates.sort(key=lambda line: "{" not in line.first)
        act = "ending" if part == "ending" else "opening"
        return self._first_that_fits(chain(candidates, self._spare()), duration, act) or self._wordless(act)

    def middle(self, durations: tuple[int, ...]) -> list[Beat]:
        planned = self._planned(len(durations))
        kept = {line.first for line in planned}
        return [
            self._middle_beat(planned[place : place + 1], duration, kept) for place, duration in enumerate(durations)
        ]

    def _middle_beat(self, mine: list[Line], duration: int, kept: set[str]) -> Beat:
        candidates = chain(mine, self._instead_of(mine, kept), self._spare())
        return self._first_that_fits(candidates, duration, "rise") or self._wordless("rise")

    def _planned(self, count: int) -> list[Line]:
        """The sources' lines, each source in its own order, spread evenly over the middle."""
        placed: list[tuple[float, int, Line]] = []
        for source, share in _shares(self.reading):
            lines = self._source(source)
            wanted = min(ceil(share * count - (share < 0.5) / 2), len(lines), count - len(placed))
            for number, line in enumerate(self._sample(lines, wanted)):
                place = (number + self.rng.uniform(0.25, 0.75)) / wanted
                placed.append((place, len(placed), line))
        taken = {line for *_, line in placed}
        general = [line for line in self._general() if line not in taken]
        for line in general[: count - len(placed)]:
            placed.append((self.rng.random(), len(placed), line))
        return [line for *_, line in sorted(placed, key=lambda entry: entry[:2])]

    def _instead_of(self, mine: list[Line], kept: set[str]) -> Iterator[Line]:
        """Other lines for a scene too short for its own; in a tale those from the same part of it."""
        lines = self._general()
        others = [place for place, line in enumerate(lines) if line.first not in kept]
        if self.reading.kind == "story" and mine and mine[0] in lines:
            here = lines.index(mine[0])
            others.sort(key=lambda place: abs(place - here))
        yield from (lines[place] for place in others)

    def _source(self, name: str) -> list[Line]:
        match name:
            case "facts":
                return self._facts()
            case "moments":
                return list(self._moments())
            case "tone" if self.reading.kind == "story" and self.reading.tone not in STORY_TONES:
                return []
            case "tone":
                return self._shuffled(banks.lines(self.reading.language, "tone", self.reading.tone))
            case "about" if self.reading.at_home:
                return []
            case "about":
                return self._shuffled(banks.lines(self.reading.language, "middle", "about"))
            case _:
                own = banks.lines(self.reading.language, "middle", self.reading.kind)
                return list(own) if self.reading.kind == "story" else self._shuffled(own)

    def _facts(self) -> list[Line]:
        """In the order they happened; those that speak of the subject itself, where it is only kin to its topic."""
        reading = self.reading
        if reading.language != "en" or reading.topic is None:
            return []
        facts = banks.stock(reading.topic.name).facts
        return list(facts) if reading.at_home else [fact for fact in facts if _mentions(fact, reading.focus)]

    def _moments(self) -> tuple[Line, ...]:
        reading = self.reading
        fitting = reading.topic and (reading.at_home or reading.topic.name != "wildlife")
        return banks.stock(reading.topic.name).moments if reading.language == "en" and fitting and reading.topic else ()

    def _sample(self, lines: list[Line], count: int) -> list[Line]:
        """`count` of the lines in their order, from all along the list; those on the subject first."""
        if count <= 0:
            return []
        wanted = [line for line in lines if _mentions(line, self.reading.focus) or self._is_the_wish(line)]
        if wanted and len(wanted) < len(lines) / 2:
            chosen = set(self._shuffled(wanted)[:count])
            rest = [line for line in lines if line not in chosen]
            chosen.update(self._strata(rest, count - len(chosen)))
            return [line for line in lines if line in chosen]
        return self._strata(lines, count)

    def _is_the_wish(self, line: Line) -> bool:
        """The line that says what the prompt's hero is after."""
        return "{wish}" in line.first and any(role.wish for role in self.reading.roles)

    def _strata(self, lines: list[Line], count: int) -> list[Line]:
        return [lines[int((number + self.rng.random()) * len(lines) / count)] for number in range(count)]

    def _general(self) -> list[Line]:
        language, kind = self.reading.language, self.reading.kind
        if kind == "story" and language == "en":
            return list(banks.lines(language, "middle", kind))
        pools = dict.fromkeys([kind, "about", "any", "explainer"])
        if kind == "explainer":
            pools = dict.fromkeys(["any", "explainer", "about"])
        return [line for pool in pools for line in self._shuffled(banks.lines(language, "middle", pool))]

    def _of_kind(self, part: str) -> tuple[Line, ...]:
        language, kind = self.reading.language, self.reading.kind
        return banks.lines(language, part, kind) or banks.lines(language, part, "any")

    def _spare(self) -> Iterator[Line]:
        """Joined from halves, for films longer and faster than the lines last."""
        bank = banks.table(f"languages/{self.reading.language}")["combination"]
        space = " " if self.reading.language == "en" else ""
        sentences = self._shuffled([f"{first}{space}{second}" for first in bank["first"] for second in bank["second"]])
        for number, sentence in enumerate(sentences):
            yield Line(bank["titles"][number % len(bank["titles"])], sentence)

    def _first_that_fits(self, candidates: Iterable[Line], duration: int, act: str) -> Beat | None:
        for line in candidates:
            narration = "" if line.first in self.said else self._narration(line, duration)
            if narration:
                self.said.add(line.first)
                return Beat(replace(line, title=_filled(line.title, self.slots) or line.title), narration, act)
        return None

    def _narration(self, line: Line, duration: int) -> str:
        """Both sentences where they fit the scene, else the first; nothing where that is too long as well."""
        first, second = _filled(line.first, self.slots), _filled(line.second, self.slots)
        if not first or not self._fits(first, duration):
            return ""
        both = f"{first}{'' if self.reading.language == 'zh' else ' '}{second}"
        whole = duration > 5 and not self.reading.terse and second and self._fits(both, duration)
        return both if whole else first

    def _fits(self, text: str, duration: int) -> bool:
        language = self.reading.language
        short = narration_length(text, language) <= narration_limit(duration, language)
        return short and can_be_said(text, language, self.voice, duration)

    def _wordless(self, act: str) -> Beat:
        return Beat(Line("Silence", ""), "", act)

    def _shuffled(self, lines: Iterable[Line] | Iterable[str]) -> list:  # type: ignore[type-arg]
        mixed = list(lines)
        self.rng.shuffle(mixed)
        return mixed


def _shares(reading: Reading) -> Iterable[tuple[str, float]]:
    """Lines of a tone that was asked for come first, and come more often."""
    shares = SHARES[reading.kind]
    if not reading.tone_asked:
        return shares
    return [("tone", ASKED_TONE_SHARE), *(pair for pair in shares if pair[0] != "tone")]


def _mentions(line: Line, focus: frozenset[str]) -> bool:
    said = f"{line.title} {line.first} {line.second}".lower()
    return any(re.search(rf"\b{re.escape(word)}", said) for word in focus)


def _filled(text: str, slots: Slots) -> str:
    """The text with its slots filled, or nothing when it asks for one that is empty."""
    names = re.findall(r"\{(\w+)\}", text)
    if not all(slots.get(name) for name in names):
        return ""
    return re.sub(r"\{(\w+)\}", lambda match: slots[match[1]], text)
