"""PURE: wishes how a word is said ("pronounce Köhler KER-ler", "Köhler spricht man KER-ler aus"), and their answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.steps import Found, Understood, step, understood
from pipeline.film.ipa import is_ipa

QUOTE, UNQUOTE = r"[\"“„‚«'‘]?", r"[\"”“‘’»']?"
WORD = rf"{QUOTE}(?P<word>[^\s\"“”„«»,:;!?]+(?: [^\s\"“”„«»,:;!?]+){{0,3}}?){UNQUOTE}"
SAID = rf"{QUOTE}(?P<said>[^\"“”„«»,;!?]{{1,80}}?){UNQUOTE}"
BEGIN = r"^(?:(?:and|also|please|pls|plz|bitte|hey|ok|okay|always|immer|can you|could you|kannst du)[, ]+)*"
SPEAK = r"pron[oun]*ce"
NAME = r"(?:the (?:name|word) |(?:der|den) namen? |das wort |de[rn] begriff )?"
ARROW = r"\s*(?:->|→|=>)\s*"
SHALL = r"(?:is|should be|must be|has to be|gets|is to be)"
NOBODY = r"(?:you|he|she|it|the (?:voice|narrator|narration|voice-over))"
WRONG = r"(?:wrong(?:ly)?|incorrectly|badly)"
RIGHT = r"(?:it'?s|it is|it (?:should|must) be|should be|must be|say(?: it)?(?: as| like)?|rather)"


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"{BEGIN}{form}$", re.IGNORECASE) for form in forms)


TOLD = _forms(
    rf"{SPEAK} {NAME}{WORD}(?: (?:as|like|so:?)|:|{ARROW}| ?=) ?{SAID}",
    rf"{NAME}{WORD} {SHALL} {SPEAK}d(?: (?:as|like)|:)? {SAID}",
    rf"{NAME}{WORD} {SPEAK}d(?: (?:as|like)|:)? {SAID}",
    rf"{NOBODY} (?:mis)?(?:{SPEAK}|say|read)s? {NAME}{WORD} {WRONG}[,.;: –-]+ ?{RIGHT} {SAID}",
    rf"{NOBODY} mis{SPEAK}s? {NAME}{WORD}[,.;: –-]+ ?{RIGHT} {SAID}",
    rf"{NAME}{WORD} is (?:{SPEAK}d |said )?{WRONG}[,.;: –-]+ ?{RIGHT} {SAID}(?: instead)?",
    rf"sprich {NAME}{WORD} (?:(?:als|wie|so:?) )?{SAID} aus",
    rf"sprich {NAME}{WORD} (?:als|wie) {SAID}",
    rf"{NAME}{WORD} (?:wird|soll|sollte)(?: wie| als)? {SAID} ausgesprochen(?: werden)?",
    rf"{NAME}{WORD} spricht (?:man|sich)(?: wie| als)? {SAID}(?: aus)?",
    rf"{NAME}{WORD} wird falsch (?:aus)?gesprochen[,.;: –-]+ ?(?:es heißt|richtig(?: ist)?:?|sondern|sag) {SAID}",
)
WITHOUT_A_JOINT = _forms(rf"{SPEAK} {NAME}(?P<both>\S+(?: \S+){{1,6}})")
"""Which of it is the word, the narrations tell, or the capitals."""
LOOSE = _forms(rf"say {NAME}{WORD} (?:as|like) {SAID}", rf"{NAME}{WORD} {SHALL} said(?: as| like|:) {SAID}")
ARROWS = _forms(rf"{NAME}{WORD}{ARROW}{SAID}")
"""These count for words of the narrations alone: much else is said so."""
FORGOTTEN = _forms(
    rf"{SPEAK} {NAME}{WORD} (?:normally|as (?:it is |it's )?(?:written|spelled|spelt|usual)|(?:like|as) before)",
    rf"sprich {NAME}{WORD} (?:wieder )?(?:normal|wie geschrieben|wie vorher)(?: aus)?",
)
EVERYWHERE = re.compile(
    r",? *\b(?:in all (?:of )?my (?:films|videos)|in (?:every|each) film|everywhere|in allen (?:meinen )?filmen"
    r"|überall)\b",
    re.IGNORECASE,
)
IN_SIGNS = re.compile(r"^[/\[](?P<ipa>[^/\]]+)[/\]]$")
NO_WORDS = frozenset({
    "it", "that", "this", "them", "everything", "the", "es", "das", "alles", "name", "names", "the name", "something",
})  # fmt: skip
NO_SOUNDS = re.compile(
    r"^(?:better|right|correctly|properly|again|differently|wrong(?:ly)?|softly|clearly|slowly|richtig|besser|anders)\b",
    re.I,
)


def noted(said: str, film: Film, *, is_first: bool) -> Understood:
    """Understand a wish about how something is said; nothing of the words that a film is ordered with."""
    return understood(told(said, film)) if film.script or not is_first else Understood()


def told(said: str, film: Film) -> Found:
    """The call that a sentence is about how something is said; None where it is about something else."""
    plain = " ".join(said.strip().rstrip(".!").split())
    everywhere = bool(EVERYWHERE.search(plain))
    plain = EVERYWHERE.sub("", plain).strip()
    if found := _first(FORGOTTEN, plain):
        return [step("pronounce", written=_as_spoken(found["word"], film), **_all(everywhere))]
    word, sound = _read(plain, film)
    if not word or word.lower() in NO_WORDS:
        return None
    if NO_SOUNDS.match(sound):
        return film.say("ask.pronounced", word=word)
    return [step("pronounce", written=_as_spoken(word, film), **_sound(sound), **_all(everywhere))]


def _read(plain: str, film: Film) -> tuple[str, str]:
    """The word and how it is said; empty where the sentence is about something else."""
    if found := _first(TOLD, plain):
        return found["word"], found["said"]
    if found := _first(WITHOUT_A_JOINT, plain):
        return _parted(found["both"].split(" "), film)
    loose = _first((*LOOSE, *ARROWS), plain)
    if loose and _in_narrations(loose["word"], film) and len(loose["said"].split()) <= len(loose["word"].split()) + 1:
        return loose["word"], loose["said"]
    return "", ""


def _parted(tokens: Sequence[str], film: Film) -> tuple[str, str]:
    """Return the words that the narrations share, else those with a capital, else the first."""
    ways = [(" ".join(tokens[:place]), " ".join(tokens[place:])) for place in range(len(tokens) - 1, 0, -1)]
    spoken = next(((word, said) for word, said in ways if _in_narrations(word, film)), None)
    names = next(((word, said) for word, said in ways if all(map(_is_name, word.split(" ")))), ways[-1])
    word, said = spoken or names
    return word.strip("\"“”„«»'‘’"), said.strip("\"“”„«»'‘’")


def _is_name(token: str) -> bool:
    return token[:1].isupper() and not (token.isupper() or "-" in token)


def _in_narrations(word: str, film: Film) -> bool:
    return bool(_found(word, film))


def _first(patterns: Sequence[re.Pattern[str]], plain: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.match(plain))), None)


def _all(everywhere: bool) -> dict[str, Any]:
    return {"in_all_films": True} if everywhere else {}


def _sound(said: str) -> dict[str, str]:
    """Return the sound in letters, or in IPA where it stands between its signs or has letters of its own."""
    if found := IN_SIGNS.match(said):
        return {"ipa": found["ipa"]} if is_ipa(found["ipa"]) else {"said": found["ipa"]}
    is_sounds = is_ipa(said) and re.search(r"[ˈˌːɐɑɒɔəɚɛɜɪʊʌŋʃʒθðɹʁ]", said)
    return {"ipa": said} if is_sounds else {"said": said}


def _as_spoken(word: str, film: Film) -> str:
    """The word as the narrations have it: it is typed in a hurry, without its capital."""
    return _found(word, film) or word


def _found(word: str, film: Film) -> str:
    texts = " ".join(str(scene.get("script", "")) for scene in film.scenes)
    found = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", texts, re.IGNORECASE)
    return found.group() if found else ""


def done(result: ToolResult, film: Film) -> str:
    """Tell what was done, in sentences."""
    found, entry = result.result, result.result["word"]
    how = sound_of(entry)
    key = "did.pronounced" if how else "did.pronounced_as_written"
    said = [film.say(key, word=entry["written"], how=film.quoted(how) if how else "")]
    if found.get("in_all_films"):
        said.append(film.say("did.pronounced_everywhere"))
    if not found["is_spoken"]:
        said.append(film.say("did.pronounced_nowhere", word=entry["written"]))
    return " ".join(said)


def of_list(entries: Sequence[Mapping[str, Any]], film: Film) -> str:
    """The whole list, as a setting that is told."""
    if not entries:
        return film.say("did.pronounced_nothing")
    told = [f"{entry['written']} – {sound_of(entry)}" for entry in entries]
    return film.say("did.pronounced_list", list="; ".join(told))


def sound_of(entry: Mapping[str, Any]) -> str:
    """Return how it is said, as people read it."""
    return str(entry.get("said") or (f"/{entry['ipa']}/" if entry.get("ipa") else ""))
