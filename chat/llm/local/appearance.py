"""PURE: changes of a character's looks: what is added to its description, what is replaced, and what is gone."""

from __future__ import annotations

import re

COUNTED = (
    r"(hair|eyes|coat|jacket|hat|scarf|dress|shirt|beard|glasses|skin|fur|collar|boots|trousers|sweater|"
    r"caps?|cape|vest|apron|tie|shoes|gloves|belt|helmet|crown|shawl|cloak|suit|gown|sunglasses|moustache|mustache|raincoat)"
)
NOT = r"(?:and not|not|no longer|instead of|rather than|without|no|and no|no more|never)\b"
_APART = re.compile(
    rf"(?:,|\bbut|\band)? *\b{NOT} (?:the |an? |her |his |its |in )?([\w -]+?)(?=,| and (?:an? |the )?\w| but |$)"
)
_COLOUR = (
    r"(?:black|white|brown|blonde?|red|grey|gray|silver|golden|dark|light|auburn|ginger|tan|beige|green|blue|pink|purple|yellow|"
    r"orange|copper|chestnut|brunette|platinum)"
)
_SIZE = r"(?:long|short|shoulder-length|medium|big|small|large|tiny|huge|thick|thin)"
_FORM = r"(?:curly|straight|wavy|braided|messy|round|pointed|striped|plain|tied|shaved)"
_KINDS = (_COLOUR, _SIZE, _FORM)
_OF_HAIR = {
    "blonde": "blonde",
    "blond": "blond",
    "brunette": "brown",
    "redhead": "red",
    "red-haired": "red",
    "ginger": "ginger",
}


_AGED = re.compile(
    r"(?P<how>younger|older),? (?:(?:like|about|around|maybe|say|so|to be)[ ,]*)*"
    r"(?P<years>\d{1,2})(?: years?(?: old)?)?",
    re.IGNORECASE,
)
"""An age in years behind the wish for another one: "younger, like 25"."""


def with_look(prompt: str, look: str) -> str:
    """The look in the first sentence of a profile, in place of another of the same kind ("silver hair"); what is said
    not to be is taken out."""
    if aged := _AGED.fullmatch(look.strip(" .!")):
        return f"{_aged(prompt, aged['how']) or prompt}, about {aged['years']} years old"
    unwanted = [found[1].strip() for found in _APART.finditer(look)]
    wanted = _APART.sub("", look).strip(" ,")
    wanted = f"{_OF_HAIR[wanted]} hair" if wanted in _OF_HAIR else wanted
    for thing in unwanted:
        prompt = _without(prompt, thing)
    if not wanted:
        return prompt
    if other := _aged(prompt, wanted) or become(prompt, wanted) or _recoloured(prompt, wanted):
        return other
    if part := re.search(rf"\b{COUNTED}\b", wanted):
        changed = _in_place(prompt, wanted, part[1])
        if changed != prompt:
            return changed
    head, dot, rest = uncoloured(prompt, wanted).partition(". ")
    return f"{head.rstrip(' .,')}, {wanted}{dot}{rest}"


def told(profile: str) -> str:
    """Return what somebody looks like, without what else a profile says of its picture."""
    head, colon, look = profile.partition(". ")[0].partition(": ")
    return look if colon else head


_COLOURED = re.compile(
    rf"(?:all |more )?{_COLOUR}(?:(?:,| and|-| or)? ?{_COLOUR})*(?=$|,| (?:like|with|all over|border|dog|cat|horse|"
    r"pony|collie|terrier|retriever|labrador|poodle|spaniel|shepherd|fur|one)\b)",
    re.IGNORECASE,
)
"""Of a wish that says which colour somebody is."""
_OF_A_COLOUR = re.compile(
    rf"(\b[Aa])n? {_COLOUR}(?:(?: and |-){_COLOUR})* (?=(?:[\w'-]+ ){{0,2}}?[\w'-]+(?: with\b| in\b|,|\.|$))"
)


def uncoloured(prompt: str, wanted: str) -> str:
    """The look without the colour that somebody is, where they are to be of another: "a golden-brown dog" is a dog."""
    return _OF_A_COLOUR.sub(r"\1 ", prompt, count=1) if _COLOURED.match(wanted) else prompt


def _recoloured(prompt: str, wanted: str) -> str:
    """ "An orange cat" that is to be white is a white cat; nothing where no colour of the whole of it is said."""
    if not re.fullmatch(rf"(?:all )?{_COLOUR}(?: and {_COLOUR})?", wanted, re.IGNORECASE):
        return ""
    changed = _OF_A_COLOUR.sub(lambda found: f"{_article(found[1], wanted)} {wanted} ", prompt, count=1)
    return changed if changed != prompt else ""


def _article(article: str, word: str) -> str:
    return f"{article}n" if re.match(r"[aeiou]", word, re.IGNORECASE) else article


_AGE = r"(?:very |so |that )?(?:old|elderly|young|middle-aged)"
_AGES = {
    "young": r"\b(an?|the) (?:very )?(?:old|older|elderly|aged|middle-aged)\b",
    "old": r"\b(an?|the) (?:very )?(?:young|younger|youthful|middle-aged)\b",
}


