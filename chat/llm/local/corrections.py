"""PURE: sentences about the last one: a correction of it, the answer to a question, or what should not be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from chat.llm.local import film_settings, music, talk, voices
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, is_plainly_asked, places_in, read
from chat.llm.local.steps import Step, Understood, step, understood
from chat.llm.local.wording import SPOKEN, sentences
from pipeline.film.settings import STYLES, VOICES

Reader = Callable[[Sentence, Film], Understood]

UNDO = (
    r"undo|revert|go back$|never mind (?:that|the|my) (?:last )?(?:change|edit)|take (?:that|it) back"
    r"|(?:change|put|set|turn|switch|swap|move) (?:it|that|them|those|these) back|back to (?:how|what) it was"
    r"|roll (?:it )?back|cancel (?:that|the last) (?:change|edit)"
)
MOST_CARRIED_ON = 12
"""Words of an answer to a question of the agent's."""
MOST_OF_A_FRAGMENT = 6
"""Words of a correction that is no wish without the sentence before it: "sorry, at sunset"."""


@dataclass(frozen=True)
class Before:
    """The user's last message, and the agent's answer to it."""

    user: str = ""
    agent: str = ""


NOTHING = Before()


@dataclass(frozen=True)
class Readers:
    """The readers of what is left of a correction: as a change, as anything, as an answer, as what answers no question
    of the agent's; and the test for a yes."""

    change: Reader
    anything: Reader
    answer: Reader
    no_answer: Reader
    is_yes: Callable[[Sentence], bool]


CHANGED = (
    "picture", "picture_again", "moves", "motion_added", "says", "says_nothing", "lasts", "called", "begins",
    "plays", "removed", "title", "looks", "renamed", "ordered", "added", "music", "music_all", "silent",
    "audible", "cast", "newcomer", "uncast", "uncast_in",
)  # fmt: skip
BACK = (
    r"(?:bring|get|put|take|want|give|have)(?: me)? (?:the |my )?(?:old |former |last )?"
    r"(?:scenes? \d+|title|name|it|that|them) back(?: please| again)?$"
    r"|(?:it|that|this) (?:was|looked|sounded) better (?:before|the way it was)$"
    r"|(?:no,? |wait,? |sorry,? )*keep (?:scenes? \d+|it|that|them)(?: please| then| after all| in)?$"
)
NOT_THAT = re.compile(r"\W*(?:no|nope|nah|nein|nee?)?[\s,]*not (?:that|this|so|like (?:that|this))\W*")
DENIED = r"i (?:never|didn't|did not) (?:said|say|asked?|told|tell)\b"
_OTHER = r"(?:that|this|him|her|it|them|she|he|the (?:voice )?\w+|scene \d+|in scene \d+)(?: one)?"
_SORRY = (
    rf"(?:(?:sorry|wait|oh|actually|hold on|rather|well|ok(?:ay)?|instead|not {_OTHER})(?:[,.!;:–-]+ ?| |$)"
    rf"|no(?:[,.!;:–-]+ ?| (?=not |i me|sorry|wait|oh |actually|scene \d+,? not)))*"
)
MEANT = re.compile(rf"^{_SORRY}(?:i )?mean[t]?:?,? (?:to say )?(?P<left>.+)$")
SORRY = re.compile(rf"^(?=[a-z]){_SORRY}(?P<left>.+)$")
A_SCENE = (
    r"(?:in |for |it's |on )*(?:the )?scene \d+(?: instead| please|,? of course|"
    r",? not (?:in |the |scene )*(?:\d+|other one|(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)"
    r"(?: 1| one)?))*"
)


