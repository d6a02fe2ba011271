"""PURE: characters as people speak of them in any language: who is meant, how they look, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from chat.llm.local import leftover_words
from chat.llm.local.appearance import become, coloured, uncoloured, with_look
from chat.llm.local.film import Film
from chat.llm.local.mentions import NOT_NAMES, TOKEN, Likeness
from chat.llm.local.steps import Understood, step

ALIKE = 0.6
WITHOUT = (
    r"\b(?:without|no|not|ohne|keine?n?|sin|sans|pas de|senza|sem|zonder|geen|instead of|statt|anstelle|en vez de|"
    r"au lieu de|invece di|em vez de)\b"
)
CALLED = (
    r"\b(?:called|named|name(?:'s| is| should be)?|renamed?|call|hei(?:ß|ss)t|hei(?:ß|ss)en|"
    r"nenn(?:e|t)?|namens|se llama|llámal[ao]|"
    r"s'appelle|appelle|si chiama|chiamal[ao]|se chama|chama|heet|noem)\b"
)
SHE, HE = (
    r"\b(?:she|shes|her|woman|girl|lady|sie|ihr|frau|mädchen|ella|elle|lei|ela|zij|haar)\b",
    (r"\b(?:he|hes|his|him|man|boy|guy|er|ihm|ihn|sein|mann|junge|él|il|lui|ele|hij|hem)\b"),
)
WOMAN = (
    r"\b(?:\w*woman|girl|lady|grandmother|grandma|mother|mum|mom|sister|daughter|aunt|queen|princess|wife|\w*frau|"
    r"mädchen)\b"
)
MAN = (
    r"\b(?:(?!\w*woman\b)\w*man|boy|guy|grandfather|grandpa|father|dad|brother|son|uncle|king|prince|husband|\w*mann|"
    r"junge)\b"
)
_SHE_SAID, _HE_SAID = r"\b(?:she|shes|her|hers)\b", r"\b(?:he|hes|his|him|ihm|ihn)\b"
Profile = Mapping[str, Any]


def look(said: str, film: Film, likeness: Likeness) -> Understood:
    """Describe the one who is meant anew; what they are to be without goes."""
    who = meant(said, film, likeness)
    if len(who) != 1:
        return ask_who(film)
    profile = who[0]
    text = leftover_words.described(_without_name(said, profile["name"]))
    if not text:
        return Understood()
    text = coloured(_RATHER.sub(r"\1", text))
    if other := become(str(profile["image_prompt"]), text):
        return Understood((step("describe_character", name=profile["name"], image_prompt=other),))
    old = uncoloured(_without(profile["image_prompt"], said, likeness), text)
    return Understood((step("describe_character", name=profile["name"], image_prompt=with_look(old, text)),))


_RATHER = re.compile(
    r"^keine?n? (?:[\w-]+ ){1,3}?(?:tragen|haben|anhaben)?,? ?sondern (?:einen? |eine )?(.+?)(?: tragen|"
    r" haben)?$",
    re.IGNORECASE,
)
"""In place of what somebody is not to wear: "keine Jacke, sondern einen Mantel"."""


def name(said: str, film: Film) -> Understood:
    """Give another name to the one who is meant: the one who is called by an old name, or the only one it can be."""
    new = _new_name(said, film)
    if not new:
        return Understood()
    who = [one for one in film.characters if _is_in(one["name"], said)] or _by_gender(said, film)
    if len(who) != 1:
        return ask_who(film)
    return Understood((step("describe_character", name=who[0]["name"], new_name=new),))


def meant(said: str, film: Film, likeness: Likeness) -> list[Profile]:
    """Find whom words mean: by name, by what they are ("the fisherman"), or as "he" and "she"."""
    if named := [one for one in film.characters if _is_in(one["name"], said)]:
        return named
    words = [word for word in TOKEN.findall(said.lower()) if len(word) > 2 and word not in NOT_NAMES]
    if not any(word in _head(one)[-1:] for one in film.characters for word in words) and (
        one := by_pronoun(said, film)
    ):
        return one
    scores = [_likest(words, _head(one), likeness) for one in film.characters]
    best = [one for one, score in zip(film.characters, scores, strict=True) if score >= ALIKE and score == max(scores)]
    return best or _by_gender(said, film)


def by_pronoun(said: str, film: Film) -> list[Profile]:
    """Return the characters that "she" or "he" can be by their descriptions; none where both are said."""
    is_she, is_he = bool(re.search(_SHE_SAID, said.lower())), bool(re.search(_HE_SAID, said.lower()))
    if is_she == is_he:
        return []
    women = [one for one in film.characters if re.search(WOMAN, one["image_prompt"].lower())]
    men = [one for one in film.characters if one not in women and re.search(MAN, one["image_prompt"].lower())]
    return women if is_she else men


def _by_gender(said: str, film: Film) -> list[Profile]:
    is_she, is_he = bool(re.search(SHE, said.lower())), bool(re.search(HE, said.lower()))
    if is_she == is_he:
        return list(film.characters) if len(film.characters) == 1 else []
    wanted = SHE if is_she else HE
    return [one for one in film.characters if re.search(wanted, one["image_prompt"].lower())] or (
        [one for one in film.characters if not re.search(HE if is_she else SHE, one["image_prompt"].lower())]
    )


def ask_who(film: Film) -> Understood:
    names = [one["name"] for one in film.characters]
    if not names:
        return Understood()
    return Understood(words=film.say("ask.who", names=film.listed(names, "lists.or")), suggestions=tuple(names))


def _likest(words: Sequence[str], others: Sequence[str], likeness: Likeness) -> float:
    return max((value for row in likeness(words, others) for value in row), default=0.0)


def _head(profile: Profile) -> list[str]:
    """Return what they are: the words before "with"."""
    text = re.sub(r"^[^:.]{0,60}: *", "", profile["image_prompt"].lower())
    head = re.split(r"\b(?:with|in|who|wearing|mit|con|avec)\b|[.,]", text)[0]
    return [word for word in TOKEN.findall(head) if len(word) > 2 and word not in NOT_NAMES]


def _is_in(name: str, said: str) -> bool:
    return re.search(rf"\b{re.escape(name)}(?:'?s)?\b", said, re.IGNORECASE) is not None


_OF_THEM = re.compile(
    r"^\W*(?:(?:please|can you|could you|and|but) )*(?:make|give|put|dress|let|have) (?:him|her|them)\b"
    r"(?: (?:in|look|be|wear|have))? ?",
    re.IGNORECASE,
)


def _without_name(said: str, name: str) -> str:
    said = _OF_THEM.sub("", said)
    text = re.sub(rf"\b(?:the |o |el |il |der |die )?{re.escape(name)}(?:'s|s)?\b[ ,:]*", "", said, flags=re.IGNORECASE)
    return re.sub(
        r"^\W*(?:(?:she|he|er|sie)(?:'s|s)?\b ?)?"
        r"(?:(?:should|must|needs(?: to)?|gets|wants(?: to)?|braucht|has to|is|soll(?:te)?|"
        r"muss|kriegt|bekommt|trägt|debe(?:ría)?|podia|devia|"
        r"devrait|dovrebbe)\b ?(?:be|have|wear|sein|haben|tragen|llevar|usar|porter|portare)?\b ?)+", "", text,
        flags=re.IGNORECASE,
    )  # fmt: skip


def _without(look: str, said: str, likeness: Likeness) -> str:
    """The look without what stands behind "without" or "instead of" in the sentence."""
    gone = " ".join(found[1] for found in re.finditer(rf"{WITHOUT}((?:[ ,]+\w+){{1,3}})", said.lower()))
    return without_what_is_alike(look, gone, likeness)


def without_what_is_alike(look: str, gone: str, likeness: Likeness) -> str:
    """The look without its parts that are about what is to go, in whatever language that is said."""
    words = [word for word in TOKEN.findall(gone.lower()) if len(word) > 2 and word not in NOT_NAMES]
    parts = re.split(r"(?=\b(?:with|wearing|in|and|mit|con|avec)\b (?:an? |the )?)|(?<=,) ", look)
    kept = [
        part for part in parts if part is parts[0] or _likest(words, TOKEN.findall(part.lower())[1:], likeness) < ALIKE
    ]
    return "".join(kept).rstrip(" ,") if words else look


def is_alike(said: str, profile: Profile, likeness: Likeness) -> bool:
    """Tell whether words are like what somebody is: "el pescador" for a fisherman."""
    return _likest(TOKEN.findall(said.lower()), _head(profile), likeness) >= ALIKE


def _new_name(said: str, film: Film) -> str:
    known = {one["name"].lower() for one in film.characters}
    before = re.search(r"\b(?P<name>[A-ZÄÖÜ][\w'’-]+) (?:heißen|genannt werden)\b", said)
    if before and before["name"].lower() not in known:
        return before["name"]
    for found in re.finditer(rf"(?i:{CALLED})(?P<behind>[^,.;!?]*)", said):
        for several in _CAPITALS.finditer(found["behind"]):
            words = [word for word in several[0].split() if word.lower() not in known]
            if words:
                return " ".join(words)
    return ""


_CAPITALS = re.compile(r"\b[A-ZÄÖÜÉ][\w'’-]*(?: [A-ZÄÖÜÉ][\w'’-]*){0,2}")


def by_role(role: str, film: Film) -> str:
    """Return the name of the only one who is called so, or is this; empty where none or several are."""
    names = [str(one["name"]) for one in film.characters if role.lower() in (one["name"].lower(), *_head(one))]
    return names[0] if len(names) == 1 else ""
