"""PURE: wishes for who makes what: a model by its name, and scenes that are to be made better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.asking import retiming
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step

USE = (
    r"(?:use|using|with|try|take|switch to|via|by|choose|pick|want|prefer|nimm|nehmen?|benutze?n?|verwende\w*|mit|von|"
    r"durch|usa|utilise|avec|con)"
)
MADE: Mapping[str, str] = {
    "motion": r"clips?|videos?|motions?|movements?|animations?|bewegung\w*",
    "image": r"pictures?|images?|stills?|photos?|bild\w*",
    "voice": r"voices?|voice-?overs?|narrations?|narrator|stimmen?|sprecher\w*",
    "music": r"music|soundtrack|musik",
    "script": r"script|text|writing|writer|skript|drehbuch",
}
UPGRADE = r"(?:upgrade|werte? .{0,30}auf\b|verbessere?)"
USUAL = r"(?:back to |use |take )?(?:the )?(?:usual|normal|default|standard|regular) models?"
ASKS = r"(?:which|what) (?:ai )?models?\b|models? (?:can|could|do|are) (?:i|you|there)|list .{0,12}models?"
NUMBERED = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?")
FILLING = frozenset({"v", "version", "ai"})
POLITE = frozenset({"please", "pls", "plz", "bitte", "instead", "model", "modell", "lieber"})


def wish(sentence: Sentence, film: Film) -> Found:
    """Return what a sentence wants of models; nothing where none can be chosen here."""
    models: Mapping[str, Sequence[str]] = film.facts.get("models") or {}
    if not models:
        return None
    made = next((name for name, words in MADE.items() if sentence.has(words)), "")
    if name := _named(sentence.said.lower(), models) or _named(sentence.plain, models):
        return [step("choose_model", model=name, **_of(made, sentence))]
    if sentence.find(ASKS):
        return Understood(words=film.say("known.models", list=listed(models, film)))
    if sentence.has(USUAL):
        return [step("choose_model", model="", **_of(made, sentence))]
    if sentence.has(UPGRADE) and sentence.named:
        return [step("upgrade_scenes", scenes=sentence.named, tier=_better(film))]
    return None


def _better(film: Film) -> str:
    return "best" if "best" in film.tiers else "standard"


def _of(made: str, sentence: Sentence) -> dict[str, Any]:
    scenes = {"scenes": sentence.named} if sentence.named else {}
    return {**({"makes": made} if made else {}), **scenes}


def _named(said: str, models: Mapping[str, Sequence[str]]) -> str:
    """Return the words of a sentence that are a model's name, or begin several; empty where none is named."""
    heads, words = _vocabulary(models)
    first = "|".join(sorted(heads, key=len, reverse=True))
    pattern = rf"(?P<use>\b{USE} (?:the |model |das modell |den |die )*)?\b(?P<head>{first})\b(?P<rest>[\w .-]*)"
    for found in re.finditer(pattern, re.sub(r"\b(?:eleven|11) ?labs\b", "elevenlabs", said)):
        follows = NUMBERED.findall(found["rest"])
        rest = list(_beginning(follows, words))
        left = [word for word in follows if word not in (*rest, *FILLING, *POLITE)]
        if found["use"] or not left or re.match(r" (?:for|instead|model|für)\b", found["rest"]):
            return " ".join([found["head"], *rest])
    return ""


def _vocabulary(models: Mapping[str, Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return the words with which names begin, and all words of names."""
    parts = [NUMBERED.findall(name) for names in models.values() for name in names]
    heads = {part[0] for part in parts} - {"eleven"}
    told_apart = {r"eleven(?= ?v?\d)"} if any(part[0] == "eleven" for part in parts) else set()
    return heads | told_apart, {word for part in parts for word in part}


def _beginning(follows: Sequence[str], words: set[str]) -> Iterator[str]:
    for word in follows:
        if word in FILLING:
            continue
        if word not in words:
            return
        yield word


def listed(models: Mapping[str, Sequence[str]], film: Film) -> str:
    """Name the models by what they make."""
    return "; ".join(f"{film.say(f'makes.{made}')}: {', '.join(names)}" for made, names in models.items())


def of_all(models: Mapping[str, str], film: Film) -> str:
    """Say what is chosen by name."""
    if not models:
        return film.say("did.models_usual")
    return film.say("did.models_chosen", models=film.listed(sorted(set(models.values()))))


def chosen(result: ToolResult, film: Film) -> str:
    """Say what a choice of a model came to."""
    found = result.result
    if "which" in found:
        return _which(found, film)
    if found.get("asks_first"):
        return retiming(found["loses"]["retimed"], film)
    if found.get("unchanged"):
        return film.say("did.model_unchanged")
    what = film.say(f"makes.{found['makes'] or 'all'}")
    where = f" ({film.where(found['scenes'])})" if found["scenes"] else ""
    key = "did.model" if found["model"] else "did.model_usual"
    return film.say(key, what=what + where, model=found["model"])


def _which(found: Mapping[str, Any], film: Film) -> str:
    if found["which"]:
        names = film.listed(list(found["which"]), "lists.or")
        return film.say("ask.which_model", models=names, example=found["which"][-1])
    return film.say("cannot.model_unknown", asked=found["asked"], list=listed(found["models"], film))


def upgraded(result: ToolResult, film: Film) -> str:
    """The answer where no price is asked: it is made so, or will be when the film is made."""
    found = result.result
    if found.get("asks_first"):
        return retiming(found["loses"]["retimed"], film)
    if found.get("made_so") or found.get("unchanged"):
        return film.say("did.upgraded_already")
    return film.say("did.upgrade_later", scenes=film.where(found["scenes"]), tier=film.say(f"tiers.{found['tier']}"))