def taken_back(sentence: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """A correction of the last sentence; where that changed nothing, nothing is taken back."""
    if sentence.find(DENIED) or (NOT_THAT.fullmatch(sentence.plain) and has_changed(before)):
        return Understood(words=film.say("talk.denied"))
    if sentence.find(BACK) and not sentence.has(UNDO):
        return Understood((step("undo"),)) if has_changed(before) else Understood(words=film.say("talk.denied"))
    if readers.is_yes(sentence):
        return Understood()
    said = " ".join(sentence.whole.split())
    if meant := MEANT.match(said):
        return _instead(_read(meant["left"], film), film, before, readers)
    sorry = SORRY.match(said)
    left = sorry["left"].strip(" .,!") if sorry else said
    is_corrected = left != said or bool(re.match(r"\W*(?:no|sorry|nein)\b.*\b(?:not|nicht)\b", sentence.said.lower()))
    return _mended(_read(left, film), film, before, readers) if is_corrected and left else Understood()


def has_changed(before: Before) -> bool:
    """Tell whether the agent's last answer says that something was done."""
    return any(was_asked(key, before.agent) for key in done())


def asked_again(found: Understood) -> Understood:
    """A yes right after an answer that understood nothing is to no price: the price is said, and asked for."""
    calls = (step("quote_film") if call.tool == "start_film" else call for call in found.calls)
    return replace(found, calls=tuple(calls))


def with_way_back(found: Understood, film: Film, before: Before) -> Understood:
    """Say how the last change is taken back, where somebody hears that all stays as it is right behind one."""
    is_kept = not found.calls and found.words == film.say("talk.kept")
    return replace(found, words=film.say("talk.denied")) if is_kept and has_changed(before) else found


def done() -> list[str]:
    """The keys of what is said of something that was done."""
    did = [f"did.{name}" for name in CHANGED]
    many = [f"{name}_many" for name in did if f"{name}_many" in sentences("en")]
    return [*did, *many, *(name for name in sentences("en") if name.startswith("now."))]


def _read(text: str, film: Film) -> Sentence:
    """Read a text that is in plain words already."""
    return read(text, len(film.places))


def _instead(meant: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """Another scene than the one that was changed, another voice, or another wish."""
    if mended := _mended(meant, film, before, readers):
        return mended
    if re.fullmatch(A_SCENE, meant.plain):
        return talk.lost(film, before.agent)
    wished = readers.anything(meant, film)
    if not wished.calls or not has_changed(before):
        return wished or talk.lost(film, before.agent)
    old = readers.anything(read(before.user, len(film.places), film.language), film)
    if _replaces(wished.calls, old.calls):
        return wished
    if sum(len(one.arguments) if one.tool == "change_settings" else 1 for one in old.calls) > 1:
        return Understood(words=film.say("ask.instead"))
    return Understood((step("undo"), *wished.calls), wished.words)


def _replaces(new: Sequence[Step], old: Sequence[Step]) -> bool:
    """The new wish sets what the old one set, and all of it or one of several."""
    of_settings = all(one.tool == "change_settings" for one in new)
    names = {name for one in old if one.tool == "change_settings" for name in one.arguments}
    return of_settings and {name for one in new for name in one.arguments} <= names


def _mended(left: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """ "Sorry, scene 1", "no, Lily", "actually at sunset": what makes sense only beside the sentence before."""
    if re.fullmatch(A_SCENE, left.plain):
        return _in_another_scene(left, film, before, readers)
    if len(left.plain.split()) > MOST_OF_A_FRAGMENT:
        return Understood()
    if named := understood(voices.by_name(left, film)):
        return named
    asked = read(before.user, len(film.places), film.language)
    is_whole = left.named or readers.change(left, film).calls
    if is_whole or len(asked.named) != 1 or not has_changed(before):
        return Understood()
    wished = readers.change(_read(f"make scene {asked.named[0]} {left.plain}", film), film)
    kinds = {one.tool for one in wished.calls}
    return Understood((step("undo"), *wished.calls), wished.words) if kinds == {"edit_scene"} else Understood()


def _in_another_scene(left: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    asked = read(before.user, len(film.places), film.language)
    denied = places_in(" ".join(re.findall(r"\bnot (scene \d+)", left.whole)))
    if len(asked.named) != 1 or not has_changed(before) or (denied and denied != asked.named):
        return Understood()
    other = re.sub(r"\bscene \d+", f"scene {left.named[0]}", asked.plain, count=1)
    if left.strangers:
        return talk.stranger(left, film)
    wished = readers.anything(_read(other, film), film)
    return Understood((step("undo"), *wished.calls), wished.words) if wished.calls else talk.lost(film, before.agent)


VALUES = {
    "voice": "|".join(VOICES).lower(), "style": "|".join(STYLES), "ratio": "portrait|landscape|vertical|square|"
        "wide|tall",
    "language": "|".join(film_settings.LANGUAGE_WORDS.values()),
}  # fmt: skip
NEGATIONS = (
    r"(?:not|no|don't (?:use|want|like)|do not (?:use|want)|without|instead of|rather than|anything but|"
    r"but not|never)"
)


def unwanted(sentence: Sentence, film: Film, readers: Readers) -> Understood:
    """Leave out of the wish what it says should not be; ask what should be where nothing else is wished."""
    for name, values in VALUES.items():
        found = re.search(
            rf",? ?\b{NEGATIONS} (?:in |an? |the |to )*(?:{values})(?: voice| style| format)?\b", sentence.plain
        )
        if found and not sentence.named:
            plain = (sentence.plain[: found.start()] + sentence.plain[found.end() :]).strip(" ,;.!?")
            rest = replace(sentence, plain=plain, whole=plain)
            return readers.anything(rest, film) if len(plain) > 2 and plain != "please" else _asked_for(name, film)
    return Understood()


def _asked_for(name: str, film: Film) -> Understood:
    if name == "voice":
        return understood(voices.others(film))
    names = film.listed([film.say(f"languages.{one}") for one in sorted(film_settings.LANGUAGE_WORDS)], "lists.or")
    return Understood(words=film.say(f"ask.{name}", languages=names))


def carried_on(sentence: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """An answer to a question of the agent's is the wish it asked about, with the answer in it."""
    if not before.user or len(sentence.plain.split()) > MOST_CARRIED_ON:
        return Understood()
    asked = read(before.user, len(film.places), film.language)
    if meant := _agreed(sentence, film, before, readers):
        return meant
    if not sentence.scenes and (is_plainly_asked(sentence.plain) or readers.no_answer(sentence, film)):
        return Understood()
    return _answering(sentence, asked, film, before, readers)


def _answering(sentence: Sentence, asked: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """The wish that the agent asked about, with the answer in it."""
    if was_asked("ask.scene", before.agent) and (sentence.scenes or sentence.plain in ("all", "both", "all of them")):
        places = sentence.scenes or film.places
        return _rejoined(asked, f"scenes {', '.join(map(str, places))}", film, readers)
    if (told := told_in("ask.which_now", before.agent)) and len(sentence.named) == 1:
        wish = read(told["wish"], len(film.places), film.language)
        plain = re.sub(r"\bscene \d+", f"scene {sentence.named[0]}", wish.plain)
        return readers.change(replace(wish, plain=plain, whole=plain), film)
    if was_asked("ask.music_where", before.agent) and not sentence.has(music.MUSIC):
        return _rejoined(asked, sentence.plain, film, readers)
    if was_asked("ask.voice", before.agent) or was_asked("ask.voice_none", before.agent):
        voice = replace(sentence, plain=f"{sentence.plain} voice")
        return understood(voices.by_name(sentence, film)) or understood(voices.described(voice, film))
    if was_asked("ask.length", before.agent) and (found := understood(film_settings.length(sentence, film))):
        return found
    return _sounding(sentence, asked, film, before, readers)


def _agreed(sentence: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """A yes: to what the agent thought was meant, or to a question that it is no answer to."""
    if question := _asked_openly(sentence, film, before, readers):
        return Understood(words=question)
    told = told_in("ask.meant", before.agent) or told_in("ask.possible", before.agent)
    told = told or told_in("ask.if_done", before.agent)
    if told and readers.is_yes(sentence):
        return readers.anything(read(told["what"], len(film.places), film.language), film)
    return Understood()


def _sounding(sentence: Sentence, asked: Sentence, film: Film, before: Before, readers: Readers) -> Understood:
    """An answer to how the music should sound."""
    is_asked = was_asked("ask.music", before.agent) or was_asked("ask.music_all", before.agent)
    if not is_asked or ASKING.match(sentence.plain) or readers.change(sentence, film) or readers.answer(sentence, film):
        return Understood()
    places = music.where(asked, film) or film.places
    return Understood((step("change_music", scenes=places, prompt=f"{_bare(sentence.plain)} music"),))


OPEN = (
    "subject", "scene", "which_now", "said_or_seen", "instead", "different", "length", "music", "music_all",
    "music_where", "voice", "voices_all", "voice_none", "title", "words", "ratio", "language", "style", "unhappy",
    "bored",
)  # fmt: skip
"""Questions that a yes is no answer to."""
MAKES = r"(?:make|generate|render|produce|start|begin)(?: making)? (?:the|my|this) (?:film|video|movie)"
"""Whoever says this wants the film as it is, whatever was asked."""
PRICED = re.compile(r"(?:Soll ich|Shall I|¿L[ao] hago|Je le fais|L[ao] faccio|Faço|बनाऊँ|कर दूँ)\s?\?|要(?:开始|继续)吗")


def _asked_openly(sentence: Sentence, film: Film, before: Before, readers: Readers) -> str:
    """The question again, where somebody said yes to one that asks which or how: it is agreed to nothing by that."""
    if not readers.is_yes(sentence) or PRICED.search(before.agent) or sentence.find(MAKES):
        return ""
    told = ((f"ask.{name}", told_in(f"ask.{name}", before.agent)) for name in OPEN)
    return next((film.say(key, **values) for key, values in told if values is not None), "")


ASKING = re.compile(
    r"(?:and |but |so )*(?:can|could|may|do|does|will|when|where|why|who|what's|is|are)\b(?! you (?:make|use|do|play))"
)
_A_FILMS = re.compile(r"\b(?:in|from|of) (?:an? |the )?([\w-]+) (?:films?|movies?)\b")
"""How music of such a film sounds: "like in a spy film"."""


def _bare(text: str) -> str:
    text = _A_FILMS.sub(r"\1", text)
    return re.sub(r"\b(?:music|please|some|with|like|something|maybe|i (?:think|guess))\b", "", text).strip(" .,!?")


def _rejoined(asked: Sentence, answer: str, film: Film, readers: Readers) -> Understood:
    plain = f"{asked.plain} in {re.sub(r'^(?:in|at) ', '', answer)}"
    return readers.change(read(plain, asked.count), film)


def was_asked(key: str, said: str) -> bool:
    """The agent's last sentence was this question, in whichever language."""
    return told_in(key, said) is not None


def told_in(key: str, said: str) -> dict[str, str] | None:
    """The values that the agent's sentence was filled with, where it is in what was said."""
    templates = (sentences(language).get(key) for language in SPOKEN)
    return next((found for one in templates if one and (found := _fits(one, said)) is not None), None)


def _fits(template: str, said: str) -> dict[str, str] | None:
    found = _pattern(template).search(said)
    return found.groupdict() if found else None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        name = found[1]
        is_new = name not in seen
        seen.add(name)
        return f"(?P<{name}>.+?)" if is_new else f"(?P={name})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", place, re.escape(template)))
