"""PURE: a message cut into parts, each of which may be a wish, with what is dictated kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chat.llm.local.named_things import lexicon

_SEAL = 0xE000
SEALED = re.compile("[\ue000-\ue0ff]")
_QUOTED = re.compile(r"[\"“”„«](?P<text>[^\"“”„«»]+)[\"“”»]")
_EVERYWHERE = re.compile(
    r"\W*(?:actually|wait|warte|attends|espera|aspetta|anzi|pera|no,? \w+|\w+,? no|nein,? \w+|ach,? \w+|halt,? \w+|"
    r"h+m+ ?,? ?(?:no)?|[aä]+e?h ?,? nee?|i mean|scratch that|on second thoughts?)\W*",
    re.IGNORECASE,
)
"""Corrections that need no comma before them."""


@dataclass(frozen=True)
class Part:
    """`joint`: what stands between it and the part before; `is_instead`: it is said in place of that part."""

    text: str
    joint: str = ""
    is_instead: bool = False

    def behind(self, before: Part) -> Part:
        """Return both as one part."""
        return replace(before, text=f"{before.text}{self.joint}{self.text}")


@dataclass(frozen=True)
class Message:
    parts: tuple[Part, ...]
    dictated: tuple[str, ...] = ()

    def opened(self, text: str) -> str:
        """Return a text with what was dictated in its place again."""
        return SEALED.sub(lambda one: self.dictated[ord(one[0]) - _SEAL], text)


def cut(said: str, language: str) -> Message:
    """Cut a message at its punctuation, its "and" and its "no, wait"."""
    text, dictated = _sealed(" ".join(said.split()), language)
    parts = tuple(part for part in _parts(text, language) if part.text.strip(" ,.;:!?…-–"))
    return Message(parts, tuple(dictated))


def _sealed(text: str, language: str) -> tuple[str, list[str]]:
    dictated: list[str] = []

    def seal(words: str) -> str:
        dictated.append(words.strip())
        return chr(_SEAL + len(dictated) - 1)

    text = _QUOTED.sub(lambda one: seal(one["text"]), text)
    head = lexicon.of("says", language)
    title = lexicon.of("title", language)
    colon = re.compile(
        rf"(?P<head>(?<!\w)(?:{head}|{title})[^:,.;]{{0,24}}?) ?: *(?P<text>[^\ue000-\ue0ff]+)$", re.IGNORECASE
    )
    if found := colon.search(text):
        is_title = lexicon.find("title", found["head"], language) is not None
        rest = found["text"]
        if not is_title:
            text = f"{text[: found.start('text')]}{seal(rest)}"
    return text, dictated


def _parts(text: str, language: str) -> Iterator[Part]:
    at, joint, is_instead = 0, "", False
    for found in _joints(language).finditer(text):
        if not text[at : found.start()].strip():
            if found["correction"]:
                is_instead = is_instead or at > 0
            at, joint = found.end(), joint + found[0]
            continue
        if (found["correction"] and not _is_correction(found)) or _counts(text, found):
            continue
        yield Part(text[at : found.start()].strip(), joint, is_instead)
        at, joint, is_instead = found.end(), found[0], bool(found["correction"])
    yield Part(text[at:].strip(), joint, is_instead)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Tell whether it joins two numbers: "scenes 1 and 2"."""
    is_joint = not found["correction"] and not re.search(r"[;!?….]", found[0])
    return is_joint and bool(re.search(r"\d$", text[: found.start()]) and re.match(r"\d+(?:\W|$)", text[found.end() :]))


def _is_correction(found: re.Match[str]) -> bool:
    """A word such as "better" corrects only behind a comma; "no, wait" does everywhere."""
    return bool(found["comma"].strip()) or _EVERYWHERE.fullmatch(found["correction"]) is not None


def _joints(language: str) -> re.Pattern[str]:
    joint, correction = lexicon.of("joint", language), lexicon.of("correction", language)
    return re.compile(
        rf"(?P<comma>\s*(?:[,;!?…–]|\.+(?!\d)|\s-\s)+\s*|\s+)(?:(?:oh|ah|ach|uh|äh|ok|ne|{joint})[\s,.…]+)*"
        rf"(?P<correction>(?:{correction}))(?=[\s,.:…!–-])[\s,.:…!–-]+(?:(?:{correction})[\s,.:…!–-]+)*"
        rf"(?:(?:just|only|nur|einfach|juste|solo|s[oó]|rather|lieber|plutôt|plutot|mejor|meglio|melhor)\s+)*"
        rf"|\s*(?:[,;!?…]|\.+(?=\s)|\.\.+|\s[–-]\s)+\s*(?:{joint}\s+)*|\s+{joint}(?:\s+{joint})*\s+|\s*[+&]\s*",
        re.IGNORECASE,
    )
