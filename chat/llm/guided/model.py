from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from functools import partial

from chat import prompts
from chat.llm.base import ChatModel, Conversation, Part, Said, Suggestions, TextDelta, ToolCall, ToolResult, ToolSpec
from chat.llm.guided import answers, asking, certainty, deeds, wishes
from chat.llm.guided.candidates import candidates
from chat.llm.guided.evidence import is_dictated, is_question
from chat.llm.guided.first_words import soon, without
from chat.llm.guided.translating import SCHEMA, foreign_parts, is_english, with_english
from chat.llm.guided.translating import Part as Foreign
from chat.llm.guided.wishes import Wish
from chat.llm.local.clauses import JOINT
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.guessing import Meaning, Mind
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.model import LocalModel, language_heard, newest, together
from chat.llm.local.reading import read
from chat.llm.local.steps import Understood
from chat.llm.local.talk import lost
from chat.llm.local.tool_answers import before
from chat.llm.local.understanding import is_yes, understand
from chat.llm.local.wording import LANGUAGES, OTHERWISE
from pipeline.providers.compatible.story import fitting
from pixora.foundation.errors import ProviderError

READING, REWRITING, TRANSLATING = "wishes-1", "rewrite-1", "english-1"
TALK = frozenset({"ask", "chat"})
TOLD = frozenset({"price", "spent", "status", "cannot"})
"""Wishes that a question may hold."""
MIND: Mind | None = likely_meanings
SAME_MEANING = 0.62
"""How alike a text and its translation are at least. Of fourteen that were looked at, right ones were 0.68 to 0.90, and
wrong ones 0.33 to 0.54, one 0.69."""
MOST_LOOKS, LOOK_EVERY_S = 60, 3.0
LONGEST_ASKED = 200
"""Characters of the agent's last question that the model is told."""
_warming: dict[str, asyncio.Task[bool]] = {}
"""What the model is reading ahead, by the film as it is told."""


