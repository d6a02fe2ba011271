"""PURE: the things that a sentence says plainly, whatever a rule has made of it.

Other words in the narration, a scene more, somebody new, music or silence in one scene, a quality.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from chat.llm.local import cast, casting, deeds_of_order, deeds_of_scenes, mentions, qualities
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
TAKEN_BACK = (
    r"[\w)][.,…;!–-]+ *(?:(?:nah|nope|no|actually|hmm|ach|nee|nein|oh|well|wait|doch nicht|mejor no|non|no,)[, "
    r"]+)*(?:(?:just )?"
    r"(?:leave|keep) (?:it|everything|all)(?: (?:as|like|the way) .{2,20})?|never mind|forget it|lass (?:es|"
    r"mal)(?: so| doch)?|"
    r"vergiss es|déjalo(?: así)?|laisse(?: tomber| comme ça)|lascia (?:stare|così)|deixa (?:pra lá|assim))\W*$"
)
BEST = (
    r"\b(?:(?:best|highest|top|premium) (?:possible )?(?:quality|tier|version|models?)|in (?:the )?(?:best|"
    r"highest)\W*$|(?:beste[rn]?|"
    r"höchste[rn]?) qualität|mejor calidad|meilleure qualité|miglior\w* qualità|qualità migliore|melhor qualidade)\b"
)
DRAFT = r"\b(?:drafts?|entwurf\w*|borrador|brouillon|bozza|rascunho)\b"
ABOUT = r"\b(?:difference|unterschied|diferencia|différence|differenza|diferença|worth|better|mean)\b"
NO_SOUND_SAID = frozenset(
    {"else", "other", "different", "another", "something", "music", "change", "new", "please", "andere", "anders",
     "otra",     "otro", "autre", "altra"}
)  # fmt: skip


def heeded(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Return what is said plainly; nothing where that is what was found, or where nothing is."""
    for certain in (_quality, _words, _scene_more, _of_the_cast, _look, _in_that_scene, _of_one_scene, _of_music):
        plain = certain(found, likely, wish)
        if plain and plain.calls != found.calls:
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


def _of_the_cast(found: Understood, likely: Likely, wish: Wish) -> Understood:
    if _sum(likely, "character_add", "character_look", "character_name", "character_out") < 2 * SOME:
        return NOTHING
    if any(call.tool != "describe_character" for call in found.calls):
        return NOTHING
    return casting.said_plainly(wish)


def _in_that_scene(found: Understood, likely: Likely, wish: Wish) -> Understood:
    """Change one scene's picture where somebody's looks are wished for that scene, not for the whole film."""
    is_look = bool(found.calls) and all(set(call.arguments) == {"name", "image_prompt"} for call in found.calls)
    is_there = bool(wish.found or wish.sentence.named) and len(wish.places) == 1
    if not is_look or not is_there or _sum(likely, "picture") < 2 * SOME:
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


def is_taken_back(said: str) -> bool:
    """ "… nah, leave it as it is": what was wished before it is not to be done."""
    return re.search(TAKEN_BACK, said, re.IGNORECASE) is not None


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
