"""PURE: the facts that a prompt tells, in its own words: sentences that a film may say without adding to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.film import chinese_subjects
from pipeline.film.german_nouns import as_written, is_typed_small
from pipeline.film.order_slips import mended
from pipeline.film.plain_text import one_line
from pipeline.film.prompt_fact_words import (
    ABBREVIATIONS,
    ANNOUNCED,
    AUDIENCE,
    CALL_IT,
    CHINESE_ORDER,
    CLAUSE,
    DIRECTION,
    ENDS_WITH,
    FILM_WORDS,
    FRAGMENT,
    HEAD,
    HINDI_ORDER,
    HOW,
    ITALIAN_ABOUT,
    ITALIAN_ARTICLES,
    LABEL,
    LEAD,
    LENGTH_BEFORE,
    LENGTH_WITHIN,
    NOUN_PHRASE,
    ORDER,
    ORDER_WORD,
    ORDERED_FILM,
    POEM,
    QUESTION,
    RELATIVE,
    SCENE_COUNT,
    SEQUENCE,
    SLOGAN,
    SPACELESS_HEAD,
    SPACELESS_TAIL,
    THANKS,
    WHO,
)
from pipeline.film.prompt_orders import without_orders
from pipeline.film.prompt_settings import settings_in
from pipeline.film.sentence_ends import sentences
from pipeline.film.subjects import MANNERS, subject_in
from pipeline.film.tone_words import describes, is_tone, without_tone

TELL = "Tell this too: "
"""Before what somebody adds to the prompt of a film that is written already."""
MAX_ITEM_WORDS = 8
MAX_NUMBERED_WORDS = 10
MIN_LIST = 3
MAX_WORD_CHARS = 30
_QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]{1,200})[\"”“»]")
_BRACKETED = re.compile(r"\s*[(（]([^()（）]{1,200})[)）]")
_HELD = re.compile("[\ue000-\uf000]")
_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？；।])\s*|\s*;\s+|\s+(?:[–—]|-{1,2})\s+")
_STOP = re.compile(r"(?<=[.!?…])\s+")
_COLON = re.compile(r"(?<=\S)\s*:\s+(?=\S)|：")
_COMMA = re.compile(r"\s*,\s+(?=\S)|\s*[，、]\s*")
_HAN_COMMA = re.compile(r"(?<=[\u3400-\u9fff])\s*,\s*")
_DOT = "\ue800"
"""Stands for a dot that ends no sentence."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_OBJECT = re.compile(
    r"(?P<article>[Dd]en|[MmDdSsKk]?[Ee]inen|[Ii]hren|[Uu]nsere?n) (?P<adjective>[a-zäöüß]+en(?= [A-ZÄÖÜ]))?"
)
_JOINED = re.compile(
    r"^(?:(?:and|und|y|et|e|but|aber|only|nur|just|please|bitte|por favor|make it|mach (?:es|ihn)|solo|seulement|"
    r"só)\s+)+",
    re.IGNORECASE,
)
_LAST_MARK = re.compile(r"[\s,:;.\-–—…、，。；：।]+$")


MOST_WORDS, MOST_SPACELESS = 4, 8
"""Words, and signs of Chinese, of a part that only says a setting."""


@dataclass(frozen=True)
class Told:
    """One sentence that was told, ready to be spoken."""

    words: str
    part: Literal["subject", "fact", "closing"]


def told_in(prompt: str, language: str = "en") -> tuple[Told, ...]:
    """The subject first, then the facts in their order, a slogan last. Nothing twice; empty where nothing is told."""
    text, held = _held(_line(prompt, language))
    found: dict[str, Told] = {}
    is_small = language == "de" and is_typed_small(prompt)
    for part, words in _parts(text, held):
        said = _released(words, held)
        sentence = _spoken(as_written(said) if is_small else said, language)
        if sentence and sentence.casefold() not in found:
            found[sentence.casefold()] = Told(sentence, part)
    return tuple(sorted(found.values(), key=lambda told: told.part == "closing"))


def subject_words(prompt: str, language: str = "en") -> str:
    """Return what a film is about, as its prompt puts it, up to the first clause; empty where nothing is told."""
    text, held = _held(_line(prompt, language))
    return next((_released(words, held).strip(" ,;:") for part, words in _parts(text, held) if part == "subject"), "")


def told_later(instructions: str, language: str = "en") -> tuple[Told, ...]:
    """Return what the writer was told in later messages, each marked by `TELL`; the earliest first."""
    lines = [line.partition(TELL)[2] for line in instructions.splitlines() if TELL in line]
    found = (told_in(line, language) for line in reversed(lines))
    return tuple(Told(told.words, "fact" if told.part == "subject" else told.part) for one in found for told in one)


