"""PURE: taking back. One step goes back, the last; where something else is named, it is said what would go back."""

from __future__ import annotations

import re

from chat.llm.local import music
from chat.llm.local.corrections import UNDO
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.scene_order import REMOVE
from chat.llm.local.steps import Found, step
from chat.llm.local.wording import short
from pipeline.film.settings import STYLES, VOICES

_GENERAL = (
    r"the|my|that|this|it|its|last|latest|previous|recent|change|changes|changed|edit|edits|edited|step|thing|again|back|"
    r"one|1|i|you|just|made|did|said|was|were|only|please|now|of|with|about|for|in|to|on|from|and|a|an|what|all|no|oops|"
    r"sorry|instead|how|scene|scenes|new|wish|mistake|before"
)
_NAMED = re.compile(r"\b(?:undo|revert|roll back|take back)(?: only| just)? (?P<what>(?!i\b)[^,;.!?]+)$")
SEVERAL = r"(?:undo|revert|take back) (?:(?:the |my )?(?:last )?\d+ (?:changes|steps|things|edits)|everything|all\b)"
SUBJECTS = {
    r"titles?|names?": r"call|name|title|rename",
    r"voices?|narrators?|speakers?|readers?": rf"voice|narrat\w*|speaker|{'|'.join(VOICES).lower()}",
    r"music|songs?|tunes?|soundtrack|melody": rf"{music.MUSIC}|{music.INSTRUMENTS}|louder|quieter",
    r"captions?|subtitles?|subs": r"captions?|subtitles?|subs",
    r"length|duration": r"\d+ ?(?:s|secs?|seconds?|minutes?|mins?)|longer|shorter|shorten|extend",
    r"order|swap|moves?|moving": r"swap|switch|exchange|move|put|first|last|before|after|start with|end with",
    r"removal|deletion|removing|deleting|removed|deleted": REMOVE,
    r"words|text|narration|lines?|script|story": r"says?|narration|words|text|lines?|rewrite|script|story|\w*ier|funny",
    r"pictures?|images?|looks?|light|colou?rs?": r"(?!.*\b(?:says?|music|voice|captions)\b).*",
    r"styles?|looks?": rf"style|{'|'.join(STYLES)}|look",
    r"languages?|translation": r"translate|in (?:german|english|spanish|french|italian|portuguese|dutch|chinese)",
    r"shape|format|ratio": r"vertical|portrait|tall|wide\w*|landscape|square|\d+:\d+|format|shape",
    r"addition|added|adding": r"add|insert|another scene|new scene",
}
"""What a change is called afterwards, and what was said for it."""
BROUGHT_BACK = (
    r"(?:bring|get|put|take|want|give|have)(?: me)?(?: back)? (?:the )?(?:scenes?(?: \d+)?|one|music|voice|captions|it)"
    r"(?: back)? (?:that |which )?(?:i|you|we) (?:have |had |'ve )?(?:just )?"
    r"(?:removed|deleted|cut|dropped|took out|threw (?:out|away)|killed)(?: back)?"
)


BACK_TO = (
    r"(?:(?:(?:go|switch|change|get|take it|put it) )?back to|(?:preferred|liked|want|use|take|have|give me)(?: again)?"
    r"|bring back|return to|restore) (?:again )?(?:the |my )?(?:old|previous|earlier|first|original|former)"
    r" (?P<what>voice|narrator|music|song|style|look|title|name|length|format|shape|captions|language|one)\b"
    r"(?! man| lady)"
)
"""A thing of the film as it was."""
BACK_TO_ONE = r"(?:go |switch |change )?back to (?:the |that )?(?:wo)?man(?:'s)?(?: voice| one)?\W*$"
"""The narrator before the one that was just chosen."""


def wish(sentence: Sentence, film: Film) -> Found:
    """The last change, unless another one is named."""
    last = film.facts.get("last_change")
    if sentence.find(BROUGHT_BACK):
        was_removed = last is not None and re.search(rf"\b(?:{REMOVE})", read(last, len(film.places) + 9).plain)
        return [step("undo")] if was_removed else film.say("undo.removed")
    if found := sentence.find(BACK_TO):
        is_last = last is not None and _is_meant(sentence, found["what"], last, film)
        return [step("undo")] if is_last else film.say("undo.other", said=_told(last, film))
    if sentence.find(BACK_TO_ONE) and last is not None and _speaks_of("voice", read(last, len(film.places) + 9)):
        return [step("undo")]
    if not sentence.has(UNDO):
        return None
    if sentence.find(SEVERAL):
        return film.say("cannot.versions")
    named = _NAMED.search(sentence.plain)
    if not named or last is None or _is_meant(sentence, named["what"], last, film):
        return [step("undo")]
    return film.say("undo.other", said=_told(last, film))


def _told(last: str | None, film: Film) -> str:
    return short(last, 80) if last else film.say("undo.by_hand")


def _is_meant(sentence: Sentence, what: str, last: str, film: Film) -> bool:
    """The last sentence speaks of it, by its own words or by the kind of change."""
    before = read(last, len(film.places) + 9, film.language)
    if sentence.named and before.named and not set(sentence.named) & set(before.named):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'-]*", what) if not re.fullmatch(_GENERAL, word)]
    return all(_speaks_of(word, before) for word in words)


def _speaks_of(word: str, before: Sentence) -> bool:
    if word.rstrip("s") in before.plain or word.rstrip("s") in before.said.lower():
        return True
    kinds = [said for called, said in SUBJECTS.items() if re.fullmatch(called, word)]
    return any(re.search(rf"\b(?:{said})\b", before.plain) for said in kinds)
