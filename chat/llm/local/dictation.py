"""PURE: words that somebody dictates. They stand behind a colon or between quotation marks and are one text, kept as
it was written: nothing is looked for in them, and no comma of theirs parts anything.

A sentence is read with these texts sealed (each letter is one of a private plane), and what comes of it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local.steps import Step, Understood

PLANE = 0xF0000
_LAST = 0xFFFD
LEAST_WORDS = 3
SEALED = f"[{chr(PLANE)}-{chr(PLANE + _LAST)}]"
_SCENE = r"(?:scenes?|szenen?|escenas?|scènes?)"
_TO_SAY = r"(?:says?|saying|sagen?|sagt|spricht|dice|diga|decir|dit|dise|dire)\b"
_OF_SCENE = (
    r"(?:narration|narrator|texts?|words?|lines?|voice(?:-?over| over)?|title|pictures?|image|still|shows?|sprecher\w*|"
    r"texto?|wörter|titel|rename|call|name|called|named|titled|nenne?|bild|zeigt|zeigen|narración|voz|título|imagen|narration|voix|titre)"
)
_COLON = r"(?P<colon> ?:(?!\d)\s*)"
HEADS = re.compile(
    rf"(?:\b{_TO_SAY}[^:,;.!?\n]{{0,24}}?|\b(?:{_SCENE}\b[^:;.!?\n]{{0,60}}?\b{_OF_SCENE}|{_OF_SCENE}\b[^:;.!?\n]{{0,60}}?\b{_SCENE})\b"
    rf"[^:;.!?\n]{{0,24}}?){_COLON}(?=\S)",
    re.IGNORECASE,
)
LIST = re.compile(
    rf"^(?P<head>\W*(?:(?:please|and|then|in|bitte)\W+)*{_SCENE} ?\w+)(?P<colon> ?: ?| +[–-] +)"
    r"(?:(?:shows?|showing|we see|a picture of) )?(?=\S)",
    re.IGNORECASE,
)
"""A scene, and what is in its picture: "scene 1: a red boat on a lake, mist rising"."""
_WISH = (
    r"(?:make|set|add|put|remove|delete|change|turn|use|swap|move|let|give|show|mach\w*|setz\w*|füge|lösch\w*|entfern\w*|"
    r"tausch\w*|zeig\w*|no|without|undo)"
)
_FILM_WORD = rf"(?:{_SCENE}|music|musik|captions?|subtitles?|untertitel|narrator|film|video|title)"
NEXT = re.compile(
    rf"(?:,? (?:and|then|und|dann)|[,;]|(?<=[.!?…])) +(?=(?:(?:please|then|also|and|bitte|auch) )*"
    rf"(?:{_WISH}\b[^.!?\n]{{0,80}}\b{_FILM_WORD}\b|(?:in |the )?{_SCENE} \d))",
    re.IGNORECASE,
)
"""Where another wish begins behind a dictated text."""
ALSO = re.compile(rf",? (?:and|then|but|und) (?=(?:(?:please|also) )*{_WISH}\b)", re.IGNORECASE)
"""Where one begins behind things that are listed."""
QUOTED = re.compile(r"(?<!\w)(?P<open>[\"“„«»])(?P<text>[^\"“”„«»]+?)(?P<close>[\"”“»«]|$)")
SINGLE = re.compile(r"(?<=[\s:])['‘‚](?P<text>\S(?:.*?[^\s'’‘])?)['’‘](?!\w)")
DOUBLED = re.compile(r"''|[\"“”]{2,}")
OUTER = re.compile(r"^(?:[\"“”„«»](?=[^\"“”„«»]+.$)|['‘‚](?=[^\s'‘’]|\S+ ))(?P<text>.+)[\"“”»«'’‘]$")
A_THING = r"(?:an?|the|one|two|three|some|many|several|\d+|ein(?:e[nrm]?)?|der|die|das|una?|un|une|el|la|le|les|los)\b"
TO_SOMEBODY = re.compile(
    r"\b(?:i|you|we|my|your|our|us|me|let's|don't|ich|wir|ihr|sie|du|unser\w*)\b|[!?]", re.IGNORECASE
)
_PARTS = re.compile(r",\s*(?:and |und )?|\s+(?:and|und)\s+")
_NO_PART = re.compile(
    rf"(?:{_WISH}|please|bitte|it|this|that|these|they|there|he|she|also|then|but|because|so|more|less|not|too|if|"
    r"is|are|should|at (?:night|dawn|dusk|sunset|sunrise|noon)|everything|all|in (?:the )?scene|slow\w*|fast\w*)\b"
    r"|\w+er$",
    re.IGNORECASE,
)
MOST_OF_A_PART = 8
"""Words."""
_HERE = r"[^,;.:!?“\n]{0,60}?"
ANOTHER = re.compile(
    rf"^(?P<head>\W*(?:(?:please|and|then|now|can you|could you)\W+)*)(?:change|turn|make|draw|redraw|paint)"
    rf" (?P<what>(?!{_HERE}\b(?:titles?|narration|text|words|voice|music|transition|length|name)\b)"
    rf"{_HERE}\bscene\b{_HERE}) (?:to|into|as) (?P<list>.+)$",
    re.IGNORECASE,
)
"""What a picture is to be instead: "change scene 2 to a red boat, mist rising, a heron"."""
SHOWN_THERE = re.compile(
    rf"^(?P<head>(?!{_HERE}\b(?:new|another|a|more|further) scene\b){_HERE}\bscene\b{_HERE}"
    r"\b(?:shows?|see|has|have|needs?|includes?|add|put|(?<=scene \d )with)) (?P<list>.+)$",
    re.IGNORECASE,
)
SHOWN = re.compile(
    r"(?P<head>\b(?:show|add|put|include|place|insert|have|see)) (?P<list>[^:;!?“\n]+?)"
    r"(?P<tail> (?:in|to|into) (?:the )?(?:\w+ )?scene\b)",
    re.IGNORECASE,
)
"""What is to be seen too: "show a ladder, blue paint and a cat in scene 1"."""


MOST_TEXTS = 30
"""Dictated in one message; what stands behind them is left as it is."""


def sealed(said: str, most: int = MOST_TEXTS) -> str:
    """The dictated texts of a sentence in quotation marks, and no word of theirs to be seen."""
    if not most:
        return said
    said = DOUBLED.sub('"', said)
    if found := QUOTED.search(said):
        if found["close"] or _is_head(said[: found.start()]):
            text = f"{said[: found.start()]}“{_seal(found['text'].strip())}”"
            return text + sealed(said[found.end() :], most - 1)
        return said
    if (single := SINGLE.search(said)) and _is_head(said[: single.start()]):
        return f"{said[: single.start()]}“{_seal(single['text'])}”{sealed(said[single.end() :], most - 1)}"
    if colon := HEADS.search(said):
        return _behind(said, said[: colon.start("colon")], colon.end(), most)
    return _list_sealed(said, most)


def _is_head(text: str) -> bool:
    """Something is said or shown right behind it."""
    return any(not found.string[found.end() + 1 :] for found in HEADS.finditer(f"{text.rstrip(' :')}: x"))


def _list_sealed(said: str, most: int) -> str:
    """Things that are listed are one text too. Where they come to what is there, they stand between ‹ and ›."""
    listed = LIST.match(said)
    if listed and _is_list(_until_next(said[listed.end() :])):
        return _behind(said, f"{listed['head']} shows", listed.end(), most)
    if (another := ANOTHER.match(said)) and _is_list(_until_next(another["list"])):
        return _behind(said, f"{another['head']}the picture of {another['what']}", another.start("list"), most)
    if (there := SHOWN_THERE.match(said)) and _is_list(things := _until_next(there["list"])):
        return f"{there['head']} ‹{_seal(things.rstrip(' .!'))}›{there['list'][len(things) :]}"
    if (shown := SHOWN.search(said)) and _is_list(shown["list"]):
        return f"{said[: shown.end('head')]} ‹{_seal(shown['list'])}›{said[shown.end('list') :]}"
    return said


def _until_next(text: str) -> str:
    after = NEXT.search(text) or ALSO.search(text)
    return text[: after.start()] if after else text


def _behind(said: str, head: str, start: int, most: int) -> str:
    """All that follows a colon, up to another wish."""
    after = NEXT.search(said, start)
    end = after.start() if after else len(said)
    mark = "." if after and after[0].isspace() else ""
    return f"{head}: “{_seal(said[start:end].strip())}”{mark}{sealed(said[end:], most - 1)}"


def _is_list(text: str) -> bool:
    """Several things to be seen, and nothing that is spoken to somebody or wished for."""
    parts = [part.strip(" .!") for part in _PARTS.split(text)]
    if "," not in text or not re.match(A_THING, text, re.IGNORECASE) or TO_SOMEBODY.search(text):
        return False
    return all(part and not _NO_PART.match(part) and len(part.split()) <= MOST_OF_A_PART for part in parts)


def _seal(text: str) -> str:
    words = unquoted(" ".join(text.split()))
    return "".join(chr(PLANE + ord(letter)) if ord(letter) <= _LAST else letter for letter in words)


def unquoted(text: str) -> str:
    """The text without the quotation marks around all of it."""
    found = OUTER.match(text)
    return found["text"].strip() if found else text


def opened(text: str) -> str:
    text = re.sub(rf"‹({SEALED}[^›]*)›", r"\1", text)
    return "".join(chr(ord(letter) - PLANE) if PLANE <= ord(letter) <= PLANE + _LAST else letter for letter in text)


def is_sealed(text: str) -> bool:
    return bool(re.search(SEALED, text))


def all_opened(found: Understood) -> Understood:
    calls = tuple(Step(one.tool, _opened(one.arguments)) for one in found.calls)
    return Understood(calls, opened(found.words), found.suggestions)


def _opened(value: Any) -> Any:
    if isinstance(value, str):
        return opened(value)
    if isinstance(value, Mapping):
        return {name: _opened(one) for name, one in value.items()}
    return [_opened(one) for one in value] if isinstance(value, list) else value


def has_words_of(said: str, text: str) -> bool:
    """True where at least three words stand in both, one after the other."""
    words, others = re.findall(r"\w+", said.lower()), " ".join(re.findall(r"\w+", text.lower()))
    runs = (" ".join(words[at : at + LEAST_WORDS]) for at in range(len(words) - LEAST_WORDS + 1))
    return any(re.search(rf"\b{run}\b", others) for run in runs)