def _line(prompt: str, language: str) -> str:
    return without_tone(mended(one_line(prompt, language)), _STOP)


def _held(text: str) -> tuple[str, list[str]]:
    """Hold together what stands in quotation marks or brackets, whatever signs are in it: a letter stands for it."""
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        if found[0].strip()[:1] in "(（" and is_how(found[1]):
            return ""
        held.append(found[0])
        return chr(0xE000 + len(held) - 1)

    return _BRACKETED.sub(hold, _QUOTED.sub(hold, text)), held


def _released(text: str, held: Sequence[str]) -> str:
    while _HELD.search(text):
        text = _HELD.sub(lambda found: held[ord(found[0]) - 0xE000], text)
    return _QUOTED.sub(_quotation, _BRACKETED.sub(r", \1", text))


def _quotation(found: re.Match[str]) -> str:
    """A name needs no quotation marks to be said."""
    return found[1] if len(found[1].split()) < 3 else found[0]


def _parts(text: str, held: list[str]) -> Iterator[tuple[Literal["subject", "fact", "closing"], str]]:
    thanks = THANKS.match(text)
    is_first = True
    for sentence in _sentences(text if thanks else _subject(text)):
        if closing := _closing(sentence, held):
            yield "closing", closing
            continue
        if (DIRECTION.match(sentence) and not CALL_IT.match(sentence)) or is_how(sentence):
            quote = _HELD.search(sentence)
            if quote and _QUOTED.fullmatch(held[ord(quote[0]) - 0xE000]):
                yield "fact", quote[0]
            continue
        for clause in _clauses(sentence):
            yield ("subject" if is_first else "fact"), clause
            is_first = False


def _subject(text: str) -> str:
    """The text without greetings and the order for a film; whatever was held stays."""
    if _HAN.search(text):
        return _spaceless(text)
    text = without_orders(text)
    text = ITALIAN_ABOUT.sub(lambda found: f"{found[1]} su {ITALIAN_ARTICLES[found[2].lower()]}", text)
    text = SCENE_COUNT.sub("", text)
    plain = HINDI_ORDER.sub("", LENGTH_BEFORE.sub(r"\1", subject_in(LENGTH_WITHIN.sub("", text))))
    told = POEM.sub("", ORDER.sub("", plain, count=1))
    is_asked = text.rstrip().endswith("?") and (QUESTION.match(told) or text.lstrip().startswith(told[:1]))
    return f"{told.rstrip(' ?')}?" if is_asked else told


def _spaceless(text: str) -> str:
    """Return of "制作一个关于太空探索的30秒视频" the 太空探索."""
    text = chinese_subjects.subject(CHINESE_ORDER.sub(r"\1", _HAN_COMMA.sub("，", text)))
    parts = re.split("(?<=[。！？；])", text)
    return "".join(SPACELESS_TAIL.sub("", SPACELESS_HEAD.sub("", part.strip(" ，,"))) for part in parts)


def _sentences(text: str) -> list[str]:
    marked = ABBREVIATIONS.sub(lambda found: found[0].replace(".", _DOT), text)
    parts = (part.replace(_DOT, ".").strip() for part in sentences(marked, _END))
    return [part for part in parts if part.strip(" .,!?:;-")]


def _closing(sentence: str, held: Sequence[str]) -> str:
    """The slogan that a film is to end with."""
    quote = _HELD.search(sentence)
    if quote and (ENDS_WITH.match(sentence) or SLOGAN.search(sentence[: quote.start()])):
        return held[ord(quote[0]) - 0xE000].strip('"“”„«»')
    told = SLOGAN.match(sentence)
    return sentence[told.end() :] if told and not quote else ""


def is_how(text: str) -> bool:
    """It says how the film should be, and nothing of what it is about."""
    plain = text.strip(" .!?,;:")
    parts = [_JOINED.sub("", part) for part in _COMMA.split(plain)]
    return bool(plain) and (bool(ORDERED_FILM.fullmatch(plain)) or all(map(_is_manner, parts)))


def _is_manner(part: str) -> bool:
    if HOW.fullmatch(part) or MANNERS.fullmatch(part) or FILM_WORDS.fullmatch(part) or is_tone(part):
        return True
    is_short = len(part) <= MOST_SPACELESS if _HAN.search(part) else len(part.split()) <= MOST_WORDS
    return is_short and any(name != "language" for name in settings_in(part))


