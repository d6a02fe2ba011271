"""PURE: changes of which scenes there are, and of their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from chat.llm.local import new_scenes
from chat.llm.local.film import Film
from chat.llm.local.music import INSTRUMENTS, MUSIC
from chat.llm.local.reading import Sentence, places_in
from chat.llm.local.steps import Found, Step, Understood, step
from pipeline.film import german_subjects
from pipeline.film.german_nouns import as_written

Order = list[int]
"""Places the scenes have now, in the order wanted."""

SWAP = (
    r"(?:swap|switch|exchange|interchange|flip|(?:change|reverse) the order of)\D{0,32}?(\d+)\D{1,24}?(\d+)"
    r"|(\d+) and (?:scene )?(\d+) (?:should |could )?trade"
)
REMOVE = (
    r"(?:remove|delete|drop|cut|take out|get rid of|leave out|leave off|don't need|do not need|omit|skip|lose|kill"
    r"|ditch|scrap|bin|throw (?:out|away)) ((?:the )?scenes? \d+(?:,? ?(?:and|to|,|-) ?(?:the )?(?:scene )?\d+)*)"
    r"(?! seconds)"
)
FIRST = (
    r"scene (\d+)(?: should| must)?(?: come| go| be)?(?:(?: to| at)?(?: the)? (?:beginning|front|first)|(?: to| at) "
    r"(?:the )?start)\b(?! with)|(?:start|begin|open)s? (?:it |the film )?with scene (\d+)$"
)
IN_TURN = (
    r"(?:start|begin|open)s? (?:it |the film )?with (scene \d+(?:(?:,| and)+ (?:then|afterwards|after that|"
    r"next)(?: with)? scene \d+)+)"
)
LAST = (
    r"scene (\d+)(?: should| must)?(?: come| go| be)?(?:(?: to| at)(?: the)? end| the end| last)\b"
    r"(?! (?:for |about )?\d)(?! with)|(?:end|finish|close)s? (?:it |the film )?with scene (\d+)$"
)
BESIDE = (
    r"scene (\d+)(?: belongs| goes| (?:should|to) (?:go|come|be))?(?: right| directly)? (after|behind|before|in"
    r" front of) scene (\d+)"
)
_OF = (
    r"(?:about|with|on|of|where|showing|in which|that shows|which shows|featuring|con|com|avec|mit|donde|dove|où|onde|"
    r"wo)"
)
_A_NEW = r"(?:another|a new|new|an?|1|1 more|one more|a further|an extra|an additional|1 extra|1 additional)"
_TO_ADD = r"(?:add|insert|include|put in|show|want|need|have|like)(?: also| maybe| me| to see)?"
NEW = (
    rf"(?:{_A_NEW} scene(?: {_OF}|[,:;–-]+(?: {_OF})?(?= (?:an?|the|some|several|many|\d+) ))"
    rf"|{_TO_ADD} something {_OF}) (.+)"
)
LASTS = (
    r",? ?\b(?:(?:of|for|lasting|(?:that|which) (?:lasts|is)|with|only|just|about|and|it should (?:last|be)|make it) )*"
    r"(?<!first )(?<!last )\d+[ -]?(?:s|secs?|seconds?)\b(?: long| in length)?"
)
"""How long a new scene is to be."""
IS_LENGTH = re.compile(rf"(?:{LASTS}|[ ,.]|please|long)+")
WHERE = (
    r",? ?\b(?:at the (?:very )?(?:end|beginning|start)|as the last one|(?:right )?(?:after|behind|before"
    r"|in front of) scene \d+|between (?:scenes? )?\d+ and (?:scene )?\d+)\b"
)


def arrangement(sentence: Sentence, film: Film) -> list[Step]:
    """All swaps, removals and moves of the sentence as one new order."""
    if adds(sentence.plain):
        return []
    found = [
        (match.start(), change(match))
        for pattern, change in CHANGES
        for match in re.finditer(rf"\b(?:{pattern})", sentence.plain)
    ]
    order = list(film.places)
    for _, change in sorted(found, key=lambda one: one[0]):
        order = change(order)
    return [step("arrange_scenes", order=order)] if found and order != film.places else []


def adds(plain: str) -> re.Match[str] | None:
    """The new scene that is wished for, without where it is to be and how long."""
    bare = " ".join(re.sub(WHERE, "", re.sub(LASTS, "", plain)).split())
    return re.search(rf"\b(?:{NEW})", bare)


def addition(sentence: Sentence, film: Film) -> Found:
    match = adds(sentence.plain)
    if match is None or re.search(r"\b(?:voice|narrator|music|song|captions?|subtitles?)\b", match[0]):
        return None
    if "something" in match[0] and re.search(rf"\b(?:{MUSIC}|{INSTRUMENTS})\b", sentence.plain):
        return None
    subject = re.sub(r",? (?:then|and)$", "", match[1].strip(" ,.?!"))
    subject = re.sub(r"^(?:the |a |an )(?=mars\b)", "", subject)
    subject, spoken = new_scenes.parted(subject, film)
    said = sentence.as_said(subject).rstrip(" ?,;")
    said = _in_german(said) if sentence.language == "de" else said
    said, spoken = (said.rstrip(" ,;"), spoken) if spoken else new_scenes.parted(said.rstrip(" ,;"), film)
    new = {**_described(said, sentence.language, film), **spoken}
    seconds = sentence.find(r"(\d+)[ -]?(?:s|secs?|seconds?)\b") if sentence.find(LASTS) else None
    if seconds:
        new["duration"] = film.length_near(int(seconds[1]))
    fits = not seconds or int(seconds[1]) in film.scene_lengths
    note = "" if fits else film.say("did.lasts_only", lengths=film.lengths_in_words())
    return Understood((step("add_scene", after=_behind(sentence, film), **new),), note)


def _in_german(said: str) -> str:
    """Give nouns their capitals, and what is seen its first case; "alle lachen" has no noun."""
    return german_subjects.nominative(said if said.lower().startswith("alle ") else as_written(said))


def _described(said: str, language: str, film: Film) -> dict[str, Any]:
    """Describe a scene that shows what was said, and whoever of the film is named in it. Nothing is spoken in it."""
    named = [one["name"] for one in film.characters if re.search(rf"\b{re.escape(one['name'])}\b", said, re.I)]
    return {
        "title": new_scenes.titled(said, language),
        "script": "",
        "image_prompt": f"{said}, in keeping with the rest of the film, {film.shared_look}",
        "video_prompt": f"a slow, steady move towards {said}",
        **({"characters": named} if named else {}),
    }


def _behind(sentence: Sentence, film: Film) -> int:
    if found := sentence.find(r"between (?:scenes? )?(\d+)"):
        return int(found[1])
    if found := sentence.find(r"(?:after|behind) scene (\d+)"):
        return int(found[1])
    if found := sentence.find(r"(?:before|in front of) scene (\d+)"):
        return int(found[1]) - 1
    return 0 if sentence.has(r"at the (?:very )?(?:beginning|start)") else len(film.places)


def _swap(match: re.Match[str]) -> Callable[[Order], Order]:
    one, other = (int(number) for number in match.groups() if number)
    return lambda order: [other if place == one else one if place == other else place for place in order]


def _remove(match: re.Match[str]) -> Callable[[Order], Order]:
    gone = set(places_in(match[1]))
    return lambda order: [place for place in order if place not in gone] or order


def _to_front(match: re.Match[str]) -> Callable[[Order], Order]:
    moved = int(match[1] or match[2])
    return lambda order: [moved, *(place for place in order if place != moved)]


def _to_end(match: re.Match[str]) -> Callable[[Order], Order]:
    moved = int(match[1] or match[2])
    return lambda order: [*(place for place in order if place != moved), moved]


def _beside(match: re.Match[str]) -> Callable[[Order], Order]:
    moved, other, behind = int(match[1]), int(match[3]), match[2] in ("after", "behind")

    def change(order: Order) -> Order:
        rest = [place for place in order if place != moved]
        if moved == other or other not in rest:
            return order
        at = rest.index(other) + behind
        return [*rest[:at], moved, *rest[at:]]

    return change


def _in_turn(match: re.Match[str]) -> Callable[[Order], Order]:
    named = [int(number) for number in re.findall(r"scene (\d+)", match[1])]
    return lambda order: [*named, *(place for place in order if place not in named)]


CHANGES: tuple[tuple[str, Callable[[re.Match[str]], Callable[[Order], Order]]], ...] = (
    (SWAP, _swap),
    (REMOVE, _remove),
    (IN_TURN, _in_turn),
    (FIRST, _to_front),
    (LAST, _to_end),
    (BESIDE, _beside),
)
