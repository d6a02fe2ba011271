"""The check that a message can be the yes to a price: a language model says it is one, and texts may talk it into that.

What somebody pasted, what a script or a page says, is never a yes. A short message of one's own is one where the rules
read a yes in it, or nothing at all: then it is in words that they do not know, and the model is believed.
"""

from __future__ import annotations

from chat.agent.facts import facts_of
from chat.agent.language import language_of_chat
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.talk import was_lost
from chat.llm.local.understanding import understand
from chat.llm.local.wording import LANGUAGES, OTHERWISE
from chat.models import Message
from pipeline.models import Task

NEAR_A_YES = ("start_film", "quote_film")
"""What a yes in unknown words is taken for by its likeness to examples."""
LONGEST_YES = 160
"""Characters. Whoever says more than that says more than yes."""


def may_be_a_yes(task: Task, asked: Message, agent_said: str) -> bool:
    """True for a message that can be the yes to what the agent said last."""
    if asked.metadata.get("source") or len(asked.content) > LONGEST_YES or "\n" in asked.content.strip():
        return False
    language = language_of_chat(task)
    film = Film(facts_of(task, asked), language, speaks=language if language in LANGUAGES else OTHERWISE)
    before = Before(agent=agent_said)
    found = film.telling(lambda told: understand(asked.content, told, before=before))
    if found.calls or not was_lost(found.words):
        return any(call.tool == "start_film" for call in found.calls)
    guessed = film.telling(lambda told: understand(asked.content, told, before=before, mind=likely_meanings))
    return all(call.tool in NEAR_A_YES for call in guessed.calls)
