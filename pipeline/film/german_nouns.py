"""PURE: nouns that were typed without capitals, where the words around them tell that they are nouns."""

from __future__ import annotations

import re
from itertools import takewhile

_WORDS = {
    "articles": """der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner unser
        unsere unseren unserem unserer unsre unsren unsrem unserm unsern unsrer eure euren eurem
        dein deine deinen deinem deiner ihr ihre ihren ihrem ihrer sein seine seinen
        seinem seiner kein keine keinen zwei drei vier fünf viele alle diese dieser dieses diesen
        jeden jede jedes jeder jedem nen ne""",
    "with their article": "im am zum zur beim vom ins ans",
    "prepositions": "in auf an aus mit von zu bei nach über unter vor für ohne durch um gegen hinter namens",
    "joints": "und oder wo weil wenn dass",
    "no nouns": """mir mich dir dich uns euch ihm ihn ihr ihnen sie es alle alles allen beide oben unten hinten vorne
        vorn außen innen hier dort da heute morgen gestern jetzt deutsch englisch allein einander hause was wen wem
        man nichts etwas mehr weniger lustig schön kurz wie warum wieso weshalb woher wo wer wann ob dass""",
}
ARTICLES = frozenset(_WORDS["articles"].split())
_EDGES = ARTICLES | {word for kind in ("with their article", "prepositions", "joints") for word in _WORDS[kind].split()}
"""A noun stands between two of these, or at an end."""
_IS_SMALL = re.compile(r"[a-zà-ÿ-]{2,}")
_HOURS = frozenset({"morgen", "abend", "mittag"})
"""Nouns behind an article alone: "jeden Morgen", and "morgen früh"."""
_SMALL = _EDGES | frozenset(_WORDS["no nouns"].split())


def with_capitals(phrase: str) -> str:
    """The phrase as German writes it, as far as can be told; one that has a capital already stays as it is."""
    words = phrase.split()
    if any(word[:1].isupper() for word in words) or not words:
        return phrase
    return " ".join(word[:1].upper() + word[1:] if _is_noun(words, place) else word for place, word in enumerate(words))


def _is_noun(words: list[str], place: int) -> bool:
    word, before = words[place], words[place - 1] if place else ""
    behind = words[place + 1] if place + 1 < len(words) else ""
    if before in _DETERMINERS and word in _HOURS:
        return True
    if not _IS_SMALL.fullmatch(word) or word in _SMALL or _is_relative(words, place - 1):
        return False
    is_counted = bool(re.match(r"\d+\.?$", before)) and not NO_NOUN.fullmatch(word)
    opens = not before or before in _EDGES or is_counted
    return opens and (not behind or behind in _EDGES)


def _is_relative(words: list[str], place: int) -> bool:
    """ "ein Hund, der fliegt"."""
    return place > 0 and words[place] in ARTICLES and words[place - 1].endswith(",")


_DETERMINERS = ARTICLES - {"ihr", "alle"} | set(_WORDS["with their article"].split())
_ENDED_LIKE_ADJECTIVES = re.compile(r"\w+(?:e|en|er|es|em|ste|sten)$|\d+\.$")
NO_NOUN = re.compile(
    r"(?:er|ich|du|wir|ist|sind|war|hat|haben|wird|kann|will|muss|soll|nicht|auch|sich|so|sehr|ganz|noch|schon|nur|"
    r"\w+(?<!stad)(?<!wel)(?<!mark)(?<!nach)(?<!zei)(?<!schaf)(?<!hei)(?<!kei)(?<!itä)(?<!diens)(?<!or)(?<!luf)(?<!kraf)"
    r"(?<!kuns)(?<!gas)(?<!bro)(?<!boo)(?<!hu)(?<!licht)(?<!geschäf)(?<!projek)(?<!konzer)(?<!fes)(?<!restauran)(?<!angs)"
    r"(?<!garte)(?<!her)(?<!bus)(?<!herbs)(?<!elefan)(?<!stat)(?<!d)t)"
)
"""A verb or a little word behind a noun: "sucht", "feiert"; no noun that ends like one ("Stadt")."""

_NO_NAME = re.compile(r"\w+(?:en|te)|kam|ging|sah|fand|lief|saß|stand|gab|nahm|blieb|schlief|rief|zog")


def as_written(phrase: str) -> str:
    """The phrase with its nouns in capitals, also where some of them have theirs already, or a verb is in it."""
    words = phrase.split()
    if words and not any(word[:1].isupper() for word in words[1:]):
        first = words[0][:1].lower() + words[0][1:]
        small = with_capitals(" ".join([first, *words[1:]])).split()
        words = [words[0] if words[0][:1].isupper() else small[0], *small[1:]]
    for place, word in enumerate(words):
        if word.lower() in _DETERMINERS and not (place and words[place - 1].endswith(",")):
            words = _with_noun(words, place + 1)
    return " ".join(words)


def is_typed_small(text: str) -> bool:
    """True where the writer leaves out the capitals of nouns: none has one, or few have theirs and many lack it."""
    if not re.search(r"\s\W*[A-ZÄÖÜ]", text):
        return True
    words = text.split()
    behind = [at + 1 for at, word in enumerate(words[:-1]) if word.lower() in _DETERMINERS]
    lacking = sum(_with_noun(words, at) != words for at in behind)
    return lacking > 2 * sum(words[at][:1].isupper() for at in behind)


def _with_noun(words: list[str], start: int) -> list[str]:
    """Give a capital to the noun behind an article: behind its adjectives, before a verb or a little word."""
    at = start
    while at + 1 < len(words) and _ENDED_LIKE_ADJECTIVES.fullmatch(words[at]) and _may_be_noun(words[at + 1]):
        at += 1
    is_superlative = words[start - 1].lower() == "am" and words[at : at + 1] and words[at].endswith("sten")
    behind = takewhile(lambda word: word.lower() not in _EDGES and not word.isdigit(), words[start : at + 3])
    has_one = any(word[:1].isupper() for word in behind)
    if has_one or is_superlative or not _may_be_noun(" ".join(words[at : at + 1])):
        return words
    end = at + 1 + _is_name(words, at + 1)
    return [*words[:at], *(word[:1].upper() + word[1:] for word in words[at:end]), *words[end:]]


def _is_name(words: list[str], at: int) -> bool:
    """ "meine Bäckerei müller in Köln"."""
    is_last = at + 1 >= len(words) or words[at + 1].lower() in _EDGES
    return at < len(words) and is_last and _may_be_noun(words[at]) and not _NO_NAME.fullmatch(words[at])


def _may_be_noun(word: str) -> bool:
    plain = word.strip(",.!?").lower()
    return bool(_IS_SMALL.fullmatch(plain)) and plain not in _SMALL and not NO_NOUN.fullmatch(plain)
