"""PURE: several wishes in one sentence, each understood for itself, and what of it was not understood.

A sentence is cut where its words allow it ("and", "but", a comma). Cuts that leave nothing out are preferred, then
those into more wishes: "make scene 2 slower and at night" is one wish, "make it vertical and scene 2 slower" two.
A part that changes nothing of the wish it stands in was not understood, and is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, Understood, step

JOINT = re.compile(
    r"((?:\s*[,;.!?]+\s*|\s+|\s*[+&]\s*)(?:(?:and|then|also|but|plus|n)\s+)+|\s*[,;.!?]+\s+|\s+[+&]\s+|\s+–\s+|\s+-\s+)"
)
MOST_PARTS = 8
ORDER = {"undo": -1, "change_settings": 0, "arrange_scenes": 2, "write_script": 3, "quote_film": 4, "start_film": 5}
"""Places are those the user sees, so scenes are put into another order after all else."""
CHATTER = re.compile(
    r"(?:please|thanks?(?: you)?(?: so much)?|ok(?:ay)?|yes|yeah|hey|hi|hello|well|hmm+|sorry|no|nope|nah|wait|"
    r"so|cool|great|"
    r"nice|perfect|awesome|lovely|good|just|then|now|first|instead|too|as well|again|lol|haha|if (?:possible|you can)|"
    r"you know|maybe|actually|one (?:more )?thing|1 (?:more )?thing|two things|2 things|(?:and )?that's it|that's all|"
    r"i (?:like|love) (?:it|this|that)(?: a lot| so far)?|(?:it )?looks? (?:good|great|nice)(?: so far)?|please do|"
    r"can you do that|could you do that|is that possible|ones?|the rest|all|both)"
)
EXCUSE = re.compile(
    r"^(?:because|cause|cuz|since|so that|so it|i think|i guess|i feel|i know|my (?:boss|wife|husband|mom|"
    r"kids?|client)|"
    r"it's (?:for|too|so|a bit|kind|really|not|just)|it is (?:for|too|so|a bit|really|not)|that's|they|which|"
    r"as (?:always|i)|"
    r"that would be|it would be|not |rather than|instead of|i don't (?:like|love|need)|i do not like|keep |"
    r"leave |the rest|"
    r"everything else|otherwise|i mean|like i said|the (?:current|old) one|it (?:looks|feels|sounds|seems|"
    r"doesn't|does not)|"
    r"this (?:looks|feels|sounds|one)|i only|i just)"
)

Reader = Callable[[Sentence, Film], Understood]


@dataclass(frozen=True)
class Cut:
    wishes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def cost(self) -> tuple[int, int]:
        return (len(self.left), -len(self.wishes))

    def __add__(self, other: Cut) -> Cut:
        return Cut(self.wishes + other.wishes, self.left + other.left)


def several(sentence: Sentence, film: Film, reader: Reader, is_agreement: Callable[[Sentence], bool]) -> Understood:
    """What is to be done of at least two wishes, or of one beside something that was not understood."""
    found = JOINT.split(sentence.plain)
    if not 1 < len(found) <= 2 * MOST_PARTS:
        return Understood()
    cut = _Cutter(sentence, film, reader, is_agreement, found).best()
    if not cut.wishes or len(cut.wishes) + len(cut.left) < 2:
        return Understood()
    together = _together(sentence, film, cut.wishes, reader)
    return replace(together, words=" ".join(filter(None, [together.words, _left(cut.left, sentence, film)])))


def _left(left: Sequence[str], sentence: Sentence, film: Film) -> str:
    if not left:
        return ""
    what = film.listed([f"“{sentence.as_said(clause)}”" for clause in left])
    return film.say("talk.left", what=what, way=film.say("talk.left_way"))


class _Cutter:
    """Of one sentence. Parts and joints take turns."""

    def __init__(
        self,
        sentence: Sentence,
        film: Film,
        reader: Reader,
        is_agreement: Callable[[Sentence], bool],
        parts: Sequence[str],
    ) -> None:
        self.sentence, self.film, self.is_agreement, self.parts = sentence, film, is_agreement, parts
        self.reader = cache(lambda text: reader(replace(sentence, plain=text), film))

    def best(self, start: int = 0) -> Cut:
        if start >= len(self.parts):
            return Cut()
        cuts = []
        for end in range(start + 1, len(self.parts) + 1, 2):
            here = self._segment(start, end)
            if here is not None:
                cuts.append(here + self.best(end + 1))
        return min(cuts, key=lambda cut: cut.cost)

    def _segment(self, start: int, end: int) -> Cut | None:
        text = self._text(start, end)
        if end == start + 1 and self._says_nothing(text):
            return Cut()
        found = self.reader(text)
        if found and (end == start + 1 or not self._ignores(start, end, found)):
            return Cut(wishes=(text,))
        return Cut(left=(text,)) if end == start + 1 else None

    def _ignores(self, start: int, end: int, found: Understood) -> bool:
        """A part of the segment makes no difference."""
        for place in range(start, end, 2):
            without = self._text(start, end, but=place)
            if not self._says_nothing(self._text(place, place + 1)) and self.reader(without) == found:
                return True
        return False

    def _says_nothing(self, text: str) -> bool:
        words = text.strip(" ,;.!?")
        return not words or bool(CHATTER.fullmatch(words)) or self._is_aside(words)

    def _is_aside(self, words: str) -> bool:
        if self.is_agreement(replace(self.sentence, plain=words)):
            return True
        return bool(EXCUSE.match(words)) and not self.reader(words)

    def _text(self, start: int, end: int, *, but: int | None = None) -> str:
        kept: Iterator[str] = (
            part
            for place, part in enumerate(self.parts[start:end], start)
            if but is None or place not in (but, but + 1)
        )
        return "".join(kept).strip(" ,;.!?")


def _together(sentence: Sentence, film: Film, wishes: Sequence[str], reader: Reader) -> Understood:
    """Each wish builds on those before it. Settings become one step, and so do a scene's changes and the order."""
    steps: list[Step] = []
    words: list[str] = []
    now = film
    orders = [clause for clause in wishes if _is_order(reader(replace(sentence, plain=clause), film))]
    for clause in wishes:
        if clause in orders:
            continue
        found = reader(replace(sentence, plain=clause), now)
        words.append(found.words)
        for one in found.calls:
            steps.append(one)
            now = now.after(one)
    if orders:
        steps += reader(replace(sentence, plain=" and ".join(orders)), film).calls
    if {"add_scene", "arrange_scenes"} <= {one.tool for one in steps}:
        return Understood()
    calls = sorted(_merged(steps), key=lambda one: ORDER.get(one.tool, 1))
    return Understood(tuple(calls), " ".join(dict.fromkeys(filter(None, words))))


def _is_order(found: Understood) -> bool:
    return bool(found.calls) and found.calls[0].tool == "arrange_scenes"


def _merged(steps: Sequence[Step]) -> Iterator[Step]:
    """One step for the settings, one for each scene, one for the writing."""
    merged: dict[tuple[str, object], Step] = {}
    for number, one in enumerate(steps):
        alone = one.tool not in ("change_settings", "edit_scene", "write_script", "describe_character")
        key = (one.tool, number if alone else one.arguments.get("scene", one.arguments.get("name")))
        before = merged.get(key, step(one.tool))
        merged[key] = step(one.tool, **{**before.arguments, **one.arguments})
    yield from merged.values()