def _clauses(sentence: str) -> Iterator[str]:
    about = CALL_IT.match(sentence)
    sentence = sentence[about.end() :] if about else sentence
    head, *rest = _COLON.split(sentence, maxsplit=1)
    if rest and LABEL.fullmatch(_plain(head)):
        yield sentence
        return
    if not rest:
        yield from _at_commas(_led(sentence))
        return
    if HEAD.fullmatch(_plain(head)):
        pass
    elif _plain(_led(head)) and not FILM_WORDS.fullmatch(_plain(_led(head))) and not is_how(head):
        yield from _at_commas(_led(head))
    items = [part for part in _COMMA.split(rest[0]) if part.strip()]
    yield from map(_unjoined, items) if _is_list(items) else _at_commas(rest[0])


STATES = re.compile(
    r"\b(?:is|are|was|has|have|there|we|they|i|ist|sind|war|hat|haben|gibt|wir|sie|hay|es|son|il y a|est|sont|è|"
    r"sono|ha|é|são)\b",
    re.IGNORECASE,
)
"""Words of a clause that states something."""


def _led(head: str) -> str:
    """Leave out "Explain" and the like, and whom the film is for; what a clause says is for somebody stays."""
    led, last = LEAD.sub("", head, count=1), _COMMA.split(head)[-1]
    return led if last != head and STATES.search(last) else AUDIENCE.sub("", led)


def _plain(text: str) -> str:
    return text.strip(" .,!?:;-–").lower()


def _is_list(items: Sequence[str]) -> bool:
    return all(len(item.split()) <= MAX_ITEM_WORDS and not CLAUSE.match(item) for item in items)


def _unjoined(item: str) -> str:
    return re.sub(r"^(?:and|und|y|et|e|en|और)\s+", "", item)


def _at_commas(sentence: str) -> Iterator[str]:
    """Split before what can stand for itself: a clause, a date or a price, "launching in May"; kept whole elsewhere."""
    sentence = ORDER_WORD.sub(r"\1 ", sentence)
    parts = _COMMA.split(sentence)
    marks = _COMMA.findall(sentence)
    every = bool(SEQUENCE.search(sentence) or _HAN.search(sentence)) or (
        len(parts) >= MIN_LIST and all(map(NOUN_PHRASE.match, parts))
    )
    whole = parts[0]
    for mark, part in zip(marks, parts[1:], strict=True):
        if (
            (_HAN.search(part) and _is_manner(part))
            or HOW.fullmatch(_plain(part))
            or AUDIENCE.fullmatch(part)
            or (is_tone(part) and not describes(whole))
        ):
            continue
        if every or _stands_alone(part):
            yield from _at_then(whole)
            whole = _unjoined(part) if CLAUSE.match(_unjoined(part)) else part
        else:
            whole += f"{mark}{part}"
    yield from _at_then(whole)


def _at_then(text: str) -> Iterator[str]:
    """ "boil water and then add the pasta" is two steps."""
    yield from re.split(r"\s+(?:and\s+|und\s+|y\s+|et\s+)?(?=(?:then|dann|luego|ensuite|puis)\s\S+\s)", text)


def _stands_alone(part: str) -> bool:
    words = re.sub(r"(?<=\w)['’](?=(?:s|m|re|ve|ll|d)\b)", " ", part).split()
    if RELATIVE.match(part):
        return False
    if CLAUSE.match(part):
        return len(words) > 2
    has_number = any(letter.isdigit() for letter in part)
    return len(words) > 1 and bool(FRAGMENT.match(part) or has_number) and len(words) <= MAX_NUMBERED_WORDS


def _spoken(text: str, language: str) -> str:
    """A sentence: with a capital, and a mark at its end."""
    words = " ".join(word[:MAX_WORD_CHARS] if word.isascii() else word for word in text.split()).strip(" ,:;-–")
    words = ANNOUNCED.sub("", words)
    mark = _mark(words, language)
    words = _LAST_MARK.sub("", words.rstrip("!?！？ "))
    if not any(letter.isalnum() for letter in words):
        return ""
    told = WHO.sub(r"\1 \2", words) if language == "en" else as_subject(words) if language == "de" else words
    return f"{told[:1].upper()}{told[1:]}{mark}"


def _mark(words: str, language: str) -> str:
    last = words[-1:]
    if last in ("?", "？") or QUESTION.match(words):
        return {"zh": "？", "fr": " ?"}.get(language, "?")
    if last in ("!", "！"):
        return last
    return "।" if _DEVANAGARI.search(words) else "。" if language == "zh" else "."


def as_subject(german: str) -> str:
    """ "einen kleinen Igel" as what is spoken of: "ein kleiner Igel"."""
    found = _OBJECT.match(german)
    if found is None:
        return german
    ending = "e" if found["article"].lower() == "den" else "er"
    adjective = f"{found['adjective'][:-2]}{ending} " if found["adjective"] else ""
    article = "der" if ending == "e" else re.sub("e?n$", "", found["article"])
    return f"{article} {adjective}{german[found.end() :].lstrip()}"
