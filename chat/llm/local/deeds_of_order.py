"""PURE: scenes in another order, and some of them kept alone, for a meaning that was found by likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.llm.local import mentions, slots
from chat.llm.local.deeds_of_scenes import AT_THE_END, AT_THE_FRONT, BEFORE, BETWEEN, NOTHING, SWAPPED, Wish
from chat.llm.local.steps import Understood, step

AFTER = r"\b(?:after|behind|nach|hinter|después|después de|tras|après|dopo|depois)\b"
OTHER_WAY = r"\b(?:other way|andersrum|andersherum|al revés|à l'envers|al contrario|ao contrário)\b"


def moved(wish: Wish) -> Understood:
    """Scenes in another order, where the sentence names the scenes and says where they go."""
    order, named, said = list(wish.film.places), anchors(wish), _without_its_name(wish.said.lower())
    if len(named) < 2 and (two := slots.pair(said, len(order))) and _turns(said):
        named = list(two)
    if len(named) == 2 and _turns(said):
        swapped = {named[0]: named[1], named[1]: named[0]}
        return ordered([swapped.get(place, place) for place in order])
    if not named:
        return ordered(order[::-1]) if re.search(slots.REVERSED, said) and len(order) > 1 else NOTHING
    return ordered(_placed(named, said, order))


_ITS_NAME = re.compile(
    r"^(?:(?:and|then|now|please|put|move|take|bring|place|set) )*the "
    r"(?:last|first|final|\w+(?:st|nd|rd|th)|second|third) (?:one|scene|picture|shot)\b(?!.*\d)"
)


def _without_its_name(said: str) -> str:
    """Leave out "the last one" where that is the scene meant, and not where it goes."""
    return _ITS_NAME.sub(" ", said)


def _turns(said: str) -> bool:
    return bool(re.search(rf"{SWAPPED}|{slots.REVERSED}|{OTHER_WAY}", said))


def _placed(named: Sequence[int], said: str, order: Sequence[int]) -> list[int]:
    rest = [place for place in order if place not in named]
    if len(named) == 3 and re.search(BETWEEN, said):
        return slots.in_order(order, named[:1], rest_before(order, named[0], named[1]) + 1)
    if len(named) == 2 and re.search(AFTER, said):
        return slots.in_order(order, named[:1], rest_before(order, named[0], named[1]) + 1)
    if len(named) == 2 and re.search(BEFORE, said):
        return slots.in_order(order, named[:1], rest_before(order, named[0], named[1]))
    if len(named) == 1 and (at := slots.position(said)):
        return slots.in_order(order, named, min(at, len(order)))
    if re.search(AT_THE_FRONT, said) or len(named) > 2:
        return [*named, *rest]
    if re.search(AT_THE_END, said):
        return [*rest, *named]
    return [*named, *rest] if len(named) == 2 and re.search(r"\b(?:then|dann|luego|puis|poi|depois)\b", said) else []


def rest_before(order: Sequence[int], moved: int, other: int) -> int:
    """Return the place that another scene has without the moved one."""
    return [place for place in order if place != moved].index(other) + 1


def removed(wish: Wish) -> Understood:
    """The one scene that is named goes, where words say that it is to; anything else is asked about first."""
    named = anchors(wish) or mentions.counted(wish.said, len(wish.film.places))
    if len(named) != 1 or len(wish.film.places) < 2 or not re.search(REMOVED, wish.said, re.IGNORECASE):
        return NOTHING
    if any(one.also and not mentions.is_as_scene(wish.said, one) for one in wish.found):
        return NOTHING
    return ordered([place for place in wish.film.places if place not in named])


REMOVED = (
    r"\b(?:can go|has to go|remove|delete|drop|ditch|bin|scrap|lose|cut (?!to|down)|kick|get rid|take .{1,40} "
    r"out|leave "
    r".{1,40} out|don't (?:need|want)|do without|skip|weg|raus|rausnehmen|streich\w*|lösch\w*|überflüssig|verzichten|"
    r"brauchen wir nicht|quita\w*|elimina\w*|borra\w*|sobra|enlève|enlever|supprime\w*|retire\w*|togli\w*|tira|remove|"
    r"apaga|pode sair)\b"
)


SPARED = re.compile(
    r"\b(?:but|and|except|besides|aber|und|außer|bis auf|apart from)\W+(?:please |bitte |not |nicht )*"
    r"(?:leave|keep|spare|skip|lass\w*|behalt\w*|(?:the )?(?:scenes?|szenen?|first|last|erste|letzte))\b",
    re.IGNORECASE,
)


def kept(wish: Wish) -> Understood:
    """Only the scenes that are named stay, in their order; "but leave scene 1" is said of a change that spares it."""
    if SPARED.search(wish.said):
        return NOTHING
    named = sorted(anchors(wish) or slots.pair(wish.said, len(wish.film.places)) or ())
    is_some = 0 < len(named) < len(wish.film.places)
    return (
        Understood((step("arrange_scenes", order=named),)) if is_some else Understood(words=wish.film.say("ask.scene"))
    )


def ordered(order: Sequence[int]) -> Understood:
    return Understood((step("arrange_scenes", order=list(order)),)) if order else NOTHING


def anchors(wish: Wish) -> list[int]:
    """The scenes that are named, in turn: by number, by title, or as the first and the last of all."""
    found = [(one.start, one.places[0]) for one in wish.found if one.rank == mentions.TITLE or _is_clear(one)]
    numbered = [place for place in wish.sentence.named if place in wish.film.places]
    if numbered and not found:
        return numbered
    titles = [place for _, place in sorted(found)]
    return list(dict.fromkeys([*numbered, *titles] if numbered else titles))


def _is_clear(one: mentions.Mention) -> bool:
    return len(one.places) == 1 and not one.also and one.rank == mentions.PICTURE