class GuidedModel(ChatModel):
    """The rules first; a small language model where they did not understand, or would do something drastic."""

    name = "compatible"
    local = True

    def __init__(self) -> None:
        self._rules = LocalModel()

    async def read_ahead(self) -> None:
        """Its server may still be loading the model."""
        for _ in range(MOST_LOOKS):
            if await asking.warm(prompts.instructions(READING), ""):
                return
            await asyncio.sleep(LOOK_EVERY_S)

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        """A model that does not answer leaves it to the rules."""
        calls = 0
        async for part in self._replied(conversation, tools):
            calls += isinstance(part, ToolCall)
            yield part
        if not calls:
            _warm(conversation)

    async def _replied(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        turn = await asyncio.to_thread(Turn, conversation)
        if meant := turn.confirmed():
            conversation = turn.saying(meant)
            turn = await asyncio.to_thread(Turn, conversation)
        is_sure = turn.is_reporting or certainty.is_sure(turn.found, turn.film)
        if is_sure and not turn.foreign:
            async for part in self._rules.reply(conversation, tools):
                yield _as_itself(part, turn.film)
            return
        try:
            async for part in soon(_in_english(turn.found, turn) if is_sure else _guided(turn), turn.film):
                yield part
        except ProviderError:
            async for part in self._rules.reply(conversation, tools):
                yield part


def _as_itself(part: Part, film: Film) -> Part:
    """The rules say of themselves that there is no language model."""
    if not isinstance(part, TextDelta) or part.text != film.telling(lambda one: one.say("talk.who")):
        return part
    return TextDelta(film.telling(lambda one: one.say("guided.who")))


class Turn:
    """One message, what was said before it, and what the rules make of it."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        said = [item for item in conversation.items if isinstance(item, Said)]
        heard = [item.text for item in said if item.role == "user"]
        self.said, self.is_first = heard[-1], len(heard) == 1
        language = language_heard(heard)
        self.film = Film(conversation.facts, language, speaks=language if language in LANGUAGES else OTHERWISE)
        self.before = Before(newest(said[:-1], "user"), without(newest(said[:-1], "agent")))
        self.is_reporting = isinstance(conversation.items[-1], ToolResult)
        self.found = self.film.telling(lambda film: self.understood(self.said, film, MIND))
        self.likely: Sequence[Meaning] = MIND.meanings(self.said) if MIND else ()

    def understood(self, said: str, film: Film, mind: Mind | None = None) -> Understood:
        return understand(said, film, is_first=self.is_first, before=self.before, mind=mind)

    def confirmed(self) -> str:
        """The wish that the agent asked about, where this is a yes to it."""
        if self.is_reporting or self.film.script is None:
            return ""
        agreed = is_yes(read(self.said, len(self.film.places), self.film.language))
        return self.film.telling(lambda film: deeds.meant(self.before.agent, film)) if agreed else ""

    def saying(self, wish: str) -> Conversation:
        """The same conversation, as if this had been said."""
        items = [*self.conversation.items[:-1], Said("user", wish)]
        return Conversation(self.conversation.instructions, self.conversation.facts, tuple(items))

    @property
    def foreign(self) -> dict[int, tuple[Foreign, ...]]:
        return {} if self.is_reporting else self.foreign_in(self.found)

    def foreign_in(self, found: Understood) -> dict[int, tuple[Foreign, ...]]:
        """Return, by the call's place, the words that it takes over from a sentence in another language."""
        if is_english(self.said):
            return {}
        parts = [tuple(foreign_parts(call, self.said, self.film)) for call in found.calls]
        return {place: some for place, some in enumerate(parts) if some}

    @property
    def asked_before(self) -> str:
        return self.before.agent[-LONGEST_ASKED:] if self.before.agent.rstrip().endswith("?") else ""


async def _guided(turn: Turn) -> AsyncIterator[Part]:
    """Raises ProviderError before anything is told."""
    user = wishes.question(turn.said, turn.film, turn.asked_before)
    few = candidates(turn.likely, is_several=bool(JOINT.search(turn.said)))
    await _warmed(wishes.told(turn.film))
    answer = await asking.asked_object(prompts.instructions(READING), user, wishes.schema(turn.film, few))
    read_wishes = wishes.wishes_in(answer, turn.film)
    is_talk = bool(read_wishes) and all(wish.do in TALK for wish in read_wishes)
    if is_talk or (is_question(turn.said) and not any(wish.do in TOLD for wish in read_wishes)):
        async for part in _talk(turn):
            yield part
        return
    worded = [await _worded(wish, turn) for wish in read_wishes]
    found = turn.film.telling(lambda film: decided(turn, worded, film))
    async for part in _in_english(found, turn):
        yield part


def _told(found: Understood, turn: Turn) -> Iterator[Part]:
    """Tell what is said first, and then the calls."""
    if words := found.words or turn.film.telling(partial(before, found.calls)):
        yield TextDelta(words)
    if found.suggestions:
        yield Suggestions(found.suggestions)
    for call in together(found.calls):
        yield ToolCall(uuid.uuid4().hex, call.tool, call.arguments)


async def _in_english(found: Understood, turn: Turn) -> AsyncIterator[Part]:
    """Return what was understood, with its pictures and music in English. Raises ProviderError before it tells any."""
    calls = list(found.calls)
    for place, parts in turn.foreign_in(found).items():
        english = {part: await _english(part.text) for part in parts}
        calls[place] = with_english(calls[place], english)
    for part in _told(replace(found, calls=tuple(calls)), turn):
        yield part


async def _english(text: str) -> str:
    """The text itself where the model has none, or one that means something else: "Möwen" is no moose."""
    answer = await asking.asked_object(prompts.instructions(TRANSLATING), f"{text} →", SCHEMA)
    english = str(answer.get("english") or "").strip(" .")
    if not english or MIND is None:
        return english or text
    ((likeness,),) = await asyncio.to_thread(MIND.likeness, [text], [english])
    return english if likeness >= SAME_MEANING else text


async def _worded(wish: Wish, turn: Turn) -> Wish:
    """A wish about a scene's words as the words themselves. Raises ProviderError."""
    if wish.do != "rewrite" or len(wish.at) != 1:
        return wish
    if is_dictated(wish.text, turn.said):
        return replace(wish, do="words")
    place, language = wish.at[0], str(turn.film.facts["script"]["language"])
    told = wishes.rewriting(wish, place, turn.film)
    answer = await asking.asked_object(prompts.instructions(REWRITING), told, wishes.NARRATION)
    written = str(answer.get("narration") or "").strip()
    return replace(wish, text=fitting(written, turn.film.scene(place)["duration"], language) if written else "")


def decided(turn: Turn, read_wishes: Sequence[Wish], film: Film) -> Understood:
    """Decide what is done. A drastic deed of the rules is done if the model has read the same; else what it
    has read is done, and where that is nothing, it is asked."""
    drastic = next((call for call in turn.found.calls if certainty.is_drastic(call, film)), None)
    if drastic and not certainty.was_lost(turn.found.words) and deeds.agrees(drastic, read_wishes):
        return turn.found
    acting = [wish for wish in read_wishes if wish.do not in TALK]
    found = deeds.carried_out(acting, turn.said, film, turn.understood)
    if drastic and not found.calls:
        return deeds.asked_about(drastic, turn.said, film)
    if turn.found.calls and not drastic:
        return deeds.beside(turn.found, found)
    return found if found else lost(film, turn.before.agent)


async def _talk(turn: Turn) -> AsyncIterator[Part]:
    """An answer to a question, or to what is no wish; the rules' own where the model says nothing true."""
    question = answers.question(turn.said, turn.film)
    listener = answers.Listener(f"{question}")
    async for piece in asking.asked_words(answers.instructions(turn.film.language), question):
        for sentence in listener.hear(piece):
            yield TextDelta(sentence)
    for sentence in listener.end():
        yield TextDelta(sentence)
    if not listener.has_said:
        yield TextDelta(turn.film.telling(lambda film: film.say("guided.unknown")))


def _warm(conversation: Conversation) -> None:
    """Have the film read as it is now, while its user reads: the next sentence is then all that is new."""
    film = Film(conversation.facts)
    if film.script is None:
        return
    told = wishes.told(film)
    warming = asyncio.create_task(asking.warm(prompts.instructions(READING), told))
    _warming[told] = warming
    warming.add_done_callback(lambda _: _warming.pop(told, None))


async def _warmed(told: str) -> None:
    """Let the film be read to its end where that has begun: beside it, all would be read a second time. What is read of
    other films stops, since somebody waits for this one."""
    for other, warming in list(_warming.items()):
        if other != told:
            warming.cancel()
    if mine := _warming.get(told):
        await asyncio.wait({mine}, timeout=asking.DEADLINE_S)
