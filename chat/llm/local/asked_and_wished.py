"""PURE: a question with a wish behind it: "What music is that? Can you make it jazz?" Both are heard."""

from __future__ import annotations

import re
from collections.abc import Callable

from chat.llm.local import talk
from chat.llm.local.corrections import was_asked
from chat.llm.local.film import Film
from chat.llm.local.steps import Understood

BOTH = re.compile(r"^(?P<asked>[^?]{4,}\?)\s+(?P<wished>\S+\s+\S.*)$", re.DOTALL)
TOPICS = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), name)
    for words, name in (
        (r"music|song|melody|tune", "the music"),
        (r"voice|narrator|speaks?|speaking|narrates?", "the voice"),
        (r"musik|lied|melodie", "die Musik"),
        (r"stimme|sprecher(?:in)?|spricht", "die Stimme"),
        (r"(?P<scene>(?:scene|szene) \d+)", r"\g<scene>"),
    )
)
"""The thing that "it" means in a wish behind a question."""
IT = re.compile(r"\b(?:it|that|this|sie|es|ihn)\b", re.IGNORECASE)
Reader = Callable[[str], Understood]


def apart(said: str, film: Film, read: Reader) -> Understood:
    """Both, where "it" in the wish is what the question is about; nothing otherwise."""
    parts = BOTH.match(said.strip())
    wished = _of_the_topic(parts["wished"], parts["asked"]) if parts else ""
    if not parts or wished == parts["wished"] or any(pattern.search(parts["wished"]) for pattern, _ in TOPICS):
        return Understood()
    answer = read(parts["asked"])
    told = _left(parts["asked"], film) if talk.was_lost(answer.words) else answer.words
    return _together(Understood(answer.calls, told), read(wished), parts["wished"], film)


def both(found: Understood, said: str, film: Film, read: Reader) -> Understood:
    """`found` for the whole, unless it only answers: then the wish is done too, or named as not done."""
    parts = BOTH.match(said.strip())
    if not parts or found.calls or (found.suggestions and not talk.was_lost(found.words)):
        return found
    answer = read(parts["asked"])
    if answer.calls or answer.suggestions:
        return found
    is_half = not found or talk.was_lost(found.words) or was_asked("talk.left", found.words)
    return _together(answer if is_half else found, read(parts["wished"]), parts["wished"], film)


def _together(answer: Understood, rest: Understood, wished: str, film: Film) -> Understood:
    is_lost = not rest.calls and talk.was_lost(rest.words)
    words = (answer.words, _left(wished, film) if is_lost else rest.words)
    told = " ".join(filter(None, dict.fromkeys(words)))
    more = tuple(call for call in rest.calls if call not in answer.calls)
    return Understood(answer.calls + more, told, () if is_lost else rest.suggestions)


def _left(part: str, film: Film) -> str:
    return film.say("talk.left", what=film.quoted(part.rstrip(" .!?")), way=film.say("talk.left_way"))


def _of_the_topic(wished: str, asked: str) -> str:
    """The wish with the question's topic in place of its "it"."""
    found = next(((pattern.search(asked), name) for pattern, name in TOPICS if pattern.search(asked)), None)
    return IT.sub(found[0].expand(found[1]), wished, count=1) if found and found[0] else wished
