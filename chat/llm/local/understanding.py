"""PURE: a sentence → calls of tools, or words. The first rule that finds something has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chat.llm.local import looks, pieces, places, talk, wishes
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Step, step

UNDO = (
    r"undo|revert|take (?:that|it) back|(?:change|put|set) (?:it|that) back|back to (?:how|what) it was"
    r"|roll (?:it )?back"
)
STOP = r"cancel|abort|stop (?:making|generating|it|the (?:run|film|video))|(?:please )?stop$"
AGAIN = r"try again|retry|another try|once more|try (?:it|that) again"
FILMS = r"(?:my|which|what|all|other)(?: other| are my other)? (?:films|videos|movies)"
PRICE = r"how much|price|costs?|expensive|set me back|how many credits"
STALE = r"out of date|outdated|stale|up to date"
STATUS = (
    r"how(?:'s| is) it going|status|how far|(?:done|ready|finished) yet|how long (?:will|does|until)|when"
    r" (?:will|is)|any progress|progress|is it (?:done|ready)"
)
WRONG = r"went wrong|failed?|the problem|isn't it|why"
YES = (
    r"yes|yep|yeah|ok|okay|sure|perfect|great|approved?|i approve|go ahead|go|do it|start|begin|please begin"
    r"|looks? (?:good|great)|sounds (?:good|great)|let's|make the (?:film|video)|generate|render|lovely"
    r"|that's (?:fine|good|lovely|great|perfect)"
    r"|fine|good"
)
NO = r"no|nope|not|don't|wait|hold on|stop|later"
START = r"(?:please )?(?:start|begin|go|generate|render|make (?:the|my) (?:film|video))"


@dataclass(frozen=True)
class Understood:
    """Calls, or words where there is nothing to do."""

    calls: Sequence[Step] = ()
    words: str = ""


Rule = Callable[[Sentence, Film], Iterable[Step] | str | None]


def understand(said: str, film: Film, *, is_first: bool = False) -> Understood:
    sentence = read(said, len(film.places))
    rules = WITH_SCRIPT if film.script else BEFORE_SCRIPT
    if film.script and sentence.strangers:
        return Understood(words=_stranger(sentence))
    for rule in rules:
        found = rule(sentence, film)
        if isinstance(found, str):
            return Understood(words=found)
        if calls := list(found or ()):
            return Understood(calls)
    return Understood(words=talk.lost(film)) if film.script else _opening(sentence, film, is_first)


def _opening(sentence: Sentence, film: Film, is_first: bool) -> Understood:
    """The first message is the film's prompt already; a later one says it better."""
    if talk.is_thin(sentence):
        return Understood(words=talk.ASK)
    if film.facts.get("run"):
        return Understood([step("film_status")])
    return Understood([step("write_script") if is_first else step("write_script", prompt=sentence.said)])


def _stranger(sentence: Sentence) -> str:
    return f"The film has scenes 1 to {sentence.count}; there is no scene {sentence.strangers[0]}."


def _told(pattern: str, tool: str, *, about_scenes: bool = False) -> Rule:
    """A sentence with these words is for this tool, unless it names scenes."""

    def rule(sentence: Sentence, film: Film) -> Iterable[Step] | None:
        return [step(tool)] if sentence.has(pattern) and (about_scenes or not sentence.named) else None

    return rule


def _yes_or_no(sentence: Sentence, film: Film) -> Iterable[Step] | str | None:
    if sentence.named or len(sentence.plain.split()) > 9:
        return None
    if sentence.has(NO):
        return talk.NOTHING
    if not sentence.has(YES):
        return None
    if film.is_being_made and not sentence.has(START):
        return [step("film_status")]
    return [step("start_film", quote_id=film.offer["quote_id"])] if film.offer else [step("quote_film")]


def _edits(sentence: Sentence, film: Film) -> Iterable[Step]:
    """What changes scenes, and what is said beside it of the whole film."""
    return [
        *places.arrangement(sentence, film),
        *([] if places.arrangement(sentence, film) else looks.edits(sentence, film)),
    ]


WITH_SCRIPT: tuple[Rule, ...] = (
    talk.trick,
    pieces.choosing,
    _told(UNDO, "undo", about_scenes=True),
    pieces.explaining,
    _told(AGAIN, "quote_film"),
    _told(FILMS, "list_films"),
    talk.answer,
    _told(PRICE, "quote_film"),
    _told(STALE, "quote_film"),
    _told(STATUS, "film_status"),
    places.addition,
    pieces.making_anew,
    wishes.rewriting,
    wishes.characters,
    wishes.settings,
    _told(STOP, "cancel_run"),
    wishes.music,
    _edits,
    _told(WRONG, "film_status"),
    _yes_or_no,
)
BEFORE_SCRIPT: tuple[Rule, ...] = (
    talk.trick,
    _told(FILMS, "list_films"),
    lambda sentence, film: next(
        (said for topic in talk.ALWAYS if (said := topic(sentence, film)) and len(sentence.plain.split()) < 9), None
    ),
)
