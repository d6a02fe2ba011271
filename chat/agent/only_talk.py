"""A chat in which nothing was said yet that a film could be about: it is answered, and is in no list of films."""

from __future__ import annotations

from chat.llm.local.corrections import was_asked
from pipeline.models import Task
from pipeline.services import films

ABOUT_A_SUBJECT = ("open.question", "ask.language_refused")
"""Questions of the rules to somebody who has said what the film should be about."""
RULES = "local"


def note(task: Task, said: str, answer: str, *, by: str) -> None:
    """Note after an answer whether the chat is only talk. The rules tell by what they ask; of the answer of another
    language model nothing is known, so what it was asked tells.

    `by` is the name of whoever answered.
    """
    if by == RULES:
        is_only_talk = not any(was_asked(key, answer) for key in ABOUT_A_SUBJECT)
    else:
        is_only_talk = said.rstrip().endswith("?")
    films.note_talk(task=task, is_only_talk=is_only_talk)
