"""PURE: characters that come into the film and that leave it, as people speak of them in any language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from chat.llm.local import cast, leftover_words, mentions
from chat.llm.local import deeds_of_scenes as of_scenes
from chat.llm.local.deeds_of_scenes import Wish
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, step

_CALLED = (
    r"(?:,? (?:called|named|whose name is|by the name of|namens|mit namen|llamad[ao]|que se llama|appelée?|nommée?|qui "
    r"s'appelle|di nome|chiamat[ao]|che si chiama|chamad[ao]|de nome|der|die|das)? ?(?:heißt|is called|is named)? ?)"
)
_NAME = r"(?P<name>(?:Dr|Mr|Mrs|Ms|Prof|Sir|Lady|Captain|Don)?\.? ?[A-ZÄÖÜÉÈÁÍÓÚÑÇ][\w'’-]+(?: [A-ZÄÖÜ][\w'’-]+)?)"
_KNOWN_BY = re.compile(
    r"\b(?:called|named|name is|namens|heißt|llamad[ao]|se llama|appelée?|nommée?|s'appelle|di nome|chiamat[ao]|si "
    rf"chiama|chamad[ao]|se chama) {_NAME}"
)
_BEHIND_A_COLON = re.compile(rf"[:.] ?{_NAME}(?=,| \(| is\b| ist\b)")
_BETWEEN_COMMAS = re.compile(rf", {_NAME}(?=,|\.|$)")
_ASKING = re.compile(
    r"^\W*(?:(?:please|bitte|and|und|can you|could you|can there be|there (?:should|must|could) be|we (?:still "
    r")?need|i "
    r"(?:want|need)|give (?:him|her|them)|bring in|introduce|put|add|have|one more (?:person|character)|es "
    r"(?:soll|muss)"
    r"|wir brauchen|ich (?:will|möchte)|gib (?:ihnen|ihm|ihr)|füge?|noch|hace falta|añade|quiero|il faut|ajoute|je veux"
    r"|aggiungi|voglio|adiciona|acrescenta|quero|a new character|new character|neue figur|geben|too|also|"
    r"some(?:one|body) (?:new|else)|jemand(?:en)? neue[ns]?|a new (?:person|one)|alguien nuevo|quelqu'un de nouveau|"
    r"auch)\b[ :,]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ,]*\b(?:too|also|as well|in it|in the (?:film|story)|please|dazu|hinzu|geben|dabei(?: sein)?|mit rein|bitte)\b"
    r"[ .,!]*$",
    re.IGNORECASE,
)
IS_CALLED = (
    r"\W*(?:the|my|our|der|die|das|el|la|le|il|o|a) [\w-]+(?: is| should be| soll)? (?:called|named|heißt|heißen|"
    r"se llama|s'appelle|si chiama|se chama)\b"
)
"""Somebody who is there already is told the name of."""
SPELLED = r"\W*[\w-]+ (?:is|heißt) (?:called|named|spelled|written)?"
"""Somebody by a name, be it one that the film does not have."""
MOST_OF_A_LOOK = 30
"""Words."""


def addition(wish: Wish) -> Understood:
    """Someone new, with a name and a look; who has no name goes into a picture."""
    name = "" if re.match(IS_CALLED, wish.said, re.IGNORECASE) else _name(wish)
    if not name:
        return of_scenes.in_scenes("image_prompt")(wish)
    look, shown = _described(wish.said, name)
    if not look or len(look.split()) > MOST_OF_A_LOOK:
        return Understood(words=wish.film.say("ask.look", name=name))
    places = _seen_in(wish)
    about = f"{name}: {look}"
    return Understood(
        (step("add_character", name=name, image_prompt=about, scenes=places, shown=shown or f"{name}, {look}"),)
    )


def said_plainly(wish: Wish) -> Understood:
    """Someone new with a name and a look, or someone of the film with another name, a look, or both."""
    new = cast.name(wish.said, wish.film)
    if new.calls:
        old = str(new.calls[0].arguments["name"])
        left = _beside_the_name(wish.said, str(new.calls[0].arguments["new_name"]))
        left = _GIVES.sub("", left)
        about = cast.look(f"{old} {left}", wish.film, wish.likeness) if left else Understood()
        looks = [call for call in about.calls if call.arguments["name"] == old]
        return Understood((step("describe_character", **{**_of(looks), **new.calls[0].arguments}),))
    named = [one for one in wish.film.characters if re.search(rf"\b{re.escape(one['name'])}\b", wish.said)]
    name = "" if re.match(f"{IS_CALLED}|{SPELLED}", wish.said, re.IGNORECASE) else _name(wish)
    if name and (not named or wish.said.find(name) < min(wish.said.find(str(one["name"])) for one in named)):
        return addition(wish)
    return Understood()


def _of(looks: Sequence[Step]) -> dict[str, Any]:
    return dict(looks[0].arguments) if looks else {}


def _beside_the_name(said: str, name: str) -> str:
    """Return the part of a wish for another name that is about the look.

    "a man named Edgar", "soll eine Frau sein und Toni heißen".
    """
    kind = re.search(
        rf"\b(?:an?|eine?|einen|una?|une?|uma?) (?P<kind>[\w -]{{3,40}}?) {_NAMED} {re.escape(name)}\b", said
    )
    if kind:
        return kind["kind"]
    parts = re.split(r",? (?:and|und|y|et|e) ", said)
    others = [part for part in parts if name not in part and len(part.split()) >= FEWEST_OF_A_LOOK]
    return others[0] if len(parts) > 1 and len(others) == 1 else ""


_GIVES = re.compile(
    r"^(?:give|dress|put|make|gib|zieh|mach) (?:him|her|them|it|ihm|ihr|sie|ihn) (?:look |in |be )?(?:an? |eine?n? )?",
    re.IGNORECASE,
)
_NAMED = r"(?:named|called|namens|llamad[ao]|appelée?|nommée?|chiamat[ao]|chamad[ao])"
FEWEST_OF_A_LOOK = 3
"""Words."""


def removal(wish: Wish) -> Understood:
    """Someone leaves the whole film: asked back where it is not said by name."""
    who = cast.meant(wish.said, wish.film, wish.likeness)
    if len(who) != 1:
        return cast.ask_who(wish.film)
    if not re.search(rf"\b{re.escape(who[0]['name'])}\b", wish.said, re.IGNORECASE):
        what = wish.film.say("ask.remove_whom", name=who[0]["name"])
        return Understood(words=wish.film.say("ask.meant", what=what), suggestions=(what, wish.film.say("meant.no")))
    return Understood((step("remove_character", name=who[0]["name"]),))


_REMOVED = (
    r"^(?:(?:please|can you|could you|and|just) )*(?:remove|delete|drop|lose|cut|ditch|scrap|kick(?: out)?|"
    r"throw(?: out)?|"
    r"take(?: out)?|get rid of|leave out|without|no more|we don't need|i don't want)(?: the)?(?: character)? "
    r"(?P<name>{names})(?: (?:out|away|anymore|any more))?"
)
_FROM_ALL = (
    r"(?:(?: (?:of|from|in))?(?: (?:it|the (?:film|video|story|whole thing)|all scenes|everywhere))?(?: please)?)\W*$"
)
_FROM_SCENES = (
    r"(?:(?:please|and|in) )*(?:{scenes},?:? (?:without|no) (?P<name>{names})|"
    r"(?:without|no) (?P<name_before>{names}) (?:in|for|from) {scenes})(?: please)?\W*$"
)
_SCENES = r"scenes? \d+(?:(?:, | and |, and | to )\d+)*"


def sent_away(sentence: Sentence, film: Film) -> Found:
    """Somebody is named to leave the film ("remove Tom"), or scenes of it ("scene 3 without Ella")."""
    names = "|".join(re.escape(str(one["name"]).lower()) for one in film.characters)
    if not names:
        return None
    if found := re.match(_FROM_SCENES.format(names=names, scenes=_SCENES), sentence.plain):
        name = _named_so(found["name"] or found["name_before"], film)
        there = [place for place in sentence.named if name in film.scene(place)["characters"]]
        gone = step("remove_character", name=name, scenes=there)
        return _and_asked(gone, film) if there and not sentence.strangers else None
    found = re.match(_REMOVED.format(names=names) + _FROM_ALL, sentence.plain)
    return _and_asked(step("remove_character", name=_named_so(found["name"], film)), film) if found else None


def disliked(sentence: Sentence, film: Film) -> Found:
    """Ask how somebody is to look whose looks are not liked ("I don't like how Ella looks")."""
    names = "|".join(re.escape(str(one["name"]).lower()) for one in film.characters)
    told = (
        rf"(?:i )?(?:don't|do not|dislike|hate)(?: really)?(?: like)? (?:how |the way |what )?({names})(?:'s)? "
        r"looks?(?: like)?\W*$"
    )
    found = re.match(told, sentence.plain) if names else None
    return film.say("ask.look", name=_named_so(found[1], film)) if found else None


def _and_asked(gone: Step, film: Film) -> Understood:
    """Take somebody out, and ask about a scene that shows them and nothing else: it needs another picture."""
    left = film.after(gone)
    named = re.compile(rf"\b{re.escape(gone.arguments['name'])}\b")
    still = [place for place in film.places if named.search(str(left.scene(place)["image_prompt"]))]
    if not still:
        return Understood((gone,))
    asked = film.say("ask.different", n=still[0])
    is_all = set(gone.arguments.get("scenes", film.places)) <= set(still)
    return Understood(words=asked) if is_all else Understood((gone,), asked)


def _named_so(told: str, film: Film) -> str:
    return next(str(one["name"]) for one in film.characters if str(one["name"]).lower() == told)


def leaving(wish: Wish) -> Understood:
    """Someone is no longer seen in one scene; what is to be seen instead goes into its picture."""
    who = cast.meant(wish.said, wish.film, wish.likeness)
    if not wish.places or not wish.is_sure:
        return of_scenes.which(wish)
    if len(who) != 1:
        return of_scenes.in_scenes("image_prompt")(wish)
    name, instead = who[0]["name"], _instead(wish.said)
    steps: list[Step] = [step("remove_character", name=name, scenes=list(wish.places))]
    if instead:
        gone = wish.film.after(steps[0])
        steps += [
            step("edit_scene", scene=place, image_prompt=f"{gone.scene(place)['image_prompt']}, {instead}")
            for place in wish.places
        ]
    return Understood(tuple(steps))


def _instead(said: str) -> str:
    found = re.search(
        r"(?:,|;|–| but| sondern| nur)\s*(?:just |only |nur |solo |seulement )?(?P<left>[^,;.]{4,})$", said
    )
    return leftover_words.described(found["left"]) if found else ""


def _name(wish: Wish) -> str:
    known = {one["name"].lower() for one in wish.film.characters}
    for pattern in (_KNOWN_BY, _BEHIND_A_COLON, _BETWEEN_COMMAS):
        for found in pattern.finditer(wish.said):
            name = " ".join(found["name"].split())
            if name.lower() not in known and not name.lower().startswith(tuple(f"{one}'" for one in known)):
                return name
    return ""


def _described(said: str, name: str) -> tuple[str, str]:
    """Return what somebody is and looks like, and what they do where a sentence of its own says so."""
    at = said.index(name)
    before, behind = said[:at], said[at + len(name) :]
    about, _, rest = behind.partition(". ")
    kind = _ASKING.sub("", re.sub(rf"{_CALLED}$", "", before.rsplit(". ", 1)[-1]))
    kind = (
        "" if re.search(r"\b(?:person|character|figur|personaje|personnage|personaggio|personagem)\b", kind) else kind
    )
    look = ", ".join(filter(None, (kind.strip(" ,.:"), about.strip(" ,.:"))))
    look = _TAIL.sub("", mentions.without(look, ())).strip(" ,.:")
    look = re.sub(r"^(?:is|ist|it is|er ist|sie ist|es|è|est) ", "", look)
    doing = rest.strip(" .")
    return look, re.sub(r"^(?:He|She|It|Er|Sie|Es|Il|Elle|Él|Ella|Lui|Lei)\b", name, doing)


def _seen_in(wish: Wish) -> Sequence[int]:
    named = [place for place in wish.sentence.named if place in wish.film.places]
    if named or (wish.found and wish.is_sure):
        return named or list(wish.places)
    return list(wish.film.places)
