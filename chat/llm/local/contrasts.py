"""PURE: how somebody is not to look, and how instead ("don't make her grey, she is orange"), said as one plain wish."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.llm.local import cast
from chat.llm.local.film import Film

_POLITE = r"(?:(?:please|pls|plz|no|nope|wait|and|but|hey|bitte|nein)\b[,.! ]*)*"
_NOT_OF_SOMEBODY = (
    r"(?:music|song|sound|voice|narrator|narration|film|video|movie|title|captions?|subtitles?|scenes?|text|price|length|"
    r"script|style|picture|ending|beginning|musik|stimme|szene|titel)"
)
_THING = rf"the (?!{_NOT_OF_SOMEBODY}\b)[\w-]+"
_BUT = r"[,;.:!– -]+(?:(?:because|cause|cuz|coz|cos|bc|since|as|but|and|instead|rather|denn|sondern|aber)\b,? )*"
_OLD = r"(?P<old>[\w' -]{2,40}?)"
_NO_LOOK = r"(?:with|at|in|on|going|coming|here|there|too|not|very|really|supposed|a bit|already|fine|ok)\b"
_NEW = rf"(?P<new>(?!{_NO_LOOK})(?!.*\b(?:should|is|are|was|has|have|must)\b)[\w' ,-]{{2,60}})"
_NEXT = _NEW.replace("60}", "60}?")
_IS = r"(?:'s|s| is| are| was|'s got| has got| should be?| must be?| needs to be)"
_HAS = r"(?P<has> has| should have| has got|'s got)"
_IS_NOT = r"(?:(?: is|'s| should| must)? (?:not|never)(?: be)?|(?: isn'?t| ain'?t|s not)| shouldn'?t be| mustn'?t be)"
_LOOK = (
    r"(?:(?:light|dark|bright|pale|deep) )?(?:red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y|"
    r"ginger|golden|blonde?|beige|silver)"
    r"(?: and (?:red|orange|yellow|green|blue|purple|pink|brown|black|white|gr[ae]y))?|"
    r"(?:a (?:bit|little) |much |very )?(?:young|old|fat|thin|slim|skinny|tall|short|small|chubby|bald|"
    r"fluffy|furry|hairy)(?:er|ter)?"
)
_SHE = r"(?:she|he|they|<names>)"
_HER = r"(?:her|him|them|<names>)"
_THEIRS = r"(?:her|his|their|(?:<names>)'?s) [\w-]+"
_ONES = rf"(?:{_THEIRS}|{_THING})"
_FORMS = tuple(
    rf"{_POLITE}{form}[ .!]*"
    for form in (
        rf"(?:don'?t|do not|never|not) (?:make|draw|paint|show|have) (?P<who>{_HER}|{_ONES}) (?:be |look |as |so )?"
        rf"{_OLD}{_BUT}(?:{_SHE}|it|{_ONES})(?:{_HAS}|{_IS}) {_NEW}",
        rf"(?P<who>{_SHE}|{_ONES}){_IS_NOT} {_OLD}{_BUT}"
        rf"(?:(?:{_SHE}|it|{_ONES})(?:{_HAS}|{_IS})|make (?:{_HER}|it)) {_NEW}",
        rf"(?P<who>{_SHE}|{_ONES}){_IS_NOT} {_OLD},? but {_NEW}",
        rf"(?P<who>{_SHE}|{_ONES})(?:{_HAS}|{_IS}) {_NEXT},? (?:and |but )?not {_OLD}",
        rf"(?:make|draw|paint) (?P<who>{_HER}) {_NEXT},? (?:and |but )?not {_OLD}",
        rf"(?:make|draw|paint|turn) (?P<who>her|him) (?P<new>{_LOOK})",
        rf"(?P<who>{_SHE}|{_THEIRS}){_IS} (?P<new>{_LOOK})",
        rf"(?P<who>{_SHE}){_HAS} (?P<new>(?:an? )?(?:[\w-]+ ){{1,3}}(?:hair|eyes|fur|skin|beard|coat|nose|ears))",
    )
)
_GERMAN = tuple(
    rf"{_POLITE}{form}[ .!]*"
    for form in (
        rf"(?:mach\w*|mal\w*|zeichne?) (?P<who>sie|ihn|<names>) (?:bitte )?nicht (?:so )?{_OLD}{_BUT}(?:sie|er) (?:ist|"
        rf"soll) {_NEXT}(?: sein)?",
        rf"(?P<who>sie|er|<names>) (?P<has>hat|trägt) kein\w* {_OLD},? sondern (?:eine?n? )?{_NEW}",
        rf"(?P<who>sie|er|<names>) (?:ist|soll) nicht {_OLD}(?: sein)?,? sondern {_NEXT}(?: sein)?",
    )
)
MOST_WORDS = 16


def plainly(said: str, film: Film) -> str:
    """Return the wish for what is to be instead, of whom it is said; the sentence itself where it is none."""
    if (
        not film.script
        or len(said.split()) > MOST_WORDS
        or "?" in said
        or re.search(r"\bscene\b|\bszene\b", said, re.I)
    ):
        return said
    names = "|".join(re.escape(str(one["name"])) for one in film.characters) or r"(?!)"
    german = film.language == "de"
    text = " ".join(said.replace("’", "'").split())
    for form in _GERMAN if german else _FORMS:
        found = re.fullmatch(form.replace("<names>", names), text, re.IGNORECASE)
        if found and (who := _who(found, film)):
            has, new = found.groupdict().get("has"), found["new"].strip(" ,.")
            if german:
                return f"{who} {has} {_with_noun(new, found['old'])}" if has else f"mach {who} {new}"
            return f"{who} should {'have' if has else 'be'} {new}"
    return said


def _with_noun(new: str, old: str) -> str:
    """Return "weiße haare" for the "weiße" that is said behind "keine braunen haare"."""
    return new if " " in new else f"{new} {old.split()[-1]}"


def _who(found: re.Match[str], film: Film) -> str:
    """Return the name of the one who is meant, or the words for what is theirs or is seen; else nothing."""
    told = found["who"]
    word = told.lower()
    if word.startswith("the "):
        seen = " ".join(f"{scene['image_prompt']} {scene['video_prompt']}" for scene in film.scenes).lower()
        return told if re.search(rf"\b{re.escape(word[4:])}\b", seen) else ""
    if " " in word or any(str(one["name"]).lower() == word for one in film.characters):
        return told
    spoken = {"ihn": "he", "er": "he", "sie": "she"}.get(word, word)
    meant = cast.by_pronoun(spoken, film) or _who_is_so(found.groupdict().get("old"), film)
    if len(meant) == 1:
        return str(meant[0]["name"])
    return "" if film.language == "de" else {"her": "she", "him": "he", "them": "they"}.get(word, told)


def _who_is_so(old: str | None, film: Film) -> Sequence[cast.Profile]:
    """Return those who are as is denied, or all who could be: "her" in a film of animals."""
    told = re.findall(r"[\w-]{3,}", (old or "").lower())
    words = [_IN_ENGLISH.get(word, word) for word in told]
    so = [one for one in film.characters if any(word in str(one["image_prompt"]).lower() for word in words)]
    return so or list(film.characters)


_IN_ENGLISH = {
    "gray": "grey", "grau": "grey", "schwarz": "black", "weiß": "white", "braun": "brown", "rot": "red",
    "gelb": "yellow", "grün": "green", "blau": "blue", "blond": "blonde", "alt": "old", "jung": "young",
}  # fmt: skip
"""Characters are described in English, whatever the language of the film."""
