"""PURE: a message in a Romance language, as what its kinds of words say."""

from __future__ import annotations

from chat.llm.local import words_at_an_end
from chat.llm.local.film import Film
from chat.llm.local.mentions import Likeness
from chat.llm.local.romance import closed, people, seen, titles
from chat.llm.local.romance.words import LANGUAGES, bare, composed, core, has
from chat.llm.local.steps import Understood

MOST_CHARS = 160


def noted(said: str, film: Film, likeness: Likeness | None, read_english: seen.ReadEnglish) -> Understood:
    """Return what a message asks for that is one wish; nothing where its words are of no known kinds.

    Without a likeness of words, who and what is meant is not looked for.
    A question is none, unless it is a polite wish ("peux-tu enlever Tom ?"); buttons have their own meaning.
    """
    language = film.language
    if language not in LANGUAGES or not film.script or len(said) > MOST_CHARS:
        return Understood()
    if words_at_an_end.chosen(said.strip(), film):
        return Understood()
    text = composed(said)
    is_question = "?" in text and not has("asked", bare(text), language)
    if english := closed.heard(text.rstrip(" ?!."), language, is_question=is_question):
        return read_english(english)
    if is_question:
        return Understood()
    text = core(text, language)
    if (found := titles.heard(text, film)) or likeness is None:
        return found
    return people.heard(text, film, likeness) or seen.heard(text, film, likeness, read_english)
