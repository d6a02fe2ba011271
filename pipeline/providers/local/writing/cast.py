"""The cast of a film: beings named in a prompt, and what stays the same about them in every picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pipeline.film.subject_phrase import WORDS
from pipeline.film.words import article, capital, is_spaceless, words_of
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.banks import Topic

MAX_ROLES = 2
GENDERS = ("she", "he", "it", "they")


@dataclass(frozen=True)
class Role:
    name: str
    """How pictures and profiles call it: "Mia", "Fox"."""
    said: str
    """How a text calls it: "Mia", "the fox"."""
    look: str
    acts: bool
    """The prompt tells what it does: a story."""


def roles_in(text: str, seed: int) -> tuple[Role, ...]:
    """The first two beings of a prompt, in its order."""
    rng = Random(seed)  # noqa: S311 - variety, not secrecy
    found: dict[str, Role] = {}
    called: set[str] = set()
    for match in PATTERNS["being"].finditer(text):
        if match["noun"].lower() in called and not _name(match):
            continue
        role = None if PATTERNS["becoming"].search(text[: match.start()]) else _role(match, text, rng, not found)
        if role and role.name not in found:
            found[role.name] = role
            called |= {match["noun"].lower()} if role.name != capital(match["noun"].lower()) else set()
    return tuple(found.values())[:MAX_ROLES]


def fitting_role(subject: str, topic: Topic | None, seed: int, *, dressed: bool) -> Role:
    """Choose a role for a film whose prompt names no one: a being of its subject, the topic's own, or a traveller."""
    rng = Random(seed)  # noqa: S311
    if noun := being_in(subject):
        return Role(capital(noun), f"the {noun}", _look(noun, "", dressed, rng), False)
    if topic is None:
        look = "a curious young traveller with a red scarf, a brown jacket and a small backpack"
        return Role("Traveller", "the traveller", look, False)
    return Role(topic.hero_name, f"the {topic.hero_name.lower()}", topic.hero_look, False)


def being_in(subject: str) -> str:
    """The first being named in any language, in English; empty when there is none."""
    beings = frozenset().union(*_beings().values()) - banks.words("cast", "only_acting")
    for word in words_of(subject.lower()):
        for noun in (word, word.removesuffix("s")):
            if noun in beings:
                return noun
            for english in banks.table("cast")["names"]:
                if noun in banks.words("cast", "names", english):
                    return str(english)
    return next((english for english, names in _spaceless_names() if any(name in subject for name in names)), "")


def profile_prompt(role: Role, style: str) -> str:
    return (
        f"Character profile of {role.name}: {role.look}. Four angles side by side: front, three-quarter, side and "
        f"back view; full body, the same clothes and colours in each, plain light background, even light, {style}."
    )


def _role(match: re.Match[str], text: str, rng: Random, is_first: bool) -> Role | None:
    """Words behind the first being of the prompt with "he" and "she" are said of it."""
    noun, behind = match["noun"].lower(), text[match.end() :] if is_first else ""
    called = PATTERNS["called"].search(behind)
    name = _name(match) or (capital(called["named"]) if called else "")
    rest = text[match.end() : match.end() + 90]
    acts = bool(PATTERNS["acts"].match(rest))
    if noun in banks.words("cast", "only_acting") and not (acts or name):
        return None
    if not match["article"] and not name and match["adjectives"] is None:
        return None
    return Role(
        name=name or capital(noun),
        said=name or f"the {noun}",
        look=_look(noun, _adjectives(match, behind), acts or bool(name), rng, _kind(noun, behind)),
        acts=acts or bool(name),
    )


def _adjectives(match: re.Match[str], behind: str) -> str:
    """Return the words before it, else those before the same word later on: "a cat … she is an orange cat"."""
    again = (one for one in PATTERNS["being"].finditer(behind) if one["noun"].lower() == match["noun"].lower())
    found = match["adjectives"] or next((one["adjectives"] for one in again if one["adjectives"]), None)
    return (found or "").strip().lower()


def _kind(noun: str, behind: str) -> str:
    """The breed that is told of it: "my dog, he's a corgi"."""
    found = PATTERNS["kind"].search(behind)
    kinds = banks.table("cast")["kinds"].get(noun, "").split()
    return found["kind"].lower() if found and found["kind"].lower() in kinds else ""


def _spaceless_names() -> Iterator[tuple[str, list[str]]]:
    for english, names in banks.table("cast")["names"].items():
        yield english, [name for name in names.split() if not name[0].isalpha() or is_spaceless(name)]


def _name(match: re.Match[str]) -> str:
    """ "named Mia" whatever its letters; "my grandmother Rosa", "Anna, a baker" only where capitals mean something."""
    if match["named"]:
        return capital(match["named"])
    given = match["given"] or _introduced(match)
    meant = match["noun"].islower() and given.lower() not in WORDS["function"]
    return given if meant else ""


def _introduced(match: re.Match[str]) -> str:
    """The name in "Anna, a baker", and none in "In Cologne, a baker" or "Tomorrow, a baker"."""
    name = match["introduced"] or ""
    is_no_name = name.lower() in banks.words("cast", "moments") or bool(being_in(name))
    return "" if is_no_name or PATTERNS["where"].search(match.string[: match.start()]) else name


def _look(noun: str, adjectives: str, dressed: bool, rng: Random, kind: str = "") -> str:
    """Animals wear something only in stories, and their own colours where the prompt says no others."""
    looks, coats = banks.table("cast")["looks"], banks.table("cast")["coats"]
    is_own = noun in coats and not kind and not PATTERNS["colours"].search(adjectives)
    described = f"{adjectives} {coats[noun].split(' ', 1)[1] if is_own else f'{kind} {noun}'.strip()}".strip()
    body = f"{article(described)} {described}"
    pronoun = next(gender for gender in GENDERS if noun in _beings()[gender])
    bank = {"she": "she", "he": "he", "they": "person", "it": "animal" if dressed else "wild"}[pronoun]
    if noun.startswith("grand"):
        bank = "grand"
    if noun in banks.words("cast", "things"):
        bank = "thing"
    return f"{body} {'and' if ' with ' in body else 'with'} {rng.choice(looks[bank])}"


def _beings() -> dict[str, frozenset[str]]:
    return {gender: banks.words("cast", gender) for gender in GENDERS}


_NOUNS = sorted({noun for gender in GENDERS for noun in banks.words("cast", gender)}, key=len, reverse=True)
_KINDS = sorted({kind for kinds in banks.table("cast")["kinds"].values() for kind in kinds.split()})
PATTERNS = banks.patterns("cast", nouns="|".join(_NOUNS), kinds="|".join(_KINDS))
