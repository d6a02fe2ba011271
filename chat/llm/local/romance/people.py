"""PURE: how somebody looks and is called in the film, and who leaves it, said in a Romance language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.local import cast
from chat.llm.local.appearance import with_look
from chat.llm.local.film import Film
from chat.llm.local.mentions import TOKEN, Likeness
from chat.llm.local.romance.words import as_said, bare, has, pattern
from chat.llm.local.steps import Understood, step

MOST_WORDS_OF_SOMEBODY, MOST_WORDS_OF_A_LOOK = 4, 12
_OLD = r"(?:,? (?:<<instead>>)(?P<old>.+))?$"
_LOOKS = (
    rf"^(?:<<so_that>> )(?P<who>.+?) <<have>> (?P<look>.+?){_OLD}",
    rf"^(?:<<so_that>> )?(?P<who>.+?) <<should>> <<have>> (?P<look>.+?){_OLD}",
)
_GIVEN = (
    r"^(?:<<add>>|<<give>>) (?P<look>(?:<<a>>) ?.+?) (?:<<to>>)(?P<who>[\w'-]+)$",
    r"^(?:<<add>>|<<give>>) (?:<<to>>)(?P<who>[\w'-]+) (?P<look>(?:<<a>>) ?.+)$",
)
_EXCHANGED = r"^<<swap>> (?:<<the>>)?(?P<old>.+?) (?:<<of>>)(?P<who>[\w'-]+) (?:<<by>>) (?P<look>.+)$"
_NAMES = (
    r"^<<named>> (?P<new>[\w'-]+) (?:<<to>>)(?P<who>.+)$",
    r"^<<named>> (?:<<to>>)?(?P<who>.+?) (?:de |come |como |comme )?(?P<new>[\w'-]+)$",
    r"^(?:<<change>>) <<name>> (?:<<of>>|<<to>>)(?P<who>.+?) <<title_into>> (?P<new>[\w' -]+)$",
    r"^(?:<<so_that>> )?(?P<who>.+?) (?:<<should>> )?<<is_named>> (?P<new>[\w' -]+)$",
)
_GONE = r"^<<remove>> (?:<<to>>)?(?:<<the>>)?(?P<who>[\w' -]+?)(?: <<film>>)?$"
_KEPT = r"^(?:<<no>>) ?(?:<<remove>>|<<do_not_remove>>)\b"
_NOT_WORN = r"^(?P<who>.+?) (?:<<no>>) ?<<should>> (?:pas )?<<have>> (?:<<the>>|<<of>>)?(?P<gone>.+)$"
_NO_LOOK = re.compile(
    r"^(?:mied|frio|hambre|sueno|razon|cuidado|peur|froid|faim|raison|sommeil|l'air|paura|freddo|fame|ragione|"
    r"sonno|medo|frio|fome|razao|sono)\b"
)


def heard(text: str, film: Film, likeness: Likeness) -> Understood:
    told = bare(text)
    if re.search(r"\d", told) or '"' in told or "«" in told or "“" in told:
        return Understood()
    if (kept := pattern(_KEPT, film.language).match(told)) and _by_name(told[kept.end() :].strip(), film):
        return Understood(words=film.say("talk.kept"))
    return (
        _leaving(told, film)
        or _named(text, told, film, likeness)
        or _exchanged(text, told, film, likeness)
        or _not_worn(text, told, film, likeness)
        or _looking(text, told, film, likeness)
    )


def _leaving(told: str, film: Film) -> Understood:
    found = pattern(_GONE, film.language).match(told)
    who = _by_name(found["who"], film) if found else None
    return Understood((step("remove_character", name=who["name"]),)) if who else Understood()


def _named(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    """Return another name for somebody: it has a capital, as names have."""
    for form in _NAMES:
        found = pattern(form, film.language).match(told)
        new = as_said(found, "new", text) if found else ""
        if found and new[:1].isupper() and (who := _somebody(found["who"], film, likeness)) and who["name"] != new:
            return Understood((step("describe_character", name=who["name"], new_name=new),))
    return Understood()


def _looking(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    for form in (*_LOOKS, *_GIVEN):
        found = pattern(form, film.language).match(told)
        if found is None or not _is_look(found["look"], film.language):
            continue
        who = _by_name(found["who"], film) if form in _GIVEN else _somebody(found["who"], film, likeness)
        if who is not None:
            return _described(who, as_said(found, "look", text), found.groupdict().get("old") or "", likeness, film)
    return Understood()


def _not_worn(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    """Leave out what somebody is not to have, or say that it is not there."""
    found = pattern(_NOT_WORN, film.language).match(told)
    who = _somebody(found["who"], film, likeness) if found else None
    if found is None or who is None or not _is_look(found["gone"], film.language):
        return Understood()
    prompt, gone = str(who["image_prompt"]), as_said(found, "gone", text)
    kept = cast.without_what_is_alike(prompt, found["gone"].split()[0], likeness)
    none = {"es": "sin", "fr": "sans", "it": "senza", "pt": "sem"}[film.language]
    changed = kept if kept != prompt else f"{prompt.rstrip(' .,')}, {none} {gone}"
    return Understood((step("describe_character", name=who["name"], image_prompt=changed),))


def _exchanged(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    """Put one thing that somebody wears in the place of another: "change la casquette de Tom par une bleue"."""
    found = pattern(_EXCHANGED, film.language).match(told)
    who = _by_name(found["who"], film) if found else None
    if (
        found is None
        or who is None
        or not _is_look(found["look"], film.language)
        or has("nobody", found["old"], film.language)
    ):
        return Understood()
    look, thing = as_said(found, "look", text), found["old"].split()[0]
    if of_colour := pattern(r"^(?P<one>\w+) (?P<colour><<colour>>)$", film.language).match(found["look"]):
        one = {"uno": "un"}.get(of_colour["one"], of_colour["one"])
        look = f"{one} {as_said(found, 'old', text).split()[0]} {look.split()[-1]}"
    return _described(who, look, thing, likeness, film)


def _is_look(look: str, language: str) -> bool:
    is_elsewhere = any(has(kind, look, language) for kind in ("nobody", "in_scene", "no")) or _NO_LOOK.match(look)
    return not is_elsewhere and len(look.split()) <= MOST_WORDS_OF_A_LOOK


def _described(who: Mapping[str, Any], look: str, old: str, likeness: Likeness, film: Film) -> Understood:
    """Return the look with what it replaces taken out: what was said, and another thing of its own kind."""
    look = re.sub(r"^(?:el|la|los|las|le|les|il|lo|i|gli|o|a|os|as) |^l'", "", look, flags=re.IGNORECASE)
    thing = pattern(r"^(?:<<a>>) ?", film.language).sub("", bare(look))
    gone = " ".join([*TOKEN.findall(old)[-2:], *TOKEN.findall(thing)[:1]])
    kept = cast.without_what_is_alike(str(who["image_prompt"]), gone, likeness)
    return Understood((step("describe_character", name=who["name"], image_prompt=with_look(kept, look)),))


def _by_name(who: str, film: Film) -> Mapping[str, Any] | None:
    words = who.split()
    return next((one for one in film.characters if bare(str(one["name"])) in (who, words[-1] if words else "")), None)


def _somebody(who: str, film: Film, likeness: Likeness) -> Mapping[str, Any] | None:
    """Return the only one who can be meant: by name, as man or woman, or by what they are."""
    if not who or len(who.split()) > MOST_WORDS_OF_SOMEBODY or has("nobody", who, film.language):
        return None
    if has("no", who, film.language):
        return None
    if named := _by_name(who, film):
        return named
    for kind, pronoun in (("woman", "she"), ("man", "he")):
        if has(kind, who, film.language):
            them = cast.by_pronoun(pronoun, film)
            return them[0] if len(them) == 1 else None
    meant = cast.meant(who, film, likeness)
    return meant[0] if len(meant) == 1 and cast.is_alike(who, meant[0], likeness) else None
