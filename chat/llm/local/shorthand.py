"""PURE: plain English for what people in a hurry write: abbreviations, lost apostrophes, slips of the finger."""

from __future__ import annotations

import re

WORDS = {
    "u": "you", "ur": "your", "r": "are", "n": "and", "pls": "please", "plz": "please", "plss": "please",
    "gonna": "going to", "wanna": "want to", "gimme": "give me", "lemme": "let me", "smth": "something",
    "sth": "something", "vid": "video", "vids": "videos", "pic": "picture", "pics": "pictures", "thx": "thanks",
    "ty": "thanks", "tysm": "thanks", "tho": "though", "nvm": "never mind", "idk": "", "teh": "the", "dont": "don't",
    "doesnt": "doesn't", "isnt": "isn't", "cant": "can't", "wont": "won't", "didnt": "didn't", "im": "i'm",
    "ive": "i've", "whats": "what's", "hows": "how's", "wheres": "where's", "whos": "who's", "lets": "let's",
    "thats": "that's", "musics": "music is", "lgtm": "looks good", "yup": "yes", "yea": "yes", "ya": "yes",
    "nah": "no", "nope": "no", "dude": "man", "dude's": "man's", "wtf": "what", "eta": "how long will it take",
    "omg": "", "lol": "", "hmm": "", "hm": "", "uh": "", "um": "", "oops": "", "btw": "",
    "shud": "should", "shld": "should", "shd": "should", "shuld": "should", "cud": "could", "cld": "could",
    "wud": "would", "wld": "would", "b4": "before", "abt": "about", "em": "them", "bc": "because", "cuz": "because",
    "coz": "because", "prob": "probably", "probs": "probably", "kinda": "kind of", "gotta": "have to", "tbh": "",
    "imo": "", "rn": "now", "asap": "", "ppl": "people", "bg": "background", "titel": "title", "tittle": "title",
}  # fmt: skip
SWAPPED = (
    "scene",
    "scenes",
    "night",
    "music",
    "slower",
    "faster",
    "darker",
    "voice",
    "video",
    "script",
    "style",
    "make",
    "change",
    "remove",
    "delete",
    "without",
)
"""Recognised with two neighbouring letters swapped; other slips would make other words of them."""
KNOWN = (
    "narrator", "narration", "subtitles", "captions", "vertical", "portrait", "landscape", "transition", "transitions",
    "regenerate", "soundtrack", "picture", "pictures", "seconds", "credits", "watercolor", "beginning", "language",
    "darker", "brighter", "everything", "should", "because", "without", "different", "instead", "background",
)  # fmt: skip
"""Long enough to be recognised with any one slip."""
OTHERS = (
    "second",
    "caption",
    "subtitle",
    "credit",
    "pictured",
    "captioned",
    "darken",
    "darkens",
    "brighten",
    "brightest",
)
"""Words of their own, a letter away."""
_WORD = re.compile(r"(?<![^\W\d_])(?:[a-z][a-z']*|b4)(?![^\W\d_])")
"""A whole one: not the "r" of "dafür"."""
_SCENE = re.compile(
    r"\b(?:scn?e?|secne|csene|scnee|sceen|cene|sene|scee|szne|szen|szeen|sezne|zene|"
    r"sz)\.? ?(?=#?\d)(?!\d+ ?(?:s|secs?|seconds?)\b)"
)
"""A scene before its number, as it is typed in a hurry."""
_WAY = re.compile(r"\b(?:way|waay+|soo+|heaps|loads|tons) (?=\w+er\b|too\b|more\b|less\b)")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
"""A letter that is held: "gooo", "sooo"."""
_POSSESSIVE = re.compile(r"\b(scene \d+)s\b")
_LINES = re.compile(r"(?<=\bin )(1080|720)(?![\w:.])")
_SWORN = re.compile(
    r"\b(?:tf|(?:the )?(?:hell|heck|f\W?ck)(?= (?:is|are|was|does|did|do|happened|should|can|would)\b)|on earth|"
    r"(?:f\W?ck|f)ing|freaking|friggin|bloody|goddamn(?:ed)?|damn|zum teufel|verdammt(?:e[nrms]?)?) (?=\w)",
    re.IGNORECASE,
)
"""It means nothing where a sentence goes on behind it."""


def spelled_out(text: str) -> str:
    """Spell out a text in lower case. What is between quotation marks is the user's own and stays as it is."""
    parts = re.split(r"([\"“„«].*?[\"”“»])", text)
    return "".join(part if place % 2 else _spelled_out(part) for place, part in enumerate(parts))


def without_oaths(text: str) -> str:
    """Return a text in whatever case without words that only vent ("who the hell is Tom")."""
    return _SWORN.sub("", text)


def _spelled_out(text: str) -> str:
    text = re.sub(r"(?<!\w)w/(o\b)?", lambda found: "without" if found[1] else "with ", _LINES.sub(r"\1p", text))
    text = re.sub(r"^(?:please )?stop(?= (?:i|we|no|i'm|it's|its|that's|thats) )", "stop,", text)
    text = _DRAWN_OUT.sub(r"\1", text)
    text = _WAY.sub("", _SCENE.sub("scene ", without_oaths(text)))
    words = _WORD.sub(lambda found: _mended(WORDS.get(found[0], found[0])), text)
    return _POSSESSIVE.sub(r"\1's", words)


def _mended(word: str) -> str:
    if len(word) < 4 or word in (*SWAPPED, *KNOWN, *OTHERS):
        return word
    meant = (known for known in SWAPPED if is_swapped(word, known))
    return next(meant, None) or next((known for known in KNOWN if is_a_slip(word, known)), word)


def is_swapped(word: str, known: str) -> bool:
    if len(word) != len(known):
        return False
    wrong = [place for place in range(len(word)) if word[place] != known[place]]
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and word[wrong[0]] + word[wrong[1]] == known[wrong[1]] + known[wrong[0]]
    )


def is_a_slip(word: str, known: str) -> bool:
    """One letter is missing, too many or another one, or two are swapped."""
    if abs(len(word) - len(known)) > 1 or word[0] != known[0]:
        return False
    if len(word) == len(known):
        return is_swapped(word, known) or sum(one != other for one, other in zip(word, known, strict=True)) == 1
    longer, shorter = (word, known) if len(word) > len(known) else (known, word)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
