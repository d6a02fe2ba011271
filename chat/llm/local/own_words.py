"""PURE: the user's own words in the chat: a script that is pasted, and how the film should follow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chat.llm.base import ToolResult
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Understood, step
from pipeline.film.own_words.prose import length_of
from pipeline.film.own_words.reading import read_source
from pipeline.film.own_words.source import Source
from pipeline.film.settings import duration_in
from pipeline.film.words import is_spaceless

WAYS = ("verbatim", "condensed", "inspired_by")
SAID = {
    "condensed": r"condense\w*|summari[sz]e\w*|sum (?:it|this|that|my text|the text) up|boil (?:it|this|that) down"
    r"|shorten (?:my|the|this) (?:text|words|script)|cut my (?:text|words) down",
    "inspired_by": r"(?:as|for) (?:an? )?inspiration|inspired by (?:it|my|this|that)|(?:write|tell) it freely"
    r"|in your own words",
    "verbatim": r"word for word|verbatim|(?:keep|use|say|speak|leave) (?:all |exactly )?my (?:own |exact )?words"
    r"|(?:exactly|just) as (?:i|it was|it's|it is) (?:wrote|written|said)(?: it)?|as (?:i wrote|written)",
}
FEWEST_WORDS, FEWEST_LETTERS = 40, 90
"""Of a text that is pasted while there is a script: a shorter one may be a wish. Letters where words have no spaces."""
PLAIN = frozenset({"screenplay", "table", "times", "subtitles", "told"})
"""What nobody types who wishes something of a film that is there."""


def given(said: str, film: Film, *, is_first: bool) -> Understood:
    """A text that is the film's own words. The first message is the film's already, with all that came with it."""
    if asset := film.facts.get("attached_text"):
        return _first(film) if is_first else Understood((step("write_script", asset=asset),))
    if is_first and film.facts.get("source") and not film.script:
        return _first(film)
    source = read_source(said)
    if not source.words or (film.script and not _is_new_script(source)):
        return Understood()
    return Understood((step("write_script", text=said),), suggestions=_ways(film, "verbatim"))


def _first(film: Film) -> Understood:
    if film.facts.get("run") or film.script:
        return Understood()
    source = film.facts.get("source") or {}
    return Understood((step("write_script"),), suggestions=_ways(film, source.get("mode", "")))


def _is_new_script(source: Source) -> bool:
    """Sure enough to put it in the place of a script that is there."""
    if source.kind == "script" and len(source.passages) > 1:
        has_pictures = any(one.picture or one.heading for one in source.passages)
        return source.why in PLAIN or (has_pictures and len(source.words.split()) * 2 >= FEWEST_WORDS)
    fewest = FEWEST_LETTERS if is_spaceless(source.words) else FEWEST_WORDS
    return source.kind == "prose" and (source.why in PLAIN or length_of(source.words) >= fewest)


def wish(sentence: Sentence, film: Film) -> Found:
    """Read how the film shall follow the words that it has; of a film without any, these are other wishes."""
    source = film.facts.get("source")
    if not source or sentence.named or sentence.has(r"music|title|voice|captions?|picture"):
        return None
    mode = next((mode for mode, words in SAID.items() if sentence.has(words)), None)
    if mode is None:
        return None
    seconds = duration_in(sentence.plain) if mode == "condensed" else None
    if mode == source["mode"] and film.script and not seconds:
        return film.say("source.already_" + mode)
    return [step("write_script", source=mode, **({"duration": seconds} if seconds else {}))]


def first(film: Film, text: str) -> str:
    """Said before the script is written: what the text was taken for, and how it is followed."""
    source = film.facts.get("source")
    if text:
        found = read_source(text)
        return film.say(f"source.{_kind(found.kind)}") + " " + film.say("source.word_for_word")
    return followed(source, film, is_first=True) if source and source["kind"] != "wish" else ""


def followed(source: Mapping[str, Any], film: Film, *, is_first: bool = False) -> str:
    told = [film.say(f"source.{_kind(source['kind'])}")] if is_first else []
    if source["mode"] == "inspired_by":
        return " ".join([*told, film.say("source.inspired_by")])
    said = "chosen" if source["chooses"] else source["mode"]
    told.append(film.say(f"source.{said}"))
    if source["mode"] == "verbatim" or source["chooses"]:
        scenes = "source.scene" if source["scenes"] == 1 else "source.scenes"
        told.append(film.say(scenes, count=source["scenes"], seconds=source["seconds"]))
    if left := source.get("left_out"):
        told.append(film.say("source.left_out", n=left["words"], text=_beginning(left["text"])))
    return " ".join(told)


def kept(found: Mapping[str, Any], film: Film) -> str:
    """Say why the script was not written anew."""
    if "lasts" in found:
        return film.say("source.lasts", n=found["lasts"], wanted=found["wanted"])
    return film.say("source.kept")


def ways_after(results: Sequence[ToolResult], film: Film) -> tuple[str, ...]:
    """The other ways to follow the words, as sentences to be said next."""
    for result in results:
        if result.result.get("keeps_words"):
            wanted = result.result.get("wanted")
            to_length = film.say("source.way_condensed_to", n=wanted) if wanted else film.say("source.way_condensed")
            return (to_length, film.say("source.way_inspired_by"))
        if source := result.result.get("own_words"):
            return _ways(film, source["mode"])
    return ()


def _ways(film: Film, mode: str) -> tuple[str, ...]:
    return tuple(film.say(f"source.way_{way}") for way in WAYS if way != mode) if mode else ()


def _kind(kind: str) -> str:
    return kind if kind in ("script", "steps") else "text"


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
