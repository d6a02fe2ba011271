"""PURE: messages before the first script: the film's prompt and its settings, the question about it, and its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local import openings, talk
from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.cues import STATUS, STOP
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Understood, step
from pipeline.film.prompt_settings import settings_in

_ONLY_WRITE = re.compile(
    r"(?:(?:please|bitte|ok(?:ay)?|yes|ja|just|now|nun|jetzt|then|dann|so|and|und|por favor|s'il te plaît)[\s,]+)*"
    r"(?:(?:re-?write|write|make|create|begin|start|schreib\w*|erstell\w*|mach\w*|escribe|écris|scrivi|escreva)"
    r"(?: (?:me|mir))?(?: (?:the|a|my|das|ein|mein|el|le|il|lo|o))?(?: new| neues)?"
    r" (?:script|skript|drehbuch|story|guion|guión|scénario|copione|roteiro)"
    r"|(?:re-?write|write|schreib\w*) (?:it|es|das)"
    r"|(?:try|do)(?: it| that)? (?:again|once more)|retry|again|once more|start again"
    r"|(?:versuch\w*|probier\w*|mach\w*)(?: es| das)? (?:noch ?mal|nochmals|erneut)"
    r"|(?:noch ?mal|nochmals|erneut|noch einmal)(?: versuchen| probieren)?"
    r"|otra vez|inténtalo de nuevo|encore une fois|réessaie|riprova|de novo|tente de novo)"
    r"(?:[\s,]+(?:again|anew|now|please|for me|jetzt|bitte|neu|noch ?mal|für mich))*[\s.!]*",
    re.IGNORECASE,
)
"""No subject of a film: an order to write it, after a failure or a stop."""


def heard(sentence: Sentence, film: Film, is_first: bool, before: Before = NOTHING) -> Understood:
    """The first message is the film's prompt already, with its settings; a later one says it better."""
    answer = None if film.facts.get("run") else openings.answered(sentence, film, before)
    if answer is not None:
        return _answered(sentence, film, answer)
    if not film.facts.get("run") and _is_only_an_order(sentence.said.strip()):
        return _ordered(sentence, film)
    if talk.is_thin(sentence):
        return Understood(words=film.say("ask.subject"))
    if code := film.facts.get("refused_language"):
        return Understood(words=film.refused_language(code))
    said = {name: value for name, value in settings_in(sentence.said).items() if value != film.settings[name]}
    if film.facts.get("run"):
        return _meanwhile(sentence, film, said)
    return _first(sentence, film) if is_first else _later(sentence, film, said)


def _is_only_an_order(said: str) -> bool:
    return bool(_ONLY_WRITE.fullmatch(said) or openings.SKIPS.fullmatch(said))


def _ordered(sentence: Sentence, film: Film) -> Understood:
    """Write the film whose subject was told before, and ask for one where none was."""
    prompt = str(film.facts["film"]["prompt"]).strip()
    is_told = not _is_only_an_order(prompt) and not talk.is_thin(read(prompt, 0, film.language))
    return Understood((step("write_script"),), film.remarks) if is_told else Understood(words=film.say("ask.subject"))


def _first(sentence: Sentence, film: Film) -> Understood:
    chosen, settings = openings.only_settings(sentence, film), film.settings
    if chosen is not None and settings.get("length_is_open", True) and not settings.get("source"):
        return Understood(words=film.say("ask.subject_noted"))
    return openings.question(sentence, film) or Understood((step("write_script"),), film.remarks)


def _later(sentence: Sentence, film: Film, said: dict[str, Any]) -> Understood:
    """Another message before the script: settings alone, else the film's prompt, said better."""
    chosen = openings.only_settings(sentence, film)
    if chosen is not None:
        changes = (step("change_settings", **chosen),) if chosen else ()
        return Understood((*changes, step("write_script")))
    said = openings.language_meant(sentence.said, film) | said
    written = step("write_script", prompt=sentence.said)
    return Understood((step("change_settings", **said), written) if said else (written,), film.remarks)


def _answered(sentence: Sentence, film: Film, prompt: str) -> Understood:
    """The one question before writing is answered, or skipped: the script is written."""
    said = {name: value for name, value in settings_in(sentence.said).items() if value != film.settings[name]}
    said.pop("language", None)
    written = step("write_script", prompt=prompt) if prompt else step("write_script")
    return Understood((step("change_settings", **said), written) if said and prompt else (written,))


def _meanwhile(sentence: Sentence, film: Film, said: Mapping[str, Any]) -> Understood:
    """Understand what is said while the first script is written: what it should be like is heard, the rest waits for
    it."""
    if sentence.has(STOP):
        return Understood((step("cancel_run"),))
    if not film.is_being_written or sentence.has(STATUS) or "?" in sentence.said:
        return Understood((step("film_status"),))
    is_setting = said and not openings.tells(sentence)
    return Understood((step("change_settings", **said),) if is_setting else (step("wait_for_the_script"),))