def _aged(prompt: str, wanted: str) -> str:
    """ "An old woman" made younger is "a younger woman"; nothing where no other age is said."""
    age = re.fullmatch(r"(?:very |much |a (?:bit|little) |a lot |somewhat )?((young|old)(?:er)?)", wanted)
    found = re.search(_AGES[age[2]], prompt, re.IGNORECASE) if age else None
    if not age or not found:
        return ""
    article = found[1] if found[1].lower() == "the" else found[1][0] + ("n" if age[2] == "old" else "")
    return f"{prompt[: found.start()]}{article} {age[1]}{prompt[found.end() :]}"


_SOMEBODY = re.compile(
    r"(?:into |to |zu |in )?(?P<one>(?:an?|einem|einer|einen|eine|ein) )?(?P<what>(?:[\w'-]+,? ){0,4}?"
    r"(?:woman|man|girl|boy|lady|guy|kid|child|teenager|frau|mann|mädchen|junge|cat|kitten|dog|puppy|horse|pony|"
    r"rabbit|bunny|bird|parrot|lion|tiger|bear|fox|wolf|mouse|hamster|pig|cow|katze|kater|hund|pferd|hase))",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"(?:into|zu|in) (?:an?|einem|einer|einen|eine|ein) (?P<what>[\w'-]+(?: [\w'-]+){0,4})", re.IGNORECASE
)
"""Into something else: what they were is gone, clothes and all."""
_HEAD = re.compile(
    r"^(?P<name>[^:.]{0,60}: *)?(?:an?|the|one|two) [^,.]*?(?=(?: with| in| wearing| who)\b|,|\.|$)", re.IGNORECASE
)
"""The words that say what somebody is, before what they wear."""


_PAINTED = re.compile(
    rf"(?:change|make|turn|paint|colou?r|dye)? ?(?:the |her |his |its )?(?P<thing>{COUNTED[1:-1]}|[\w'-]+) "
    rf"(?:to |into |should be |must be |in )?(?:in )?(?P<colour>{_COLOUR}(?: and {_COLOUR})?)",
    re.IGNORECASE,
)


def coloured(wanted: str) -> str:
    """ "Change coat to red" is a red coat."""
    found = _PAINTED.fullmatch(wanted)
    return f"{found['colour']} {found['thing']}" if found else wanted


def become(prompt: str, wanted: str) -> str:
    """Return the description of somebody who is to be another: "a black-haired young woman", or a dachshund."""
    turned, somebody = _TURNED.fullmatch(wanted), _SOMEBODY.fullmatch(wanted)
    found, other = _HEAD.match(prompt), turned or somebody
    if found is None or other is None:
        return ""
    what = other["what"]
    article = "an" if re.match(r"[aeiou]", what, re.IGNORECASE) else "a"
    tail = "" if turned and not somebody else prompt[found.end() :]
    return f"{found['name'] or ''}{article} {what}{tail}"


def _in_place(prompt: str, look: str, part: str) -> str:
    """Change a look of the same kind, and keep what the new one does not mention: "long brown hair" with "red hair"."""
    word = r"(?!and\b|with\b|an?\b|the\b|in\b|of\b|her\b|his\b)[\w-]+"

    def changed(found: re.Match[str]) -> str:
        said = [kind for kind in _KINDS if re.search(rf"\b{kind}\b", look)]
        kept = [one for one in found[1].split() if (kind := _kind_of(one)) and kind not in said]
        is_plain = said and not re.search(r"\band\b|,", look)
        return " ".join([*(kept if is_plain else []), look])

    return re.sub(rf"\b((?:{word} ){{1,3}})(?:rain|over|top)?{part}\b", changed, prompt, count=1, flags=re.IGNORECASE)


def _kind_of(word: str) -> str:
    return next((kind for kind in _KINDS if re.fullmatch(kind, word.lower())), "")


def _without(prompt: str, thing: str) -> str:
    """Leave the thing out where the description has it; otherwise say that it is not there."""
    *adjectives, noun = thing.split()
    if re.fullmatch(_AGE, thing, re.IGNORECASE):
        return re.sub(rf"\b{re.escape(thing)} (?=[\w-])", "", prompt, count=1, flags=re.IGNORECASE)
    if _kind_of(noun) or noun in _OF_HAIR:
        return prompt
    if adjectives and all(map(_kind_of, adjectives)):
        return re.sub(rf"\b(?:{'|'.join(adjectives)}) (?=(?:[\w-]+ ){{0,2}}{re.escape(noun)}\b)", "", prompt)
    named = rf"(?:an? |the |her |his )?(?:(?!and\b|with\b|in\b|of\b)[\w-]+ ){{0,2}}?{re.escape(thing)}\b"
    only = re.sub(rf",? (?:with|wearing|in) {named}(?! and|,)", "", prompt, count=1, flags=re.IGNORECASE)
    if only != prompt:
        return only
    for pattern in (rf",? and {named}", rf"{named}(?:,? and |, )", rf", {named}"):
        left = re.sub(pattern, "", prompt, count=1, flags=re.IGNORECASE)
        if left != prompt:
            return left
    head, dot, rest = prompt.partition(". ")
    return f"{head.rstrip(' .,')}, without {thing}{dot}{rest}"
