"""PURE: a sentence → calls of tools, or words. The first rule that finds something has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chat.llm.local import clauses, looks, pieces, places, talk, wishes
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Step, step

UNDO = (
    r"undo|revert|go back$|never mind (?:that|the|my) (?:last )?(?:change|edit)|take (?:that|it) back"
    r"|(?:change|put|set) (?:it|that) back|back to (?:how|what) it was|roll (?:it )?back"
)
STOP = r"cancel|abort|stop (?:making|generating|it|the (?:run|film|video))|(?:please )?stop$"
AGAIN = r"try again|retry|another try|once more|try (?:it|that) again"
FILMS = r"(?:my|which|what|all|other)(?: other| are my other)? (?:films|videos|movies)"
PRICE = (
    r"how much(?! longer| time| more time)|price|costs?|expensive|set me back|how many credits|the damage"
    r"|is (?:it|this|that) free"
)
STALE = r"out of date|outdated|stale|up to date"
STATUS = (
    r"how much (?:longer|(?:more )?time)|there yet"
    r"|how(?:'s| is) it going|status|how far|(?:done|ready|finished) yet|how long (?:will|does|until)|when"
    r" (?:will|is)|any progress|progress|is it (?:done|ready)"
)
WRONG = r"went wrong|what happened|failed?|the problem|isn't it|why"
YES = re.compile(
    r"\b(?:(?:make|generate|render|produce|create|start|begin)(?: making)? (?:it|this|(?:the|my) (?:film|video|movie))"
    r"|let's (?:go|do (?:it|this)|make (?:it|the (?:film|video))|start)"
    r"|i(?:'m| am) (?:happy|fine|okay)(?: with (?:it|that|this))?"
    r"|i (?:like|love) (?:it|that|this)|that's (?:fine|good|lovely|great|perfect)|works for me"
    r"|of course|i approve|ship it|roll it|go ahead|go for it|do (?:it|that|so)"
    r"|(?:it |that |this )?(?:looks?|sounds|seems) (?:good|great|fine|perfect|lovely)"
    r"|yes|yep|yeah|ok|okay|sure|perfect|great|excellent|awesome|nice|cool|wonderful|sweet|lovely|fine|good|absolutely"
    r"|definitely|approved?|confirmed?|agreed|go|start|begin|generate|render|produce)\b"
)
"""A sentence that is made of these, and of words that say nothing, is a yes; one with anything else in it is not."""
SAYS_NOTHING = re.compile(
    r"\b(?:please|thank you|thanks?|and|so|then|now|very|really|all|to me|for me|just|with it)\b|[^\w]"
)
LONGEST_ANSWER = 12
"""Words."""
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
    written = step("write_script") if is_first else step("write_script", prompt=sentence.said)
    ratio = wishes.said_ratio(sentence)
    return Understood([step("change_settings", aspect_ratio=ratio), written] if ratio else [written])


def _stranger(sentence: Sentence) -> str:
    return f"The film has scenes 1 to {sentence.count}; there is no scene {sentence.strangers[0]}."


def _told(pattern: str, tool: str, *, about_scenes: bool = False) -> Rule:
    """A sentence with these words is for this tool, unless it names scenes."""

    def rule(sentence: Sentence, film: Film) -> Iterable[Step] | None:
        return [step(tool)] if sentence.has(pattern) and (about_scenes or not sentence.named) else None

    return rule


def _yes_or_no(sentence: Sentence, film: Film) -> Iterable[Step] | str | None:
    if sentence.named or len(sentence.plain.split()) > LONGEST_ANSWER:
        return None
    if sentence.has(NO):
        return talk.NOTHING
    if not is_yes(sentence):
        return None
    if film.is_being_made and not sentence.has(START):
        return [step("film_status")]
    return [step("start_film", quote_id=film.offer["quote_id"])] if film.offer else [step("quote_film")]


def is_yes(sentence: Sentence) -> bool:
    """Money hangs on it, so every word counts."""
    left, agreed = YES.subn(" ", sentence.plain)
    return agreed > 0 and not SAYS_NOTHING.sub(" ", left).strip()


def _several(sentence: Sentence, film: Film) -> Iterable[Step]:
    def reader(clause: Sentence) -> Sequence[Step]:
        return next((steps for rule in CHANGES if (steps := list(rule(clause, film)))), ())

    return clauses.several(sentence, reader, is_yes)


def _edits(sentence: Sentence, film: Film) -> Iterable[Step]:
    """What changes scenes, and what is said beside it of the whole film."""
    return [
        *places.arrangement(sentence, film),
        *([] if places.arrangement(sentence, film) else looks.edits(sentence, film)),
    ]


CHANGES: tuple[Callable[[Sentence, Film], Iterable[Step]], ...] = (
    places.addition,
    pieces.making_anew,
    wishes.characters,
    wishes.settings,
    wishes.music,
    _edits,
)
"""What a clause may ask for beside others."""
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
    _several,
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
