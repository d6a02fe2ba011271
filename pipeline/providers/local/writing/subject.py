"""The subject of a prompt, as a phrase that fits into a sentence."""

from __future__ import annotations

import re
from itertools import dropwhile, takewhile

from pipeline.film.sentence_ends import sentences
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.text import clean, emoji_words, is_spaceless, words_of

MAX_WORDS, MAX_CHARS, MAX_WORD_CHARS, MAX_SPACELESS_CHARS = 12, 80, 30, 10
MAX_SHORT_WORDS = 8

_LENGTH = banks.pattern("subject", "length")
_SENTENCE = re.compile(r"[.!?;。！？；…]+(?:\s|$)|(?<=[。！？；])|[—–]|\s-\s")
_TAIL = banks.pattern("subject", "tail")
_SPACELESS_HEAD = banks.pattern("subject", "spaceless_head")
_SPACELESS_TAIL = re.compile(r"(?:的?\d*秒?的?(?:短?视频|短片|影片|电影|动画|故事|广告|宣传片|纪录片)|[，,].*)+$")
_FROM_ITALIAN = {"sul": "il", "sullo": "lo", "sulla": "la", "sui": "i", "sugli": "gli", "sulle": "le", "del": "il",
                 "dello": "lo", "della": "la", "dei": "i", "degli": "gli", "delle": "le", "du": "le", "do": "o",
                 "da": "a", "dos": "os", "das": "as"}  # fmt: skip

_ELIDED = re.compile(r"(?:sull|dell|d|nell)['’]", re.IGNORECASE)
_CLAUSE = banks.pattern("subject", "clause")
_LINKS = (
    r"(?:of|in|on|at|with|and|or|for|from|to|by|under|near|behind|around|over|into|like|as|through|across|inside|during|"
    r"after|before|without|against|who|that|which|is|are|was|were)\b"
)
_OBJECT = r"(?=(?:his|her|its|their|the|an?|my|our)\b)"
_DOES = (
    re.compile(
        rf"(?P<who>(?P<one>an?|the|my|our) (?:(?!{_LINKS})[\w-]+ ){{0,2}}?(?!{_LINKS})[\w-]*[^\Ws]) "
        rf"(?P<does>(?!{_LINKS})[a-z]{{2,}}s) {_OBJECT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?P<one>)(?P<who>(?:two|three|four|five|six|some|many|\d+) (?:(?!{_LINKS})[\w-]+ )?[\w-]+s) "
        rf"(?P<does>(?!{_LINKS})[a-z]{{2,}}) {_OBJECT}",
        re.IGNORECASE,
    ),
)
"""Somebody, what they do, and what they do it to."""
_ASIDE = re.compile(r"^(?:what (?:is|are) |(?:travel(?:l?ing)?|trip|journey|visit|voyage) (?:to |through ))", re.I)


def subject_of(prompt: str) -> str:
    """A clean phrase of 1 to 12 words; empty where the prompt says nothing."""
    text = clean(prompt)
    for sentence in sentences(text, _SENTENCE)[:6]:
        found = _spaceless(sentence) if is_spaceless(sentence) else _spaced(sentence)
        if found:
            return found
    digits = "".join(takewhile(str.isdigit, _LENGTH.sub(" ", text).replace(" ", "")))[:6]
    return emoji_words(prompt) or (f"the number {digits}" if digits else "")


def shortened(phrase: str) -> str:
    """The phrase up to its first clause: "a fox who dreams of the sea" is "a fox"."""
    head = _CLAUSE.split(phrase, maxsplit=1)[0]
    return _trimmed(head.split()[:MAX_SHORT_WORDS]) or " ".join(phrase.split()[:MAX_SHORT_WORDS])


def _spaceless(sentence: str) -> str:
    """Of "制作一个关于太空探索的30秒视频" the 太空探索."""
    core = _SPACELESS_TAIL.sub("", _SPACELESS_HEAD.sub("", sentence.strip(" ，,")))
    return core.strip(" ，,的、：:")[:MAX_SPACELESS_CHARS]


