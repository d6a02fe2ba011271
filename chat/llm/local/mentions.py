"""PURE: scenes that are named by what is in them: "the boat scene", "die Treppe", "where she climbs"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chat.llm.local.film import Film

Likeness = Callable[[Sequence[str], Sequence[str]], list[list[float]]]
"""How alike each of some words is to each of the others, from 0 to 1, in whatever languages."""
ALIKE = 0.68
MEANWHILE = re.compile(
    r"\b(?:while|when|as|where|during|während|wenn|wo|cuando|donde|mientras|pendant que|quand|mentre|quando|"
    r"enquanto)\b (.{4,})",
    re.IGNORECASE,
)
LIKE_A_SCENE, MUCH_LIKER = 0.25, 0.1
TITLE, PICTURE, WORDS = 3, 2, 1
"""Where a word of a scene stands: the more it counts, the likelier somebody calls the scene by it."""
TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SCENE = (
    r"(?:scenes?|parts?|bits?|shots?|clips?|sections?|moments?|pictures?|images?|ones?|frames?|szenen?|teile?s?|"
    r"stellen?|"
    r"bild(?:er|s)?|abschnitt|escenas?|partes?|toma|scènes?|scena|scene|passages?|cenas?|plan|beelden?|stuk)"
)
DETERMINER = (
    r"(?:the|that|this|my|our|der|die|das|den|dem|des|el|la|los|las|le|les|l'|il|lo|gli|i|o|a|os|as|de|het|del|da|"
    r"do|du)"
)
_SMALL_WORDS = """
the and that this with from into over under there here where when what which while just only also again more less
very much many some any all both each every other another instead please thanks want need like make made let put
add show take give have has had should could would can must will not don doesn isn are was were been being for but
its it's she he her his him they them their our your you who how why one two three first second third last scene
scenes part bit shot clip ones film video movie music voice text words narration narrator captions subtitles title
picture image images camera style longer shorter slower faster better different new old big small bigger smaller
end start beginning ending opening middle time thing something line sentence say says said talk talking talks look
looks looking der die das den dem des ein eine einen einem einer und oder aber nicht kein keine keinen mit ohne für
über auf aus bei beim ist sind war wird soll sollen sollte kann kannst mach mache machen bitte szene szenen teil
stelle bild musik stimme titel untertitel sprecher ganz viel mehr weniger noch mal nochmal anders andere statt dann
auch sehr lang kurz länger kürzer heller dunkler anfang ende mitte schluss ich möchte mir mich dir nach vor vom zum
zur lass el la los las un una uno unos unas con sin por para del que más menos muy pero escena parte música voz
texto título quiero pon quita haz sea como donde cuando final principio favor le les une dans avec sans pour plus
moins très mais scène musique voix texte titre veux mets fais où quand fin début qui est pas il lo gli della dello
nel nella come dove quando scena musica voce testo titolo voglio metti fai più meno molto fine inizio per favore o
os as um uma do da no na em com sem cena quero coloca faz onde fim começo het een van voor niet"""
NOT_NAMES = frozenset(_SMALL_WORDS.split())
FIRST_OF_ALL = (
    r"(?:opening|beginning|very start|anfang|beginn|auftakt|principio|comienzo|inicio|début|inizio|começo|início|begin)"
)
LAST_OF_ALL = r"(?:ending|very end|end|ende|schluss|final|fin|finale|fine|fim|einde|finish)"
EVERY = r"\b(?:both|all|every|each|everywhere|alle[nr]?|beide[nr]?|überall|jede[rnms]?|todas|ambas|toutes|tutte)\b"


@dataclass(frozen=True)
class Mention:
    start: int
    end: int
    places: tuple[int, ...]
    """The scenes that it fits best."""
    rank: int
    also: tuple[int, ...] = ()
    """Other scenes that have it too."""


def of_scenes(said: str, film: Film, likeness: Likeness) -> list[Mention]:
    """Return the words of a sentence that stand in scenes, whatever language they are in."""
    tokens = [one for one in TOKEN.finditer(_blanked(said)) if _may_name(one[0], film)]
    known = list(_known(film))
    words = list(dict.fromkeys(word for _, word, _ in known))
    small = likeness([_bare(one[0]) for one in tokens], words)
    large = likeness([_bare(one[0]).capitalize() for one in tokens], words)
    alike = (
        {word: max(pair) for word, *pair in zip(words, *rows, strict=True)} for rows in zip(small, large, strict=True)
    )
    found = (_mention(token, row, known) for token, row in zip(tokens, alike, strict=True))
    return [one for one in found if one]


def nearest(said: str, film: Film, likeness: Likeness) -> tuple[int, ...]:
    """Return the scene that a sentence is like as a whole, where one is much liker than the others."""
    clause = MEANWHILE.search(_blanked(said))
    text = clause[1] if clause else _blanked(said)
    told = [[scene["title"], scene["image_prompt"], scene["video_prompt"]] for scene in film.scenes]
    ranked = sorted(
        ((max(likeness([text], words)[0]), place) for words, place in zip(told, film.places, strict=True)), reverse=True
    )
    if not ranked or ranked[0][0] < LIKE_A_SCENE or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MUCH_LIKER):
        return ()
    return (ranked[0][1],)


def _blanked(said: str) -> str:
    """Blank what is dictated in it, letter by letter."""
    return re.sub(
        r"[\"“„«].+?[\"”“»]|(?<!\w)'[^']+(?:'\w[^']*)*'(?!\w)|: *(?![\"“„«'])\S+(?: \S+){3,}$",
        lambda one: " " * len(one[0]),
        said,
    )


def counted(said: str, count: int) -> tuple[int, ...]:
    """Return the scene that a sentence calls by its place among the pictures: "im zweiten Bild", "the third shot"."""
    found = _PICTURE_COUNTED.search(_blanked(said))
    place = next((int(name[1:]) for name, word in found.groupdict().items() if word), 0) if found else 0
    return (place,) if 0 < place <= count else ()


def is_meanwhile(said: str) -> bool:
    """It says when: "while she climbs"."""
    return MEANWHILE.search(_blanked(said)) is not None


_PICTURE_COUNTED = re.compile(
    r"\b(?:(?P<p1>first|1st|erste[nsr]?|primer[ao]?|premi[eè]re?|prim[ao]|primeir[ao])"
    r"|(?P<p2>second|2nd|zweite[nsr]?|segund[ao]|deuxième|second[ao])|(?P<p3>third|3rd|dritte[nsr]?|tercer[ao]?|"
    r"troisième|terz[ao]|terceir[ao])|(?P<p4>fourth|4th|vierte[nsr]?|cuart[ao]|quatrième|quart[ao]))"
    rf" (?!parts?\b|teil){SCENE}\b",
    re.IGNORECASE,
)


def target(said: str, film: Film, found: Sequence[Mention]) -> tuple[int, ...]:
    """Return the scenes that a sentence is about, by what it mentions; several where it is not sure."""
    if not found or (is_at_an_edge(said) and all(one.rank == WORDS for one in found)):
        return _at_an_edge(said, film)
    if re.search(EVERY, said.lower()):
        return tuple(sorted({place for one in found for place in (*one.places, *one.also)}))
    counts = {place: 0.0 for place in film.places}
    for one in found:
        for place in one.places:
            counts[place] += one.rank
    for scene in film.scenes:
        counts[scene["index"]] += 0.4 * sum(_is_named(name, said) for name in scene["characters"])
    most = max(counts.values())
    return tuple(place for place, count in counts.items() if count > most - 0.5)


def numbered(said: str, found: Sequence[Mention]) -> str:
    """Return the sentence with "scene 3" in place of what the scene was called by."""
    plain = said
    ordered = sorted(found, key=lambda one: -one.start)
    for one, after in zip(ordered, [None, *ordered], strict=False):
        if len(one.places) == 1 and (one.rank == TITLE or is_as_scene(said, one)):
            start, end = _widened(said, one)
            end = after.end if after and _is_of_it(said[end : after.start], one, after) else end
            plain = f"{plain[:start]}scene {one.places[0]}{plain[end:]}"
    return plain


def edges_numbered(said: str, count: int) -> str:
    """Return the sentence with "in scene 4" in place of "at the end", and "in scene 1" for "at the beginning"."""
    at = r"\b(?:at|in|on|towards|am|im|zum|al|en el|à la|au|alla|all'|no|na) ?(?:the )?(?:very )?"
    said = re.sub(rf"{at}{LAST_OF_ALL}\b(?! of)", f"in scene {count}", said, flags=re.IGNORECASE)
    return re.sub(rf"{at}{FIRST_OF_ALL}\b(?! of)", "in scene 1", said, flags=re.IGNORECASE)


def _is_of_it(between: str, one: Mention, after: Mention) -> bool:
    """ "The boat in the waves" is one scene."""
    is_joined = re.fullmatch(rf" {_IN} (?:{DETERMINER} )?", between, re.IGNORECASE)
    return bool(is_joined) and after.rank != TITLE and one.places[0] in after.places


def is_as_scene(said: str, one: Mention) -> bool:
    """It is called a scene: "the boat bit", "the one with the lantern"."""
    start, end = _widened(said, one)
    return bool(
        re.search(
            rf"\b{SCENE}\b|\w(?:szene|teil)\b", said[start : one.start] + " " + said[one.start : end], re.IGNORECASE
        )
    )


def without(said: str, found: Sequence[Mention]) -> str:
    """Return the sentence without the scenes it names as such ("in the boat scene"), not what it says of a boat."""
    for one in sorted(found, key=lambda one: -one.start):
        if is_as_scene(said, one):
            start, end = _widened(said, one, keeps_in=False)
            said = f"{said[:start]} {said[end:]}"
    return re.sub(rf"(?:\b{_IN} )?(?:\b{DETERMINER} )?\b{_COUNTED}", " ", said, flags=re.IGNORECASE)


_IN = r"(?:in|on|at|during|over|for|of|from|im|in der|bei|beim|während|en|dans|pendant|durante|nella|nel|na|no|em)"
_COUNTED = (
    rf"(?:(?:scenes?|szenen?|escenas?|scènes?|scena|cena) \d+:?|(?:first|second|third|fourth|last|1st|2nd|3rd|4th|"
    rf"erste[nr]?|zweite[nr]?|dritte[nr]?|letzte[nr]?|primera|última|première|dernière|prima|ultima) {SCENE}\b)"
)


_BEFORE_IT = (
    rf"(?:\b{_IN} +)?(?:\b{DETERMINER} *)?(?:\b{SCENE} (?:with|of|about|mit|über|del?|con|avec|du|da|do|com)"
    rf"(?: {DETERMINER})?(?: (?!and|und|y|et|e)\w+)? )?$"
)
"""What belongs to the name before its word: "in the one with the spiral"."""


def _widened(said: str, one: Mention, *, keeps_in: bool = True) -> tuple[int, int]:
    """Widen a mention by its article before it and "scene", "bit" or "one" beside it."""
    before = re.search(_BEFORE_IT, said[: one.start], re.IGNORECASE)
    behind = re.match(rf"(?:[ -]?{SCENE}\b)?", said[one.end :], re.IGNORECASE)
    start = before.start() if before else one.start
    kept = re.match(rf"{_IN} +", said[start : one.start], re.IGNORECASE)
    start += kept.end() if kept and keeps_in else 0
    return start, one.end + (behind.end() if behind else 0)


def _known(film: Film) -> Iterator[tuple[int, str, int]]:
    """Yield (place, word, rank) of what stands in the scenes."""
    names = {one["name"].lower() for one in film.characters}
    for scene in film.scenes:
        for rank, fields in ((TITLE, ("title",)), (PICTURE, ("image_prompt",)), (WORDS, ("script", "video_prompt"))):
            for word in (word for field in fields for word in TOKEN.findall(scene[field].lower())):
                if len(word) > 3 and word not in NOT_NAMES and word not in names:
                    yield scene["index"], word, rank


def _may_name(word: str, film: Film) -> bool:
    names = {one["name"].lower() for one in film.characters}
    return len(word) > 2 and word.lower() not in NOT_NAMES and word.lower() not in names


def _bare(word: str) -> str:
    """Leave out "scene" at its end, as German joins it."""
    return re.sub(r"(?<=\w{3})s?(?:szene|bild|teil|stelle)$", "", word.lower())


def _mention(token: re.Match[str], alike: dict[str, float], known: Sequence[tuple[int, str, int]]) -> Mention | None:
    fits = [(rank, place) for place, word, rank in known if alike[word] >= ALIKE or _is_same(_bare(token[0]), word)]
    if not fits:
        return None
    exact = [(rank, place) for place, word, rank in known if _is_same(_bare(token[0]), word)]
    best = max(rank for rank, _ in exact or fits)
    places = tuple(dict.fromkeys(place for rank, place in exact or fits if rank == best))
    also = tuple(dict.fromkeys(place for _, place in fits if place not in places))
    return Mention(token.start(), token.end(), places, best, also)


def _is_same(one: str, other: str) -> bool:
    """Tell whether words are of the same stem: "stair" and "stairs", "climb" and "climbs"."""
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.startswith(short) and len(long) - len(short) <= 2


def _is_named(name: str, said: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", said, re.IGNORECASE) is not None


def is_at_an_edge(said: str) -> bool:
    """It speaks of the beginning or the end, and so of the first or the last scene."""
    return bool(re.search(rf"\b(?:{FIRST_OF_ALL}|{LAST_OF_ALL})\b", said, re.IGNORECASE))


def _at_an_edge(said: str, film: Film) -> tuple[int, ...]:
    if re.search(rf"\b{FIRST_OF_ALL}\b", said, re.IGNORECASE):
        return (1,)
    return (len(film.places),) if re.search(rf"\b{LAST_OF_ALL}\b", said, re.IGNORECASE) else ()
