"""The agent's question about a film's first words: one before writing, and one for facts where it knows none."""

from __future__ import annotations

import re
from typing import Any

from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, Understood, step
from chat.llm.local.wording import OTHERWISE, SPOKEN, sentences
from pipeline.film.languages import language_of, named_in
from pipeline.film.prompt_facts import STATES, TELL, is_how
from pipeline.film.prompt_settings import settings_in, without_settings
from pipeline.providers.local.writing import material

CHOICES = ("ad", "explanation", "story")
SKIPS = re.compile(
    r"(?:(?:just|simply|please|einfach|bitte|nur)\s+)*(?:skip|write(?: it)?|go|go ahead|start|do it|whatever|"
    r"any(?:thing)?|"
    r"egal|(?:schreib|mach|leg)\w*(?:\s+(?:es|einfach|los|mal))*|überspringen|weiter|ok(?:ay)?|yes|ja|no|nein|"
    r"you decide|surprise me)"
    r"(?:\s+(?:please|bitte|now|jetzt))?[\s.!]*",
    re.IGNORECASE,
)
MOST_OPEN_ANSWER = 40
"""Words; who answers with more has a film in mind."""
FEWEST_FACT_WORDS, FEWEST_OF_A_SUBJECT = 3, 4
_WISH = re.compile(
    r"(?:please |can you |could you |i (?:want|'d like) |bitte |kannst du )*(?:make|change|add|remove|delete|use|"
    r"set|switch|turn|"
    r"write|rewrite|undo|start|go|yes|no|ok|okay|cancel|stop|how|what|why|when|who|can|could|is|are|does|mach|"
    r"ändere|füge|lösche|"
    r"schreib|zeig|wie|was|warum|wann|kann|ja|nein|scene|szene|title|titel|music|musik|voice|stimme|captions|"
    r"untertitel|call|"
    r"rename|regenerate|price|cost|approve|good|great|nice|thanks|thank|danke)\b",
    re.IGNORECASE,
)


def question(sentence: Sentence, film: Film) -> Understood:
    """One question, answered with a click, where the first words are a subject alone."""
    settings = film.settings
    has_words = bool(settings.get("source"))
    if has_words or not settings.get("length_is_open") or not material.is_open(sentence.said, settings["language"]):
        return Understood()
    return _asked(film)


def _asked(film: Film, words: str = "") -> Understood:
    answers = tuple(film.say(f"open.{name}") for name in (*CHOICES, "skip"))
    return Understood(words=f"{words} {film.say('open.question')}".strip(), suggestions=answers)


def kept_open(found: Understood, film: Film, before: Before) -> Understood:
    """Ask the question again behind an answer to somebody who asks back: it is open, and its subject is known."""
    is_open = _says(before.agent, "open.question") and not film.script and not film.facts.get("run")
    if found.calls or found.suggestions or not is_open:
        return found
    return _asked(film, found.words.replace(film.say("ask.subject"), "").strip())


def answered(sentence: Sentence, film: Film, before: Before) -> str | None:
    """The prompt with the answer to the question; empty to leave it as it is, None where nothing was asked.

    A choice is written in English, in brackets, in every language: so every writer knows it for a wish about the film.
    """
    if not _says(before.agent, "open.question"):
        return None
    said = sentence.said.strip()
    if SKIPS.fullmatch(said) or said.rstrip(".!") in _choices("skip"):
        return ""
    if len(said.split()) > MOST_OPEN_ANSWER:
        return said
    prompt = film.facts["film"]["prompt"].rstrip(" .")
    chosen = next((name for name in CHOICES if said.rstrip(".!") in _choices(name)), None)
    return f"{prompt} ({sentences(OTHERWISE)[f'open.{chosen}']})" if chosen else f"{prompt}. {said}"


def facts_wanted(prompt: str, film: Film) -> str:
    """Return what is said with the first writing where the rules write, and have little to say."""
    if not film.facts.get("writes_by_rules"):
        return ""
    missing = material.lacks(prompt, film.settings["language"])
    return film.say(f"open.{missing}") if missing else ""


