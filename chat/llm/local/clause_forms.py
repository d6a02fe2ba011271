"""The forms of wishes in Chinese and Hindi: a clause of a known form is a plain English wish, or a deed.

The tables in `forms/` hold the forms. Before a clause is looked at, its digits, the scenes that it names and its
courtesies are written in one way; what somebody wants to see, to be said or as a title stays as it was written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from unicodedata import normalize

HERE = Path(__file__).parent / "forms"
LANGUAGES = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
KINDS = ("talk", "questions", "wishes")
"""What is said of no film in particular, what asks, and what changes something."""
MOST_OF_A_CLAUSE, MOST_OF_A_MESSAGE = 90, 300
"""Characters: no wish is longer than that, and every form is tried on each."""
DEED = "@"
"""Before the name of a deed, in place of English words."""
_QUOTED = re.compile(r"[\"“”„«「『《](?P<text>[^\"“”„«»「」『』《》]+)[\"“”»」』》]")
_SEAL = 0xE000
_SEALED = re.compile("[\ue000-\ue0ff]")
_WIDE = str.maketrans("，。！？；：、　０１２３４５６７８９०१२३४५६७८९।", ",.!?;:, 01234567890123456789.")
_WIDER = {chr(plain): "".join(chr(one) for one, same in _WIDE.items() if same == plain) for plain in _WIDE.values()}
_NUKTA = re.compile(r"(?<!\[)([कखगजडढफ])(?!़)")
_NASAL = re.compile("[ंँ]")
_SCENE = r"§(?P<scene>\d+(?:,\d+)*)"
_FREE = r"(?P<{name}>[^§]+?)"
_NUMBER = r"(?P<{name}>\d+)"
_FREE_NAMES, _NUMBER_NAMES = ("what", "old", "new", "text"), ("n", "a", "b")
_PAIR = re.compile(r"§(\d+)(?: ?(?:和|跟|与|及|还有|,|और|व|एवं) ?)§(\d+)")
_PARTED = re.compile("[,.;!?]")
_AGAIN = "_"
_ENDS = " ,.!?;:~…"


@dataclass(frozen=True)
class Clause:
    """`english`: what it means in plain words, or a deed with its name behind `@`; empty where no form fits."""

    said: str
    kind: str = ""
    english: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Forms:
    """The table of one language, with its patterns made ready."""

    numbers: Mapping[str, int]
    scenes: Sequence[tuple[re.Pattern[str], str]]
    same: Sequence[tuple[re.Pattern[str], str]]
    lead: re.Pattern[str]
    end: re.Pattern[str]
    inner: re.Pattern[str]
    polite: re.Pattern[str]
    joint: re.Pattern[str]
    unsure: re.Pattern[str]
    untold: re.Pattern[str]
    """Words that are no title, and are not to be said, though they stand where such words would: "什么"."""
    aside: re.Pattern[str]
    forms: Sequence[tuple[str, re.Pattern[str], str]]
    words: Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
    said: Mapping[str, str]
    """How its deeds are worded in a picture."""


@cache
def forms(language: str) -> Forms:
    table = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    macros = {name: f"(?:{_spelt(text)})" for name, text in table["macros"].items()}
    words = {name: list(told.items()) for name, told in table["words"].items()}
    macros |= {name: f"(?P<{name}>{'|'.join(_spelt(one) for one, _ in told)})" for name, told in words.items()}
    macros |= {name: _FREE.format(name=name) for name in _FREE_NAMES} | {"scene": _SCENE}
    macros |= {name: _NUMBER.format(name=name) for name in _NUMBER_NAMES}
    macros["num"] = "|".join(sorted((*map(_spelt, table["numbers"]), r"\d+"), key=len, reverse=True))

    def ready(pattern: str) -> re.Pattern[str]:
        whole = re.sub(r"\{([a-z_]+)\}", lambda one: macros[one[1]], _spelt(pattern))
        return re.compile(_each_named_once(whole), re.IGNORECASE)

    return Forms(
        numbers={normalize("NFC", word): number for word, number in table["numbers"].items()},
        scenes=[(ready(pattern), place) for pattern, place in table["scenes"]],
        same=[(ready(pattern), plain) for pattern, plain in table["same"]],
        **{name: ready(table[name]) for name in ("lead", "end", "inner", "polite", "unsure", "untold", "aside")},
        joint=re.compile(normalize("NFC", table["joint"])),
        forms=[(kind, ready(pattern), english) for kind in KINDS for pattern, english in table[kind]],
        words={name: [(ready(one), english) for one, english in told] for name, told in words.items()},
        said=table["said"],
    )


def _each_named_once(pattern: str) -> str:
    """Number the groups of one name, of which the ways to say a thing may each have one."""
    seen: list[str] = []

    def named(found: re.Match[str]) -> str:
        seen.append(found[1])
        return f"(?P<{found[1]}{_AGAIN}{seen.count(found[1])}>"

    return re.sub(r"\(\?P<([a-z]+)>", named, pattern)


def _spelt(pattern: str) -> str:
    """Allow the ways in which Hindi is typed: without its dots, and with either sign for a nasal."""
    return _NASAL.sub("[ंँ]?", _NUKTA.sub(r"\1़?", normalize("NFC", pattern)))


def clauses(said: str, language: str, count: int, is_somebody: Callable[[str], bool]) -> list[Clause]:
    """Return a message clause by clause, or as one where it is of one form as a whole."""
    known = forms(language)
    text, dictated = _sealed(normalize("NFC", said))
    text = " ".join(text.translate(_WIDE).split())
    for pattern, plain in known.same:
        text = pattern.sub(plain, text)
    text = _with_scenes(text, known, count)
    whole = _clause(text, known, is_somebody)
    cut = [part.strip() for part in known.joint.split(text) if part.strip(_ENDS)]
    parts = [_clause(part, known, is_somebody) for part in cut]
    is_one = whole.english and ("text" not in whole.parts or not any(one.english for one in parts[1:]))
    parts = [whole] if is_one else parts
    return [_as_written(_opened(one, dictated), said) for one in parts]


def _as_written(clause: Clause, said: str) -> Clause:
    """Return what is kept of a clause with the punctuation and digits that it was written with."""
    told = normalize("NFC", said)

    def written(text: str) -> str:
        alike = "".join(rf"[{re.escape(one)}{_WIDER.get(one, '')}]\s*" for one in text if not one.isspace())
        found = re.search(alike.removesuffix(r"\s*"), told)
        return found[0] if found else text

    kept = {name: written(value) if name in _FREE_NAMES else value for name, value in clause.parts.items()}
    return replace(clause, parts=kept)


def _sealed(said: str) -> tuple[str, list[str]]:
    dictated: list[str] = []

    def seal(found: re.Match[str]) -> str:
        dictated.append(found["text"].strip())
        return chr(_SEAL + len(dictated) - 1)

    return _QUOTED.sub(seal, said), dictated


def _opened(clause: Clause, dictated: Sequence[str]) -> Clause:
    def opened(text: str) -> str:
        return _SEALED.sub(lambda one: dictated[ord(one[0]) - _SEAL], text)

    parts = {name: opened(text) for name, text in clause.parts.items()}
    return Clause(_SEALED.sub(lambda one: f"“{opened(one[0])}”", clause.said), clause.kind, clause.english, parts)


def _with_scenes(text: str, known: Forms, count: int) -> str:
    """Write every scene as `§` and its number, and every number in digits: "最后一场" → "§4"."""
    for pattern, place in known.scenes:
        text = pattern.sub(lambda found, place=place: _named(found, place, known, count), text)  # type: ignore[misc]
    return text


def _named(found: re.Match[str], place: str, known: Forms, count: int) -> str:
    if place == "all":
        return f"§{','.join(map(str, range(1, count + 1)))}"
    number = next((number_of(one, known) for one in found.groups() if one), 0)
    if place == "number":
        return str(number)
    at = {"first": 1, "last": count, "from_last": count + 1 - number}.get(place, number)
    return f"§{at}"


def number_of(word: str, known: Forms) -> int:
    """Return a number as people write it: "12", "十二", "बारह"."""
    if word.isdigit():
        return int(word)
    plain = next((number for one, number in known.numbers.items() if re.fullmatch(_spelt(one), word)), None)
    if plain is not None:
        return plain
    tens, _, ones = word.partition("十")
    return known.numbers.get(tens, 1) * 10 + known.numbers.get(ones, 0)


def _clause(text: str, known: Forms, is_somebody: Callable[[str], bool]) -> Clause:
    if len(text) > MOST_OF_A_CLAUSE:
        return Clause(text)
    asks = text.rstrip().endswith("?") and not known.polite.search(text)
    bare = text.strip(_ENDS)
    for plain in _ways(bare, known):
        for one in dict.fromkeys((plain, _PAIR.sub(r"§\1,\2", plain))):
            if (found := _form(one, known, is_somebody)) and not (asks and found.kind == "wishes"):
                return Clause(text, found.kind, found.english, found.parts)
    return Clause(text)


def _ways(text: str, known: Forms) -> Iterator[str]:
    """Yield a clause as it is, and without more and more of the courtesies around and in it."""
    yield from _shorter(text, known)
    if (plain := known.inner.sub("", text)) != text:
        yield from _shorter(plain, known)


def _shorter(text: str, known: Forms) -> Iterator[str]:
    yield text
    while (short := known.end.sub("", text).strip(_ENDS)) and short != text:
        yield (text := short)
    while (short := known.lead.sub("", text).strip(_ENDS)) and short != text:
        yield short
        text = short
        if (closed := known.end.sub("", text).strip(_ENDS)) and closed != text:
            yield closed


def _form(text: str, known: Forms, is_somebody: Callable[[str], bool]) -> Clause | None:
    for kind, pattern, english in known.forms:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        told = {name.partition(_AGAIN)[0]: value.strip(_ENDS) for name, value in found.groupdict().items() if value}
        if "who" in told and not is_somebody(told["who"]):
            continue
        if kind != "wishes" or not _is_unsure(told, known):
            return Clause(text, kind, english, {name: _part(name, value, known) for name, value in told.items()})
    return None


def _is_unsure(told: Mapping[str, str], known: Forms) -> bool:
    """Tell whether what is to be seen is a wish of its own, denied, or only thought of: "不要删", "如果…"."""
    seen = [told[name] for name in ("what", "old", "new") if name in told]
    is_wish = any(known.unsure.search(one) or _PARTED.search(one) for one in seen)
    return is_wish or bool(known.untold.search(told.get("text", "")))


def _part(name: str, value: str, known: Forms) -> str:
    told = known.words.get(name, ())
    return next((english for pattern, english in told if pattern.fullmatch(value)), value)
