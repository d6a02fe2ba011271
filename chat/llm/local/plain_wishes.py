"""PURE: the things that a sentence says plainly, whatever a rule has made of it.

Other words in the narration, a scene more, somebody new, music or silence in one scene, a quality.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from chat.llm.local import cast, casting, corrections, deeds_of_order, deeds_of_scenes, mentions, qualities
from chat.llm.local.appearance import with_look
from chat.llm.local.deeds_of_scenes import NOTHING, Wish
from chat.llm.local.steps import Step, Understood, step

Likely = Mapping[str, float]
SOME = 0.2
ONE_MORE = (
    r"^\W*(?:and |und |then )?(?:add |insert |put )?(?:one|another|1|noch eine?|otra|una más|encore une|"
    r"un'altra|mais uma)"
    r"(?: (?:more|one|scene|szene|escena|scène|scena|cena))* (?:(?:right|directly|direkt) )?(?:after|before|"
    r"between|at the|"
    r"where|nach|vor|zwischen|am ende|después|antes|entre|donde|après|avant|où|dopo|prima|fra|dove|depois|onde)\b"
)
BESIDE = (
    r"^\W*(?:right |direkt )?(?:after|before|between|nach|vor|zwischen|después de|antes de|entre|après|avant|"
    r"dopo|prima|tra|"
    r"depois d\w+)\b"
)
BEST = (
    r"\b(?:(?:in|with) (?:a )?better quality|"
    r"(?:best|highest|top|premium) (?:possible )?(?:quality|tier|version|models?)|in (?:the )?(?:best|"
    r"highest)\W*$|(?:beste[rn]?|"
    r"höchste[rn]?) qualität|mejor calidad|meilleure qualité|miglior\w* qualità|qualità migliore|melhor qualidade)\b|"
    r"(?:सबसे अच्छी|बेहतरीन|सर्वोत्तम|उच्चतम|सबसे बढ़िया) (?:गुणवत्ता|क्वालिटी|क्वॉलिटी)|"
    r"\bsabse (?:achi|acchi|badhiya) (?:quality|kwaliti)|最(?:好|高)的?(?:质量|画质|品质)"
)
DRAFT = r"\b(?:drafts?|entwurf\w*|borrador|brouillon|bozza|rascunho)\b"
ABOUT = r"\b(?:difference|unterschied|diferencia|différence|differenza|diferença|worth|better|mean)\b"
NO_SOUND_SAID = frozenset(
    {"else", "other", "different", "another", "something", "music", "change", "new", "please", "andere", "anders",
     "otra",     "otro", "autre", "altra"}
)  # fmt: skip


def heeded(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Return what is said plainly; nothing where that is what was found, or where nothing is."""
    for certain in (
        _quality,
        _replaced,
        _lasting,
        _lacking,
        _leaving,
        _words,
        _scene_more,
        _of_the_cast,
        _look,
        _having,
        _seen,
        _in_that_scene,
        _of_one_scene,
        _of_music,
    ):
        plain = certain(found, likely, wish)
        if plain and (plain.calls != found.calls or certain is _lacking):
            return plain
    return NOTHING