def facts_told(sentence: Sentence, film: Film, before: Before) -> list[Step] | None:
    """The facts or steps that the agent has asked for, woven into the script."""
    asked = any(_says(before.agent, f"open.{missing}") for missing in ("steps", "facts"))
    return (_manner(sentence.said) or _woven(sentence)) if asked else None


def _manner(said: str) -> list[Step] | None:
    """Return the script at another length or in another tone: "only 20 sec, and funny please" is no fact."""
    settings = settings_in(said)
    if not is_how(said) or settings.keys() - {"duration", "language"}:
        return None
    length = {"duration": settings["duration"]} if "duration" in settings else {}
    return [step("write_script", instructions=said, **length)]


def facts_waited(sentence: Sentence, film: Film) -> list[Step] | None:
    """The same, said while the script was being written, where no rule knows another meaning."""
    is_late = film.facts.get("writes_by_rules") and not film.facts["components"]["ready"] and _states(sentence.said)
    return _woven(sentence) if film.facts.get("waited_for_the_script") or is_late else None


_OF_WHOM = re.compile(
    r"\W*(?:(?:und|and|also|y|et|e),? )?(?:er|sie|es|wir|ich|he|she|it|they|we|i|él|ella|nosotr\w+|yo|il|elle|on|"
    r"nous|je|lui|"
    r"lei|noi|io|ele|ela|nós|eu|(?:mein|unser|dein|ihr|sein)\w*|my|our|his|her|their|mi|su|nuestr\w+|mon|ma|notre|son|sa|mio|"
    r"mia|nostr\w+|suo|sua|meu|minha|noss\w+|seu)\b",
    re.IGNORECASE,
)
FEWEST_OF_A_FACT = 5


def _states(said: str) -> bool:
    """Tell whether it states something of somebody, as facts are told: "sie heißt Gerda und wohnt in Regensburg"."""
    is_of_somebody = _OF_WHOM.match(said) and (STATES.search(said) or _LIVES.search(said))
    is_statement = bool(is_of_somebody or _SUBJECT_AND_VERB.match(said)) and not _JUDGES.search(said)
    return is_statement and len(said.split()) >= FEWEST_OF_A_FACT


_LIVES = re.compile(
    r"\b(?:hei(?:ß|ss)t|wohn\w+|leb\w+|arbeit\w+|koch\w+|mach\w+|lives?|works?|called|named|makes?|vive|trabaja|"
    r"se llama|hace|"
    r"s'appelle|habite|travaille|fait|si chiama|abita|lavora|fa|chama-se|se chama|mora|trabalha|faz)\b",
    re.IGNORECASE,
)


def facts_stated(sentence: Sentence, film: Film) -> list[Step] | None:
    """The facts that the agent has once asked for and still lacks, told at any time, whatever else a rule would make
    of them; of how somebody looks no fact is made."""
    is_meant = tells(sentence) and not _OF_LOOKS.search(sentence.said)
    return _woven(sentence) if is_meant and _lacks_facts(film) else None


def tells(sentence: Sentence) -> bool:
    """Tell whether a sentence states more than one thing, or one with a number or a name, and none of a film."""
    said = " ".join(sentence.said.replace("’", "'").split())
    is_told = _states(said) and bool(_TELLS.search(said[1:]))
    return is_told and not settings_in(_WITHIN.sub("", said)).keys() - {"language"}


def _lacks_facts(film: Film) -> bool:
    """Tell whether the rules have left scenes silent because the prompt says too little."""
    settings = film.settings
    if not (film.script and film.facts.get("writes_by_rules") and settings["voice_over"]):
        return False
    silent = [scene for scene in film.scenes if not str(scene.get("script") or "").strip()]
    return bool(silent) and bool(material.lacks(film.facts["film"]["prompt"], settings["language"]))