def _spaced(sentence: str) -> str:
    sentence = _TAIL.sub("", _LENGTH.sub(" ", sentence).strip(" ,:"))
    sentence = sentence.title() if sentence.isupper() and len(sentence) > 5 else sentence
    words = [word[:MAX_WORD_CHARS] for word in words_of(sentence)]
    words = _after_film_word(words) or _after_about(words) or _after_lead(words)
    stop = banks.words("cues", "request", "stop")
    return _as_somebody(_trimmed(list(takewhile(lambda word: word.lower() not in stop, words))[:MAX_WORDS]))


def _as_somebody(phrase: str) -> str:
    """As what one can speak about: "a baker who opens his shop", "two kids building a treehouse"."""
    found = next((match for pattern in _DOES if (match := pattern.match(phrase))), None)
    if found is None:
        return phrase
    rest = phrase[found.end() :]
    if not found["one"]:
        return f"{found['who']} {_participle(found['does'])} {rest}"
    is_somebody = found["one"].lower() in ("my", "our") or re.match(r"(?:his|her|their)\b", rest)
    return f"{found['who']} {'who' if is_somebody else 'that'} {found['does']} {rest}"


def _participle(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-1]}ing"
    return f"{verb}{verb[-1]}ing" if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb) else f"{verb}ing"


def _after_film_word(words: list[str]) -> list[str]:
    """Behind "a short film about", or before "… video"; nothing when no word for a film is there."""
    film, link = banks.words("cues", "request", "film"), banks.words("cues", "request", "link")
    lead, manner = banks.words("cues", "request", "lead"), banks.words("cues", "request", "manner")
    for place, word in enumerate(words[:14]):
        if word.lower() not in film:
            continue
        behind = list(dropwhile(lambda w: w.lower() in manner, words[place + 1 :]))
        before = [w for w in words[:place] if w.lower() not in lead | manner | film]
        if behind and behind[0].lower() in film:
            continue
        if behind and (behind[0].lower() in link or _ELIDED.match(behind[0]) or _opens_clause(behind)):
            return _behind_link(behind)
        return before or _after_lead(behind)
    return []


def _opens_clause(words: list[str]) -> bool:
    return [word.lower() for word in words[:2]] == ["in", "which"]


def _behind_link(behind: list[str]) -> list[str]:
    link = banks.words("cues", "request", "link")
    first = behind[0].lower()
    rest = list(behind[1:])
    if elided := _ELIDED.match(behind[0]):
        return [f"l'{behind[0][elided.end() :]}", *rest]
    if first in ("in", "of") and rest and rest[0].lower() == "which":
        rest = rest[1:]
    if first in _FROM_ITALIAN and rest:
        return [_FROM_ITALIAN[first], *rest]
    while len(rest) > 1 and rest[0].lower() in link and rest[0].lower() not in ("die", "das", "des", "del"):
        rest = rest[1:]
    return rest


def _after_about(words: list[str]) -> list[str]:
    lowered = [word.lower() for word in words[:14]]
    return words[lowered.index("about") + 1 :] if "about" in lowered else []


def _after_lead(words: list[str]) -> list[str]:
    lead, manner = banks.words("cues", "request", "lead"), banks.words("cues", "request", "manner")
    articles = banks.words("cues", "request", "articles")
    rest = list(words)
    while rest and rest[0].lower() in lead - articles:
        rest = rest[1:]
    while len(rest) > 1 and rest[0].lower() in manner:
        rest = rest[1:]
    return rest


def _trimmed(words: list[str]) -> str:
    """Without words that lead nowhere at the end, and no longer than a title can carry."""
    function, manner = banks.words("cues", "request", "function"), banks.words("cues", "request", "manner")
    words = _ASIDE.sub("", " ".join(words)).split()
    words = [word.lower() if word.lower() in function else word for word in words]
    while words and (words[-1].lower() in function or (len(words) > 1 and words[-1].lower() in manner)):
        words = words[:-1]
    while len(words) > 1 and len(" ".join(words)) > MAX_CHARS:
        words = words[:-1]
    if not any(letter.isalpha() for letter in "".join(words)):
        return ""
    if {word.lower() for word in words} <= banks.words("cues", "request", "film") | function:
        return ""
    return " ".join(words)[:MAX_CHARS].strip(" ,.:;-'’")
