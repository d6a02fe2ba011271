"""PURE: wishes in a Romance language every word of which is of a known kind, as plain English ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from chat.llm.local.romance.words import bare, table

_VERBS = ("how.on", "how.put_back", "how.change")
"""Words for any change: "mets", "deja"."""
_BESIDE = ("opening", "closing", "should", "be", "see", "the", "a", "so_that")
_NUMBER = "number"
_BOUNDS = r"(?:(?<=[' ])|(?=$|\W))"


@cache
def _kinds(language: str) -> Sequence[tuple[str, re.Pattern[str]]]:
    """Return each kind with its words: "mood.sad", "how.off"; what means nothing is "nothing"."""
    grouped = {name: kinds for name, kinds in table("closed").items() if language not in kinds}
    told = {f"{group}.{kind}": words[language] for group, kinds in grouped.items() for kind, words in kinds.items()}
    nothing = "|".join([told.pop("nothing.said"), *(table("words")[kind][language] for kind in _BESIDE)])
    told |= {group: words[language] for group, words in table("closed").items() if language in words}
    told |= {f"hour.{english}": words[language] for english, words in table("hours").items()}
    told |= {
        "part.scene": _scene(language),
        _NUMBER: r"\d{1,2}",
        "nothing": nothing,
    }
    return [(name, re.compile(rf"(?:{words}){_BOUNDS}")) for name, words in told.items()]


def _scene(language: str) -> str:
    return rf"(?:{table('words')['in_scene'][language]})(?=\d)|{table('words')['scene'][language]}"


def heard(text: str, language: str, *, is_question: bool = False) -> str:
    """Return the wish or question in English; empty where a word is unknown, or they say nothing that is known."""
    found = _found(bare(text), language)
    if not found:
        return ""
    if is_question:
        return _asked(found) or _asked_of_a_scene(found)
    return next((english for told in _TOLD if (english := told(found))), "")


def _found(text: str, language: str) -> dict[str, str]:
    """Return the kinds of all words of a text, each with its words; nothing where one is of no kind."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        if not (text[at].isalnum()):
            at += 1
            continue
        matches = [
            (name, match[0]) for name, words in _kinds(language) if (match := words.match(text, at)) and match[0]
        ]
        if not matches:
            return {}
        longest = max(len(words) for _, words in matches)
        here = {name: words for name, words in matches if len(words) == longest}
        if _NUMBER in found and _NUMBER in here:
            return {}
        found |= here
        at += longest
    return {name: words for name, words in found.items() if name != "nothing"}


def _names(found: dict[str, str], group: str) -> list[str]:
    return [name.partition(".")[2] for name in found if name.startswith(f"{group}.")]


def _only(found: dict[str, str], *allowed: str) -> bool:
    """Tell whether all kinds are among these, or of these groups."""
    return all(name in allowed or name.partition(".")[0] in allowed for name in found if name not in _VERBS)


def _asked(found: dict[str, str]) -> str:
    asked = {"progress": "how far is it", "price": "how much will it cost"}
    names = _names(found, "ask")
    return asked[names[0]] if len(names) == 1 and _only(found, "ask", "part.film") else ""


def _asked_of_a_scene(found: dict[str, str]) -> str:
    """Return the question about a scene whose hour or weather is asked about."""
    return f"what happens in scene {found[_NUMBER]}" if _hour(found) else ""


def _as_before(found: dict[str, str]) -> str:
    is_so = "how.as_before" in found and _only(found, "how.as_before", "how.put_back", "part.film")
    return "undo" if is_so else ""


def _music(found: dict[str, str]) -> str:
    moods = " and ".join(_names(found, "mood"))
    where = {"end": " at the end", "beginning": " at the beginning"}
    places = _names(found, "where")
    if "part.music" not in found or len(places) > 1:
        return ""
    beside = ("part.music", "mood", "where", "too", "less")
    if moods and _only(found, *beside, "number", "part.scene") and ("number" in found) == ("part.scene" in found):
        at = where[places[0]] if places else f" in scene {found['number']}" if "number" in found else ""
        how = "too " if "too" in found else "less " if "less" in found else "more "
        return f"the music is {how}{moods}{at}" if "too" in found else f"make the music {how}{moods}{at}"
    return "no music" if set(found) - set(_VERBS) == {"part.music", "how.off"} else ""


def _voice(found: dict[str, str]) -> str:
    if "part.voice" not in found or not _only(found, "part.voice", "how"):
        return ""
    how = set(_names(found, "how")) - {"on", "put_back", "change"}
    if not how and "how.change" in found:
        return "use another voice"
    told = {"male": "a male", "female": "a female", "other": "another", "disliked": "another"}
    how = how - {"disliked"} if len(how) > 1 else how
    return f"use {told[how.pop()]} voice" if len(how) == 1 and how <= set(told) else ""


def _captions(found: dict[str, str]) -> str:
    if set(found) - set(_VERBS) == {"part.captions", "how.off"}:
        return "captions off"
    return "captions on" if set(found) in ({"part.captions", "how.on"}, {"part.captions"}) else ""


def _language(found: dict[str, str]) -> str:
    names = _names(found, "language")
    return f"make it in {names[0]}" if len(names) == 1 and _only(found, "language", "part.film") else ""


def _length(found: dict[str, str]) -> str:
    how = [name for name in ("shorter", "longer") if f"how.{name}" in found]
    is_film = "part.film" in found and _only(found, "part.film", "how")
    return f"make the film {how[0]}" if is_film and len(how) == 1 and not {"how.off", "how.again"} & set(found) else ""


def _again(found: dict[str, str]) -> str:
    is_so = {"how.again", "part.picture", _NUMBER} <= set(found) and _only(
        found, "how.again", "part.picture", "part.scene", _NUMBER, "how.bad"
    )
    return f"make the picture of scene {found[_NUMBER]} again" if is_so else ""


def _hour(found: dict[str, str]) -> str:
    hours = _names(found, "hour")
    is_so = len(hours) == 1 and {"part.scene", _NUMBER} <= set(found)
    is_so = is_so and _only(found, "hour", "part.scene", _NUMBER, "how.again", "part.picture")
    return f"make scene {found[_NUMBER]} {hours[0]}" if is_so else ""


_TOLD = (_asked, _as_before, _music, _voice, _captions, _language, _length, _again, _hour)
