"""PURE: the use of a picture that comes with a message: the still of the scene it names, else a reference."""

from __future__ import annotations

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Found, step
from chat.llm.local.wording import OTHERWISE

ANY_SCENE = 99


def is_for_a_scene(said: str) -> bool:
    """True where a message names a scene: what comes with it is that one's picture, and no reference for characters."""
    return bool(read(said, ANY_SCENE, language_of(said, OTHERWISE)).named)


def picture(sentence: Sentence, film: Film) -> Found:
    """The picture becomes that of the one scene that is named. Only the clause that names it is about it."""
    if not film.facts.get("attached_picture") or len(sentence.named) != 1 or sentence.strangers:
        return None
    return [step("use_picture", scene=sentence.named[0])]


def reference(sentence: Sentence, film: Film) -> Found:
    """Say what was done with the picture already, where the message asks for nothing else."""
    return film.say("did.reference") if film.facts.get("attached_picture") else None
