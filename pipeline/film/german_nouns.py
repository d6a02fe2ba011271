"""PURE: nouns that were typed without capitals, where the words around them tell that they are nouns."""

from __future__ import annotations

import re

_WORDS = {
    "articles": """der die das den dem des ein eine einen einem einer eines mein meine meinen meinem meiner unser
        unsere unseren unserem unserer dein deine deinen deinem deiner ihr ihre ihren ihrem ihrer sein seine seinen
        seinem seiner kein keine keinen zwei drei vier fünf viele alle diese dieser dieses diesen""",
    "with their article": "im am zum zur beim vom ins ans",
    "prepositions": "in auf an aus mit von zu bei nach über unter vor für ohne durch um gegen hinter",
    "joints": "und oder",
    "no nouns": """mir mich dir dich uns euch ihm ihn ihr ihnen sie es alle alles allen beide oben unten hinten vorne
        vorn außen innen hier dort da heute morgen gestern jetzt deutsch englisch allein einander hause was wen wem
        man nichts etwas mehr weniger lustig schön kurz wie warum wieso weshalb woher wo wer wann ob dass""",
}
ARTICLES = frozenset(_WORDS["articles"].split())
_EDGES = ARTICLES | {word for kind in ("with their article", "prepositions", "joints") for word in _WORDS[kind].split()}
"""A noun stands between two of these, or at an end."""
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
    if not re.fullmatch(r"[a-zäöüß-]{2,}", word) or word in _SMALL or _is_relative(words, place - 1):
        return False
    opens = not before or before in _EDGES or bool(re.match(r"\d+\.?$", before))
    return opens and (not behind or behind in _EDGES)


def _is_relative(words: list[str], place: int) -> bool:
    """ "ein Hund, der fliegt"."""
    return place > 0 and words[place] in ARTICLES and words[place - 1].endswith(",")
