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

from chat.llm.local import scene_order, voices
from chat.llm.local.corrections import was_asked
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, places_in
from chat.llm.local.steps import MOVES, Step, Understood, step

JOINT = re.compile(
    r"((?:\s*[,;.!?]+\s*|\s+|\s*[+&]\s*)(?:(?:and|then|also|but|plus|n)\s+)+|\s*[,;.!?]+\s+|\s+[+&]\s+|\s+–\s+|\s+-\s+)"
)
MOST_PARTS = 8
ORDER = {"undo": -1, "change_settings": 0, "write_script": 3, "regenerate": 4, "quote_film": 5, "start_film": 6}
"""Everything else is done as it was said: after scenes have changed places, "scene 2" is another one."""
THEN = re.compile(r"\b(?:then|now|afterwards|after that|new)\b")
THE_LAST = re.compile(r"\b(?:last|final|closing|letzten?|outro|ending)\b")
IT = re.compile(r"\b(?:it|this|that(?: one)?|the new (?:one|scene)|the scene|new one)\b")
IN_IT = re.compile(r"\b(?:in|on|for|during|of) (?:it|this|that(?: one)?|there)\b|(?<=\w )(?:there|in there)$")
ONLY_LENGTH = re.compile(
    r"(?:for |only |just |about |and |make it |lasting )*(?:\d|1[0-5]) ?(?:s|secs?|seconds?)(?: long| in length)?"
)
"""Of the scene that was named before it: "scene 2 darker and 10 seconds"."""
CHANGES_IT = re.compile(
    r"(?:please )?(?:shorten|lengthen|extend|trim|darken|brighten|slow|speed|make|turn|let) (?:it|that|this)\b"
)
CHATTER = re.compile(
    r"(?:please|thanks?(?: you)?(?: so much)?|ok(?:ay)?|yes|yeah|hey|hi|hello|well|hmm+|sorry|no|nope|nah|wait|"
    r"so|cool|great|"
    r"nice|perfect|awesome|lovely|good|just|then|now|first|instead|too|as well|again|lol|haha|if (?:possible|you can)|"
    r"you know|maybe|actually|one (?:more )?thing|1 (?:more )?thing|two things|2 things|(?:and )?that's it|that's all|"
    r"i (?:like|love) (?:it|this|that)(?: a lot| so far)?|(?:it )?looks? (?:good|great|nice)(?: so far)?|please do|"
    r"(?:just|only) (?:the |some )?(?:background )?(?:music|pictures?|images?)|"
    r"can you do that|could you do that|is that possible|(?:can|could|would|will) you(?: please)?|kannst du|"
    r"(?:please )?(?:fix|correct|change|do) (?:it|that|this)|(?:please )?fix(?: please)?|ones?|the rest|all|both|"
    r"(?:actually|oh|ah|ok|wait),? (?:no|wait)|"
    r"(?:scenes? \d[\d, and]*|the (?:rest|others?)|everything else) (?:is|are|looks?) "
    r"(?:(?:really|all|quite|pretty|just|totally) )?"
    r"(?:fine|good|great|ok(?:ay)?|perfect|nice|cool|lovely)(?: (?:though|as is|already))?|"
    r"(?:(?:exactly|just|all) )?(?:the )?same(?: (?:thing|film|video|one|script))?"
    r"(?: (?:otherwise|again|as (?:before|now)))?)"
)
EXCUSE = re.compile(
    r"^(?:[\w'-]+ (?:looks?|sounds?|seems?|is|are) (?:way |much |a bit )?too |(?:it's|its|c'est|das ist|es|è|é) "
    r"(?:way )?(?:too|"
    r"trop|zu|demasiado|muy|troppo|muito) |"
    r"because|cause|cuz|since|so that|so it|i think|i guess|i feel|i know|my (?:boss|wife|husband|mom|"
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
class Wish:
    text: str
    joint: str = ""
    """The word that binds it to the wish before it."""


@dataclass(frozen=True)
class Cut:
    wishes: tuple[Wish, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def cost(self) -> tuple[int, int]:
        return (len(self.left), -len(self.wishes))

    def __add__(self, other: Cut) -> Cut:
        return Cut(self.wishes + other.wishes, self.left + other.left)


def several(sentence: Sentence, film: Film, reader: Reader, is_agreement: Callable[[Sentence], bool]) -> Understood:
    """Return what is to be done for at least two wishes, or for one beside something that was not understood."""
    sentence = replace(sentence, plain=voices.as_one_wish(sentence.plain))
    found = JOINT.split(sentence.plain)
    if not 1 < len(found) <= 2 * MOST_PARTS:
        return Understood()
    cut = _Cutter(sentence, film, reader, is_agreement, found).best()
    if not cut.wishes or len(cut.wishes) + len(cut.left) < 2:
        return Understood()
    together = _together(sentence, film, cut.wishes, reader)
    is_told_all = any(call.arguments.get("instructions") == sentence.said for call in together.calls)
    left = "" if is_told_all else _left(cut.left, sentence, film)
    return replace(together, words=" ".join(filter(None, [together.words, left])))


FILLERS = re.compile(
    r"(?:\W*\b(?:can|could|would|will|you|u|i|it|that|also|too|still|again|please|pls|plz|just|so|ok|okay|then|actually|"
    r"mean|noch|auch|mal|halt|eben|bitte|doch(?: nicht)?|dann|need|want|fix|thx|ach|och|ah|oh|hm+|naja|na|tja|also|"
    r"ne|nee|nein|wait|no|actualy|kann|könnte|könnt|man|the|das|ihr|wir|ich|es)\b)+\W*",
    re.IGNORECASE,
)
"""A clause of these alone wishes for nothing."""


def _left(left: Sequence[str], sentence: Sentence, film: Film) -> str:
    left = [clause for clause in left if not FILLERS.fullmatch(clause)]
    if not left:
        return ""
    what = film.listed([film.quoted(sentence.in_their_words(clause)) for clause in left])
    return film.say("talk.left", what=what, way=film.say("talk.left_way"))


class _Cutter:
    """The cutter of one sentence. Parts and joints take turns."""

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
        self.adds = bool(scene_order.adds(sentence.plain))

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
        if self.adds and start and scene_order.IS_LENGTH.fullmatch(self._text(start, start + 1)):
            return Cut(left=(text,)) if end == start + 1 else None
        if start and (IN_IT.search(text) or ONLY_LENGTH.fullmatch(text)):
            found = self._of_the_named(text, start) or self._of_the_added(text, start)
        else:
            found = self.reader(text) or self._of_the_added(text, start) or self._of_the_named(text, start)
        if found and (end == start + 1 or not self._ignores(start, end, found)):
            return Cut(wishes=(Wish(text, self.parts[start - 1] if start else ""),))
        return Cut(left=(text,)) if end == start + 1 else None

    def _of_the_added(self, text: str, start: int) -> Understood:
        """ "Add a scene about a cat, then make it at night": for the cut, whichever scene it is."""
        return self.reader(IT.sub("scene 1", text, count=1)) if self.adds and start else Understood()

    def _of_the_named(self, text: str, start: int) -> Understood:
        """ "Scene 3 at sunrise, and nobody should talk in it": of the only scene that was named before."""
        named = places_in(self._text(0, start - 1)) if start else []
        if not named or places_in(text):
            return self.reader(text)
        if len(named) > 1:
            return self.reader(text) if ONLY_LENGTH.fullmatch(text) else Understood()
        return self.reader(of_scene(text, named[0]))

    def _ignores(self, start: int, end: int, found: Understood) -> bool:
        """A part of the segment makes no difference."""
        for place in range(start, end, 2):
            without = self._text(start, end, but=place)
            if not self._says_nothing(self._text(place, place + 1)) and self.reader(without) == found:
                return True
        return False

    def _says_nothing(self, text: str) -> bool:
        words = text.strip(" ,;.!?")
        if re.fullmatch(r"(?:please )?stop", words) and not (self.film.is_being_made or self.film.is_being_written):
            return True
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


def _together(sentence: Sentence, film: Film, wishes: Sequence[Wish], reader: Reader) -> Understood:
    """Each wish is read against the film as it is after those before it, what moves scenes as one with its like."""
    steps: list[Step] = []
    words: list[str] = []
    for wish in _orders_joined(wishes, lambda text: reader(replace(sentence, plain=text), film)):
        now = _after(steps, film)
        if question := _which_now(wish, sentence, film, now):
            words.append(question)
            continue
        found = reader(_read_now(wish, sentence, film, now, steps), now)
        if (last := _last_named(steps)) and (named := _named_again(wish.text, last, found)):
            of_it = reader(replace(sentence, plain=named, count=len(now.places)), now)
            found = of_it if of_it.calls else found
        if any(call.tool == "write_script" for call in found.calls) and (last := _last_named(steps)):
            of_it = reader(
                replace(sentence, plain=IT.sub(f"scene {last}", wish.text, count=1), count=len(now.places)), now
            )
            found = of_it if {call.tool for call in of_it.calls} == {"edit_scene"} else found
        words.append(found.words)
        for one in found.calls:
            steps.insert(_place_of(one, steps, film, now), one)
    calls = sorted(merged(steps), key=lambda one: ORDER.get(one.tool, 1))
    left = [said for said in dict.fromkeys(filter(None, words)) if not _is_answered(said, calls)]
    return Understood(tuple(calls), " ".join(left))


def _is_answered(said: str, calls: Sequence[Step]) -> bool:
    """ "Another voice, like an old man": which one is told by what follows."""
    asks = was_asked("ask.voice", said) or was_asked("ask.voice_none", said)
    return asks and any("voice" in one.arguments for one in calls if one.tool == "change_settings")


def _named_again(text: str, last: int, found: Understood) -> str:
    """Name the scene of the wish before, where a wish leans on it; empty where it does not."""
    if places_in(text):
        return ""
    if IN_IT.search(text) or ONLY_LENGTH.fullmatch(text) or not found:
        return of_scene(text, last)
    return IT.sub(f"scene {last}", text, count=1) if not found.calls and CHANGES_IT.match(text) else ""


def of_scene(text: str, place: int) -> str:
    """Name the scene that "in it", "there" and a length alone speak of; a text without them stays."""
    if ONLY_LENGTH.fullmatch(text):
        return f"scene {place} {text}"
    return IN_IT.sub(f"in scene {place}", text, count=1)


def _last_named(steps: Sequence[Step]) -> int:
    """The scene that the wish before changes, where it is one: "make scene 1 foggy and shorten it"."""
    places = [step.arguments["scene"] for step in steps if step.tool == "edit_scene"]
    return places[-1] if len(set(places)) == 1 else 0


def _after(steps: Sequence[Step], film: Film) -> Film:
    for one in steps:
        film = film.after(one)
    return film


def _orders_joined(wishes: Sequence[Wish], read: Callable[[str], Understood]) -> Iterator[Wish]:
    """ "Move the last scene to the front and remove scene 3": numbers as they are seen, unless it says "then"."""
    before: Wish | None = None
    for wish in wishes:
        is_order = _is_order(read(wish.text))
        if before and is_order and not THEN.search(wish.joint):
            before = replace(before, text=f"{before.text} and {wish.text}")
            continue
        if before:
            yield before
        before = wish if is_order else None
        if not is_order:
            yield wish
    if before:
        yield before


def _is_order(found: Understood) -> bool:
    return bool(found.calls) and found.calls[0].tool == "arrange_scenes"


def _place_of(one: Step, steps: Sequence[Step], film: Film, now: Film) -> int:
    """Put it behind the others; an edit of a scene that has kept its place, before scenes are moved."""
    first = next((at for at, other in enumerate(steps) if other.tool == "arrange_scenes"), len(steps))
    if one.tool != "edit_scene" or any(other.tool != "arrange_scenes" for other in steps[first:]):
        return len(steps)
    place = one.arguments["scene"]
    is_same = place in film.places and film.scene(place)["id"] == now.scene(place)["id"]
    return first if is_same else len(steps)


def _read_now(wish: Wish, sentence: Sentence, film: Film, now: Film, steps: Sequence[Step]) -> Sentence:
    """ "The last scene" is the one that is last by then, and "it" the scene that was just added."""
    plain = re.sub(r"\bnew (?=scenes? \d)", "", wish.text)
    if len(now.places) != len(film.places) and THE_LAST.search(sentence.said.lower()):
        plain = re.sub(rf"\bscene {len(film.places)}\b", f"scene {len(now.places)}", plain)
    if steps and steps[-1].tool == "add_scene" and not places_in(plain):
        plain = IT.sub(f"scene {steps[-1].arguments['after'] + 1}", plain, count=1)
    return replace(sentence, plain=plain, count=len(now.places))


def _which_now(wish: Wish, sentence: Sentence, film: Film, now: Film) -> str:
    """A number may be meant as the script is seen or as it is after an earlier wish; only "then" and "new" say it."""
    named = [place for place in places_in(wish.text) if place in film.places and place in now.places]
    moved = [place for place in named if film.scene(place)["id"] != now.scene(place)["id"]]
    if len(moved) != 1 or THEN.search(f"{wish.joint} {wish.text}") or not _is_by_number(moved[0], sentence):
        return ""
    was, is_now = film.scene(moved[0]), now.scene(moved[0])
    still = [scene["index"] for scene in now.scenes if scene["id"] == was["id"]]
    if not still:
        return ""
    return film.say(
        "ask.which_now", wish=sentence.in_their_words(wish.text), n=moved[0], old=was["title"], place=still[0],
        new=is_now["title"],
    )  # fmt: skip


def _is_by_number(place: int, sentence: Sentence) -> bool:
    return bool(re.search(rf"\b{place}\b", sentence.said))


def merged(steps: Sequence[Step]) -> Iterator[Step]:
    """One step for the settings, one for each scene, one for the writing."""
    joined: dict[tuple[str, object, int], Step] = {}
    moves = 0
    for number, one in enumerate(steps):
        moves += one.tool in MOVES
        alone = one.tool not in ("change_settings", "edit_scene", "write_script", "describe_character")
        since = moves if one.tool == "edit_scene" else 0
        key = (one.tool, number if alone else one.arguments.get("scene", one.arguments.get("name")), since)
        before = joined.get(key, step(one.tool))
        joined[key] = step(one.tool, **{**before.arguments, **one.arguments})
        last = list(joined)[-2:]
        if len(last) == 2 and all(found[0] == "arrange_scenes" for found in last):
            first = joined.pop(last[0]).arguments["order"]
            joined[key] = step(one.tool, order=[first[place - 1] for place in one.arguments["order"]])
    yield from joined.values()