_SUBJECT_AND_VERB = re.compile(
    r"(?i:(?:and|also|so|well|ok(?:ay)?|und|auch)[,:]? )*"
    r"(?:(?i:he|she|they|we|it|there|er|sie|wir|es)(?:'?s|'re)?|(?i:his|her|their|its|our|my|the|sein|ihr|unser|mein)"
    r"e?r?(?: \S+){1,4}? (?:is|are|was|were|has|have|had|ist|sind|war|hat|haben)|[A-ZÄÖÜ]\w+"
    r" (?:is|was|has|had|loves?|likes?|lives?|works?|ist|war|hat|liebt|lebt)) \S+",
)
"""How a statement begins: with somebody or something, and what is so of them."""
_JUDGES = re.compile(
    r"\b(?:should|must|needs?|want\w*|wanna|would|could|can|can't|let'?s?|please|pls|make|change|add|remove|put|show|"
    r"use|too|more|less|instead|rather|scenes?|music|voices?|captions?|subtitles?|titles?|style|film|video|clips?|"
    r"script|pictures?|credits?|not|isn't|doesn't|wrong|boring|better|worse|good|"
    r"great|nice|perfect|thanks?|thank|just|do|hurry|long|slow\w*|fast\w*|dark\w*|bright\w*|loud\w*|quiet\w*|expensive|"
    r"soll\w*|muss|müssen|bitte|szenen?|musik|stimme|bild\w*|nicht|zu|mehr|weniger|schön|toll|gut)\b",
    re.IGNORECASE,
)
"""Words of a wish or of a judgement on the film: no fact that is told in it."""
_OF_LOOKS = re.compile(r"\b(?:look(?:s|ing)?|wear(?:s|ing)?|hair|beard|eyes|trägt|haare?|bart|augen)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|for|after|within|under|every|nach) [\w-]+ ?(?:s|sek\w*|sec\w*|min\w*)\b", re.IGNORECASE)
"""How long something took that is told, and no length of a film."""
_TELLS = re.compile(r"\d|[A-ZÄÖÜ]\w|[,.;] \S|\b(?:and|und)\b")
"""A number, a name, or more than one thing that is so."""


def _woven(sentence: Sentence) -> list[Step] | None:
    said = " ".join(sentence.said.split())
    is_wish = _WISH.match(said) or "?" in said or sentence.named or is_how(said)
    if is_wish or len(said.split()) < FEWEST_FACT_WORDS:
        return None
    return [step("write_script", instructions=f"{TELL}{said}")]


def _choices(name: str) -> frozenset[str]:
    return frozenset(said for language in SPOKEN if (said := sentences(language).get(f"open.{name}")))


def _says(text: str, key: str) -> bool:
    return any(said in text for language in SPOKEN if (said := sentences(language).get(key)))


def language_meant(said: str, film: Film) -> dict[str, str]:
    """Return the language of a subject that is told after talk in another one ("do you speak German?"); nothing where
    that has chosen none."""
    settings, told = film.settings, film.facts["film"]
    if not told.get("only_talk") or language_of(told["prompt"], likely=OTHERWISE) != settings["language"]:
        return {}
    meant = language_of(said, likely=settings["language"])
    return {"language": meant} if meant != settings["language"] and meant in film.languages else {}


def only_settings(sentence: Sentence, film: Film) -> dict[str, Any] | None:
    """The settings that are chosen by a message about nothing else; None where it says what the film is about."""
    said = settings_in(sentence.said)
    language = named_in(sentence.said)
    is_language = len(sentence.said.split()) < FEWEST_OF_A_SUBJECT and film.refuses_its_language
    if language in film.languages and is_language:
        said["language"] = language
    elif re.search(r"\w\w", BESIDE_SETTINGS.sub("", without_settings(sentence.said))):
        return None
    return {name: value for name, value in said.items() if value != film.settings[name]}


BESIDE_SETTINGS = re.compile(
    r"\b(?:please|pls|plz|thx|thanks|bitte|danke|por favor|s'il (?:te|vous) plaît|per favore|and|und|y|et|e|with|mit|"
    r"vertical|portrait|hochkant|quer|square|(?:\d+ ?(?:s|secs?|seconds?|sek|sekunden|min|minutes?)|\d+:\d+))\b",
    re.IGNORECASE,
)
"""Words beside settings that are no subject of a film."""
