"""PURE: the words said in a prompt, between quotation marks: "Mia asks: “Are you lost?”", in several languages."""

from __future__ import annotations

import re

from pipeline.film.own_words.source import Turn

_VERBS = (
    r"says?|said|asks?|asked|answers?|answered|repl(?:y|ies|ied)|whispers?|whispered|shouts?|shouted|calls?|"
    r"sagt|fragt|antwortet|ruft|flüstert|dice|pregunta|responde|contesta|grita|susurra|dit|demande|répond|crie|"
    r"murmure|chiede|risponde|grida|diz|pergunta|zegt|vraagt|antwoordt|roept"
)
_ARTICLES = r"(?:the|a|an|der|die|das|ein|eine|el|la|los|las|un|una|le|les|une|il|lo|o|os|as|um|uma|de|het|een)"
_NOBODY = frozenset((
    "slogan", "sign", "text", "title", "narrator", "voice", "voiceover", "voice-over", "it", "he", "she", "they",
    "which", "that", "who", "and", "sprecher", "sprecherin", "erzähler", "erzählerin", "schild", "er", "sie", "es",
    "narrador", "narradora", "locutor", "ella", "él", "narrateur", "narratrice", "elle", "il", "narratore",
    "caption", "logo", "banner", "screen", "video", "film", "scene", "one", "everybody", "everyone", "someone",
))  # fmt: skip
_LOOKS = (
    r"(?:tiny|little|small|young|old|brave|shy|curious|lonely|clever|lost|happy|sad|grumpy|kind|red|blue|white|black|"
    r"golden|big|giant|magical|retired|alte[rs]?|kleine[rs]?|junge[rs]?|viej[oa]|vieux|vieille|petite?|vecchi[oa])"
)
_FORM = r"(?!(?:film|video|movie|story|short|clip|ad|advert|reel|kurzfilm|werbung|historia|película|histoire)\b)"
_SAYS = re.compile(
    rf"(?P<who>\b{_ARTICLES} (?:{_LOOKS} )?{_FORM}(?P<noun>[^\W\d_][\w'’-]+)|(?P<name>(?-i:[^\W\d_a-zà-ÿ])[\w'’-]*))"
    r"(?P<doing> [^\"“„«»\n.!?]{1,80}?(?= (?:and|und|y|et|e) ) (?:and|und|y|et|e))?"
    rf"[ ,]+(?:then |also |back |dann |luego |puis )?(?:{_VERBS})\b[^\"“„«»”\n.!?]{{0,30}}?[:,]?\s*"
    r"[\"“„«](?P<text>[^\"“”„«»]{1,300})[\"”“»]",
    re.IGNORECASE,
)
_IN_WHICH = re.compile(
    r"\b(?:where|in which|wherein|in dem|in der|in denen|donde|en (?:el|la) que|où|dans lequel)\s+$", re.IGNORECASE
)
_BEGINS = re.compile(r"\s*$|\s*[.!?…]|\s+[^\W\d_a-zà-ÿ]")
"""What follows a sentence: nothing, its stop, or another one's capital."""
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?…][\"”“»]?)\s*$")


def quoted_speech(prompt: str) -> tuple[tuple[Turn, ...], str]:
    """Return what people say in a prompt, in its order, and the prompt without it.

    Only words that somebody by name, or "the fox", is said to say: slogans, signs and narrators are not people.
    """
    turns: list[Turn] = []
    kept: list[str] = []
    at = 0
    for found in _SAYS.finditer(prompt):
        who = found["name"] or found["noun"]
        if who.casefold() in _NOBODY or not any(letter.isalnum() for letter in found["text"]):
            continue
        turns.append(Turn(who[0].upper() + who[1:], found["text"].strip()))
        kept.append(_without(prompt, at, found))
        at = found.end()
    rest = " ".join("".join([*kept, prompt[at:]]).split()).strip(" ,;:")
    return tuple(turns), _CONJUNCTION.sub("", rest)


_CONJUNCTION = re.compile(r"^(?:and|und|y|et|e) ", re.IGNORECASE)


def _without(prompt: str, at: int, found: re.Match[str]) -> str:
    """Return what stands before a speech, and who says it; a sentence that is nothing but the speech goes whole."""
    before = prompt[at : found.start()]
    if doing := found["doing"]:
        return before + found["who"] + doing.rsplit(" ", 1)[0]
    if _SENTENCE_ENDS.search(prompt[: found.start()]) and _BEGINS.match(prompt[found.end() :]):
        return before
    return _IN_WHICH.sub("about ", before) + found["who"]
