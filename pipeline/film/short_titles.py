"""PURE: short titles: the subject of a text in about six words, without times and dates, as its language writes one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.film.german_nouns import NO_NOUN, as_written

MOST_WORDS = 8
MOST_BIG_WORDS = 6
"""Without articles, prepositions and joints."""
FEWEST_WORDS = 2
LONGEST = 60
"""Characters; of a language without spaces too."""
_WORDS = {
    "little": """a an the and or but nor as at by for from in into of off on onto out over per to up via with than""",
    "german": """der die das den dem des ein eine einen einem einer und oder in im am an auf aus bei beim mit nach von
        vom zu zum zur für""",
    "romance": """el la los las un una de del y en con por du le les des et au aux""",
    "before something": """about my our your his her its their who which that is are was were will has have
        über unter vor durch ohne um mein meine meinen unser unsere seine ihre sein ihr ist sind war
        para su sus dans sur pour avec""",
}
_LITTLE = frozenset(_WORDS["little"].split())
"""Have no capital within an English title."""
_NO_BIG_WORDS = _LITTLE | set(_WORDS["german"].split()) | set(_WORDS["romance"].split())
_LEADS_NOWHERE = _NO_BIG_WORDS | set(_WORDS["before something"].split())
_MONTH = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)"
)
_DAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?"
    r"|today|tonight|tomorrow|heute(?: abend)?|morgen (?:abend|früh)"
)
_CLOCK = (
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b\.?|o'clock|uhr)(?: ?\d\d)?|\d{1,2}:\d\d"
    r"|(?:noon|midnight)(?= (?:on|till|until))"
)
_DATE = (
    rf"\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of )?{_MONTH}\b\.?(?:,? \d{{4}})?|{_MONTH}\b\.? \d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?!\w)(?:,? \d{{4}})?|{_MONTH} \d{{4}}|\d{{1,2}}\.\d{{1,2}}\.(?:\d{{2,4}})?|\d{{4}}-\d\d-\d\d"
)
_NEAR = (
    r"(?:on|at|from|by|until|till|since|in|this|next|every|am|ab|um|seit|bis|jeden|diesen|nächsten|vom|den|kommenden)"
)
WHEN = re.compile(
    rf"(?:[\s,]+|^)(?:(?:{_NEAR}) )*(?:(?:{_DAY})\b|{_CLOCK}|{_DATE}|(?:in|im jahr|seit|since) (?:1[5-9]|20)\d\d\b"
    r"|(?:from|von) \d{4} (?:to|until|till|bis) (?:\d{4}|today|now|heute)"
    rf"|(?:this|next|diesen|nächsten) (?:{_MONTH}|week(?:end)?|month|year|jahr|monat)\b|in (?:this )?{_MONTH}$)"
    rf"(?: (?:morning|afternoon|evening|night|abend|vormittag|nachmittag)s?\b)?",
    re.IGNORECASE,
)
"""A time or a date, with the word before it."""
_BRACKETED = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]?")
_ASKED_BEHIND = re.compile(
    r"^.+?[,.;!] *(?:and |so |please )*(?:make|do|create|film|i want|we want|we need|i need|can you make|mach\w*)\b"
    r"[^,.;]*?\b(?:something|video|film|clip|movie|ad|was|etwas)\s+(?:about|über)\s+(?P<about>.+)$",
    re.IGNORECASE,
)
"""What it is for, and then what it is about."""
_LEAD = re.compile(
    r"^(?:(?:please )?(?:explain|show|tell(?: me)?|describe)(?: (?:us|me|to us))?(?: (?:about|that))?"
    r"|(?:and |so |hey |hi )*(?:we are|we're|i am|i'm)(?: soon| now)? (?:opening|launching|starting|selling|having|"
    r"celebrating|planning|throwing)|"
    r"(?:i|we) (?:run|own|opened|open|sell)"
    r"|wir (?:eröffnen|feiern|öffnen)|erklär\w*(?: mir| uns)?|zeig\w*(?: mir| uns)?) (?=\S)",
    re.IGNORECASE,
)
_AUDIENCE = re.compile(
    r"\s+(?:for|to) (?:\d+\w* ?-?graders?|kids|children|beginners|students|a class|"
    r"my class|(?:\w+ )?(?:year-olds?))\b.*$",
    re.I,
)
_RELATIVE = r"(?:der|die|das|den|dem|deren|dessen|wo|wie|dass|was|weil|wenn|que|qui)\s"
_COMMA = re.compile(rf"\s*[,;]\s(?!{_RELATIVE})|\s+[–—-]+\s")
_CLAUSE = re.compile(
    rf",\s{_RELATIVE}|\s+(?:who|which|that|where|when|because|while|although|whenever|so that|but)\s",
    re.IGNORECASE,
)
_CLAUSE_OF_GERMAN = re.compile(rf",\s{_RELATIVE}|^(?:wie|warum|wieso|weshalb|was|wer|wo|wann|woher|ob)\s", re.I)
"""Its verb stands at its end."""
_CALLED = re.compile(r"\b(?:called|named|namens) ((?:[A-ZÄÖÜ][\w'’&-]*(?: (?=[A-ZÄÖÜ]))?)+)")
_FROM_TO = re.compile(r"\bfrom (?:\S+ ){1,3}to \S+(?: \S+)?$", re.IGNORECASE)
_SOFT = re.compile(
    r"\s(?=(?:with|in|on|at|for|from|by|into|over|through|after|before|during|near|under|across|without|"
    r"and|und|mit|im|in|auf|bei|für|aus|nach|vor|am|ohne|durch|con|en|para|avec|dans|pour)\s)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^[^:]{3,40}\b(?:invitation|birthday|einladung|anniversary|announcement|memory of)$", re.IGNORECASE
)
_BEING = re.compile(r"^((?:[Mm]y|[Oo]ur|[Mm]eine?|[Uu]nsere?) (?:[\w-]+ )?[a-zäöü]\S+ [A-ZÄÖÜ][\w'’-]+)(?= )")
_APART = re.compile(r"(?<=\S)\s*:\s+")
_QUESTION = re.compile(
    r"^(?:what|why|how|who|where|when|was|warum|wie|wer|wo) (?:is|are|do|does|did|can|ist|sind)\b", re.I
)


def short_title(text: str, language: str = "en") -> str:
    """Return the title of what a text is about; of a language that has no spaces its first clause."""
    asked = _ASKED_BEHIND.match(text)
    plain = " ".join((asked["about"] if asked else text).split())
    is_asked = "?" in plain
    plain = re.split(r"(?<=[^\W\d][.!?])\s|(?<=[.!?]{2})\s|[?!。！？]", plain)[0]
    plain = WHEN.sub("", _AUDIENCE.sub("", _LEAD.sub("", _BRACKETED.sub("", plain), count=1)))
    title = _fitting(_headed(plain.strip(" .,:;–-!?")), language)
    mark = "?" if is_asked and _QUESTION.match(title) else ""
    return _as_title(title, language) + mark


def _headed(text: str) -> str:
    """Return what stands before a colon; with the first words behind it where the head alone says what it is, and not
    of whom."""
    head, *rest = _APART.split(text, maxsplit=1)
    if not rest:
        return text
    if _LABEL.match(head):
        return f"{head}: {_COMMA.split(rest[0])[0]}"
    return head if len(head.split()) >= FEWEST_WORDS or len(head) > 3 else rest[0]


def _fitting(text: str, language: str) -> str:
    """The text up to its first clause, then to a preposition: never cut within what belongs together."""
    kept = _whole(text)
    if _fits(kept):
        return kept if language != "de" or _CLAUSE_OF_GERMAN.search(kept) else _ended(kept.split(), language)
    if move := _FROM_TO.search(kept):
        return move[0]
    if being := _BEING.match(kept):
        return being[1]
    short, named = _up_to_a_preposition(kept, language), _CALLED.search(kept)
    return f"{named[1]}: {short}" if named and named[1] not in short else short


def _fits(text: str) -> bool:
    words = text.lower().split()
    return len(words) <= MOST_WORDS and sum(word not in _NO_BIG_WORDS for word in words) <= MOST_BIG_WORDS


def _whole(text: str) -> str:
    """The text up to its first comma; up to another clause where it is too long with that."""
    for clauses in (_COMMA, _CLAUSE):
        ends = (found.start() for found in clauses.finditer(text))
        text = (
            text
            if clauses is _CLAUSE and _fits(text)
            else next((text[:end] for end in ends if len(text[:end].split()) >= FEWEST_WORDS), text)
        )
    return text


def _up_to_a_preposition(text: str, language: str) -> str:
    """Cut the title before a preposition, or behind its verb in German."""
    verbs = re.finditer(r"\s(?=[a-zäöüß]+t\b)", text) if language == "de" else ()
    ends = [found.start() for found in _SOFT.finditer(text)]
    ends += [found.start() for found in verbs if NO_NOUN.fullmatch(text[found.end() :].split()[0])]
    fitting = [text[:end] for end in sorted(ends) if len(text[:end].split()) >= FEWEST_WORDS and _fits(text[:end])]
    return _ended(fitting[-1].split() if fitting else _first_words(text), language)


def _first_words(text: str) -> list[str]:
    words = text.split()
    return next((words[:count] for count in range(MOST_WORDS, 1, -1) if _fits(" ".join(words[:count]))), words[:1])


def _ended(words: Sequence[str], language: str) -> str:
    kept = list(words)
    while len(kept) > 1 and _leads_nowhere(kept[-1], language):
        kept.pop()
    return " ".join(kept)


def _leads_nowhere(word: str, language: str) -> bool:
    return word.lower().strip(",;:") in _LEADS_NOWHERE or (language == "de" and bool(NO_NOUN.fullmatch(word)))


def _as_title(text: str, language: str) -> str:
    short = text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0]
    short = short.strip(" .,:;–-")
    if language == "en":
        return title_case(short)
    written = as_written(short) if language == "de" else short
    return written[:1].upper() + written[1:]


def title_case(text: str) -> str:
    """English: "The Fall of the Berlin Wall"; a word that has a capital already stays as it is."""
    words = (text.lower() if text.isupper() and " " in text else text).split(" ")
    last = len(words) - 1
    return " ".join(
        word
        if place not in (0, last) and word.lower() in _LITTLE and not words[place - 1].endswith(":")
        else _cap(word)
        for place, word in enumerate(words)
    )


def _cap(word: str) -> str:
    if word != word.lower():
        return word
    return re.sub(r"(^\W?|-)([^\W\d_])", lambda found: found[1] + found[2].upper(), word)