def _quality(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "Redo scene 2 in best": the price in that quality."""
    said = wish.said.lower()
    tier = "best" if re.search(BEST, said) else "draft" if re.search(DRAFT, said) else ""
    if not tier or re.search(ABOUT, said) or wish.sentence.quoted:
        return NOTHING
    is_offer = bool(found.calls) and all(call.tool in ("regenerate", "quote_film") for call in found.calls)
    if not is_offer or tier not in wish.film.tiers:
        return qualities.in_tier(tier)(wish) if not found.calls or is_offer else NOTHING
    calls = (step(call.tool, **{**call.arguments, **_in(call, tier)}) for call in found.calls)
    return replace(found, calls=tuple(calls))


def _in(call: Step, tier: str) -> dict[str, str]:
    return {"tier": tier, **({"instructions": ""} if call.tool == "regenerate" else {})}


def _replaced(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "Replace Tom with a girl called Mia", "turn Tom into a dachshund": somebody is another, clothes and all."""
    names = "|".join(re.escape(one["name"]) for one in wish.film.characters) or "(?!)"
    told = re.match(
        rf"{_POLITELY}(?:{_SWAPS} (?P<old>{names}) {_FOR}|{_TURNS} (?P<one>{names}) {_INTO}) {_ANOTHER}",
        wish.said,
        re.I,
    )
    if told is None or wish.sentence.named:
        return NOTHING
    old = next(
        one["name"] for one in wish.film.characters if one["name"].lower() == (told["old"] or told["one"]).lower()
    )
    name = told["name"][:1].upper() + told["name"][1:] if told["name"] else ""
    article = "an" if re.match(r"[aeiou]", told["what"], re.IGNORECASE) else "a"
    look = f"{name or old}: {article} {told['what']}"
    return Understood(
        (step("describe_character", name=old, image_prompt=look, **({"new_name": name} if name else {})),)
    )


_POLITELY = r"\W*(?:(?:please|can you|could you|bitte|kannst du|and|und) )*"
_SWAPS = (
    r"(?:replace|swap|exchange|ersetze?|tausche?|reemplaza|sustituye|cambia a|remplacez?|sostituisci|"
    r"substitu\w+|troc\w+)"
)
_FOR = r"(?:with|by|for|against|durch|gegen|por|con|par|com)"
_TURNS, _INTO = r"(?:turn|change|transform|make|mache?|verwandle?|convierte a)", r"(?:into|to|in|zu|en)"
_ANOTHER = (
    r"(?:an?|ein(?:e[nmr]?)?|una?|une?|uma?) (?P<what>[\w'-]+(?: [\w'-]+){0,6}?)"
    r"(?: (?:called|named|namens|llamad[ao]|appelée?|chiamat[ao]|chamad[ao]) (?P<name>[\w'-]+))?\W*$"
)


def _lasting(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "The boat bit should be 8 sec": nothing but a scene and its seconds."""
    if (_BY_WHAT_IS_SEEN.match(wish.said) and SECONDS_SAID.search(wish.said)) and not wish.sentence.named:
        is_open = len(wish.places) != 1
        return deeds_of_scenes.which(wish) if is_open else deeds_of_scenes.lasting(deeds_of_scenes.LONG_S)(wish)
    is_one = bool(wish.found or wish.sentence.named) and len(wish.places) == 1
    told = SECONDS_SAID.sub(" ", mentions.without(wish.said, wish.found).lower())
    if not is_one or told == mentions.without(wish.said, wish.found).lower():
        return NOTHING
    words = {word for word in mentions.TOKEN.findall(told) if len(word) > 2 and word not in mentions.NOT_NAMES}
    if words - LASTS or any("duration" in call.arguments for call in found.calls):
        return NOTHING
    return deeds_of_scenes.lasting(deeds_of_scenes.LONG_S)(wish)


_BY_WHAT_IS_SEEN = re.compile(
    rf"\W*(?:the |die )?{mentions.SCENE} (?:with|where|when|in which|mit|wo|in der) .+? "
    r"(?:should|needs? to|must|has to|can|lasts?|soll|muss|dauert)\b[^,]*$",
    re.IGNORECASE,
)
LASTS = frozenset(
    {"lasts", "last", "dauert", "dauern", "dura", "dure", "durer", "durar", "durare", "debe", "doit", "deve", "takes"}
)
SECONDS_SAID = re.compile(r"\b\d+ ?-?(?:s|secs?|seconds?|sek\w*|segundos?|secondes?|secondi|segs?)\b", re.IGNORECASE)


def _words(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Words for others, where the old ones stand in the narration."""
    if _sum(likely, "words_swap", "words_given", "words_other") < SOME or _is_of("add_scene", found):
        return NOTHING
    swapped = deeds_of_scenes.words_swapped(wish)
    return swapped if swapped.calls else NOTHING


def _scene_more(found: Understood, likely: Likely, wish: Wish) -> Understood:
    is_more = _sum(likely, "scene_add") >= SOME / 2 and re.search(ONE_MORE, wish.said, re.IGNORECASE)
    is_beside = (
        _sum(likely, "scene_add") >= SOME
        and re.search(BESIDE, wish.said, re.IGNORECASE)
        and deeds_of_order.anchors(wish)
        and _sum(likely, "scene_move", "scene_remove") < SOME
    )
    if _is_of("add_scene", found) or not (is_more or is_beside) or _sum(likely, "character_add") > 2 * SOME:
        return NOTHING
    return deeds_of_scenes.addition(wish)


def _leaving(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "Remove Tom from the last scene": somebody of the film by name, and the one scene they are to leave."""
    names = "|".join(re.escape(one["name"]) for one in wish.film.characters) or "(?!)"
    told = re.search(rf"\b(?:{LEAVES}) (?P<name>{names})\b", wish.said, re.IGNORECASE)
    if told is None or len(wish.places) != 1 or not (wish.found or wish.sentence.named):
        return NOTHING
    there = [name.lower() for name in wish.film.scene(wish.places[0])["characters"]]
    return NOTHING if told["name"].lower() not in there else casting.leaving(wish)


LEAVES = (
    r"remove|take out|take|get rid of|delete|cut|lose|drop|leave out|kick(?: out)?|entfern\w*|nimm|lösch\w*|"
    r"(?:quita|saca|elimina|borra)[rsn]?(?: a)?|(?:enl[eè]v|retir|supprim)(?:e[rz]?)|togli(?:ere)?|rimuov\w+|tira[r]?|"
    r"remov[ae]r?"
)


def _of_the_cast(found: Understood, likely: Likely, wish: Wish) -> Understood:
    if _sum(likely, "character_add", "character_look", "character_name", "character_out") < 2 * SOME:
        return NOTHING
    if any(call.tool != "describe_character" for call in found.calls):
        return NOTHING
    return casting.said_plainly(wish)


def _in_that_scene(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Change one scene's picture where somebody's looks are wished for that scene, not for the whole film."""
    is_look = bool(found.calls) and all(set(call.arguments) == {"name", "image_prompt"} for call in found.calls)
    is_edge = mentions.is_at_an_edge(wish.said) and len(wish.places) == 1
    is_there = is_edge or (bool(wish.found or wish.sentence.named) and len(wish.places) == 1)
    if not is_look or not is_there or (_sum(likely, "picture") < 2 * SOME and not is_edge):
        return NOTHING
    return deeds_of_scenes.in_scenes("image_prompt")(wish)


def _look(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Describe a character anew where the wish names the character and no scene."""
    is_named = any(re.search(rf"\b{re.escape(one['name'])}\b", wish.said) for one in wish.film.characters)
    if found.calls or not is_named or wish.found or wish.sentence.named or _sum(likely, "character_look") < SOME:
        return NOTHING
    if _sum(likely, "picture", "character_look") < 3 * SOME or mentions.is_at_an_edge(wish.said):
        return NOTHING
    return cast.look(wish.said, wish.film, wish.likeness)


def _lacking(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "The fisherman has no cap", "no yellow raincoat": of somebody by what they are, or by what they wear."""
    if wish.sentence.named:
        return NOTHING
    lacks, worn = (re.fullmatch(pattern, wish.said.strip(), re.IGNORECASE) for pattern in (LACKS, WORN))
    if lacks and (name := cast.by_role(lacks["who"], wish.film)):
        return _unworn(name, lacks["what"], wish)
    if worn is None or not (found.calls or corrections.was_asked("ask.scene", found.words)):
        return NOTHING
    who = [one["name"] for one in wish.film.characters if worn["what"].lower() in one["image_prompt"].lower()]
    seen = any(worn["what"].lower() in str(scene["image_prompt"]).lower() for scene in wish.film.scenes)
    return _unworn(who[0], worn["what"], wish) if len(who) == 1 and not seen else NOTHING


def _unworn(name: str, what: str, wish: Wish) -> Understood:
    look = next(one["image_prompt"] for one in wish.film.characters if one["name"] == name)
    new = with_look(look, f"no {what.split()[-1]}")
    return Understood((step("describe_character", name=name, image_prompt=new),))


def _having(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """ "Ella needs a dog": of somebody of the film, where no scene is named as a scene."""
    names = "|".join(re.escape(one["name"]) for one in wish.film.characters) or "(?!)"
    told = re.match(rf"\W*(?:and |und |also )?(?:{names}) (?:{GETS})\b", wish.said, re.IGNORECASE)
    if told is None or wish.sentence.named or any(one.rank == mentions.TITLE for one in wish.found):
        return NOTHING
    return cast.look(wish.said, wish.film, wish.likeness)


LACKS = (
    r"\W*(?:and |but )?(?:the |my |our )?(?P<who>[\w'-]+) (?:has|have|had|wears|should have|should wear|is wearing) "
    r"no (?P<what>[\w'-]+(?: [\w'-]+){0,3}?)\W*"
)
WORN = (
    r"(?:please )?(?:no|without(?: the| an?)?|lose the|remove the|take off the) (?P<what>[\w'-]+(?: [\w'-]+){0,3}?)\W*"
)
GETS = r"needs|gets|wants|should (?:have|get|own|carry)|must have|braucht|bekommt|kriegt|soll .* (?:haben|bekommen)"


def _seen(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Show what may be said or shown where it is most like what is to be seen."""
    is_open = not found.calls and corrections.was_asked("ask.said_or_seen", found.words)
    return deeds_of_scenes.in_scenes("image_prompt")(wish) if is_open and _sum(likely, "picture") >= SHOWN else NOTHING


SHOWN = 0.8


def _of_one_scene(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Do in the one scene that is named what a rule would do to the whole film."""
    if wish.sentence.named or not any(one.rank == mentions.TITLE for one in wish.found) or not wish.is_sure:
        return NOTHING
    settings = {name: value for call in found.calls if call.tool == "change_settings"
                for name, value in call.arguments.items()}  # fmt: skip
    if settings == {"music": False}:
        return deeds_of_scenes.silenced(wish)
    if settings == {"voice_over": False}:
        return deeds_of_scenes.words_off(wish)
    return _anew(found, wish)


def _anew(found: Understood, wish: Wish) -> Understood:
    """ "Make only the stairs picture again" is of one picture, not of all."""
    components = [key for call in found.calls if call.tool == "regenerate" for key in call.arguments["components"]]
    kinds = {key.partition("/")[0] for key in components}
    if len(components) < 2 or len(kinds) != 1 or kinds <= {"music"}:
        return NOTHING
    keys = [wish.film.key(kind, place) for kind in kinds for place in wish.places]
    return Understood((step("regenerate", components=keys, instructions=""),))


def _of_music(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Music for the scene that is named; that it should be other music does not say which."""
    if {call.tool for call in found.calls} != {"change_music"} or not all(
        "prompt" in one.arguments for one in found.calls
    ):
        return NOTHING
    told = mentions.TOKEN.findall(" ".join(str(one.arguments["prompt"]) for one in found.calls).lower())
    if all(word in NO_SOUND_SAID for word in told):
        return Understood(words=wish.film.say("ask.music_all"))
    is_one = any(one.rank == mentions.TITLE for one in wish.found) and wish.is_sure and not wish.sentence.named
    if not is_one or len(found.calls) != 1 or len(found.calls[0].arguments["scenes"]) < len(wish.film.places):
        return NOTHING
    text = re.sub(r" (?:over|under|in|for|during|at|bei|über|unter) .*$", "", str(found.calls[0].arguments["prompt"]))
    return Understood((step("change_music", scenes=list(wish.places), prompt=text),))


def _is_of(tool: str, found: Understood) -> bool:
    return any(call.tool == tool for call in found.calls)


def _sum(likely: Likely, *names: str) -> float:
    return sum(likely.get(name, 0.0) for name in names)
