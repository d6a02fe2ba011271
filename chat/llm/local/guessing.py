"""PURE: when the likeness to examples says what a sentence means, because no rule knows it, or one has it wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chat.llm.local import corrections, deeds, mentions, remainders, talk
from chat.llm.local.deeds_of_scenes import Wish
from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence, read
from chat.llm.local.steps import Understood


class Meaning(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def likelihood(self) -> float: ...


class Mind(Protocol):
    """What knows how alike sentences and words are, and which meanings are likely."""

    def meanings(self, said: str) -> Sequence[Meaning]:
        """The likeliest first."""
        ...

    def likeness(self, some: Sequence[str], others: Sequence[str]) -> list[list[float]]: ...


@dataclass(frozen=True)
class Guess:
    name: str
    likelihood: float


SURE, LIKELY, PERHAPS = 0.8, 0.45, 0.2
WHOLE_SCENES = (
    "scene_remove", "scene_move", "scene_longer", "scene_shorter", "words_off", "words_other", "words_given",
    "redo_picture", "redo_clip", "redo_voice", "why", "transition_soft", "transition_hard", "scene_add",
)  # fmt: skip
"""Meanings of sentences in which "the boat" is a scene, and not something to be seen."""
OPPOSITES = (
    ("music_on", "music_off"), ("music_louder", "music_quieter"), ("captions_on", "captions_off"),
    ("scene_longer", "scene_shorter"), ("film_longer", "film_shorter"), ("voice_on", "voice_off"),
)  # fmt: skip
"""Vectors of sentences hardly tell one from the other, so words do; where those do not, it is asked."""
TOOLS: Mapping[str, tuple[str, ...]] = {
    "words_given": ("edit_scene", "edit_scenes"),
    "words_off": ("edit_scene", "change_settings"),
    "scene_longer": ("edit_scene",),
    "scene_shorter": ("edit_scene",),
    "redo_picture": ("regenerate", "edit_scene", "select_take"),
    "redo_clip": ("regenerate", "edit_scene", "select_take"),
    "why": ("explain",),
    "music": ("change_music", "change_settings"),
    "scene_add": ("add_scene",),
    "motion": ("edit_scene", "regenerate"),
    "picture": ("edit_scene", "describe_character", "regenerate", "add_scene"),
    "character_look": ("describe_character", "edit_scene"),
    "character_name": ("describe_character", "edit_scene", "rename_film"),
    "about": ("film_status", "spending", "list_films", "quote_film"),
}
"""The tools that fit what is meant; whatever else a rule would call is another wish than this."""
MISREAD = frozenset(
    {"change_settings", "describe_character", "write_script", "change_music", "edit_scene", "film_status", "quote_film"}
)
"""What a rule may have taken a sentence for that means something else."""
CHANGES = frozenset({"change_settings", "edit_scene", "change_music", "describe_character", "rename_film"})
READ_WELL = ("en", "de")
"""Languages whose phrases the rules know well enough to take words of a wish over."""
Reader = Callable[[Sentence], Understood]


def better(found: Understood, said: str, film: Film, mind: Mind, reader: Reader) -> Understood:
    """Return what the rules have found, or what is likelier meant."""
    wish = _wish(said, film, mind, reader)
    likely = _meanings(wish, mind)
    if is_question(said) and found.calls and all(call.tool in CHANGES for call in found.calls):
        return _answered([*likely, Guess("about", 1.0)], wish)
    is_known = not is_lost(found, likely) and not _is_another(found, likely[0], wish)
    if is_known or (wish.sentence.named and not wish.content):
        return found
    again = _numbered(wish, likely, reader)
    if again and not is_lost(again, likely) and not _is_another(again, likely[0], wish):
        return again
    guessed = _answered(likely, wish) if is_question(said) else _guessed(likely, wish)
    return guessed or found


def before_script(said: str, film: Film, mind: Mind) -> Understood:
    """Answer what is no subject of a film, though somebody says it in place of one."""
    first = mind.meanings(said)[0]
    if first.likelihood < LIKELY_TALK or len(said.split()) > LONGEST_TALK:
        return Understood()
    key = BEFORE_SCRIPT.get(first.name)
    if key == PRICE:
        return Understood(words=price_before_script(film))
    return Understood(words=film.say(key)) if key else Understood()


def price_before_script(film: Film) -> str:
    """Nobody is asked what the film is about while its script is being written."""
    return film.say("wait.price_with_it" if film.is_being_written else PRICE)


LIKELY_TALK, LONGEST_TALK = 0.6, 12
PRICE = "ask.subject_for_price"
BEFORE_SCRIPT = {
    "price": PRICE,
    "price_part": PRICE,
    "help": "talk.steps",
    "who": "talk.who",
    "there": "ask.subject",
    "greeting": "ask.subject",
    "refund": "cannot.refund",
    "download": "cannot.export_before",
}


def _meanings(wish: Wish, mind: Mind) -> list[Guess]:
    """The likely meanings, of the sentence as it is and with numbers for the scenes it names."""
    told = mentions.numbered(wish.said, wish.found)
    likely = {one.name: one.likelihood for one in mind.meanings(wish.said)}
    if told != wish.said:
        again = {one.name: one.likelihood for one in mind.meanings(told)}
        best = max(again, key=lambda name: again[name])
        if best in WHOLE_SCENES and again[best] >= LIKELY and best not in ("why", "scene_add"):
            return [Guess(name, value) for name, value in again.items()]
        likely = {name: (likely.get(name, 0.0) + again.get(name, 0.0)) / 2 for name in likely | again}
    return sorted((Guess(name, value) for name, value in likely.items()), key=lambda one: -one.likelihood)


def is_lost(found: Understood, likely: Sequence[Meaning]) -> bool:
    """Nothing is done, and nothing is known but that a scene is missing."""
    if found.calls or not found:
        return not found
    if likely[0].name in ("redo_picture", "redo_clip") and corrections.was_asked("ask.flawed", found.words):
        return True
    return talk.was_lost(found.words) or corrections.was_asked("ask.scene", found.words)


def _is_another(found: Understood, likely: Meaning, wish: Wish) -> bool:
    fitting = TOOLS.get(likely.name)
    is_dictated = likely.name == "words_given" and bool(remainders.dictated(wish.said))
    if fitting is None or likely.likelihood < (LIKELY if is_dictated else SURE):
        return False
    if not found.calls:
        return is_dictated
    if likely.name == "music" and wish.sentence.language not in READ_WELL:
        return True
    tools = {call.tool for call in found.calls}
    return (is_dictated or (len(tools) == 1 and tools <= MISREAD)) and not tools & set(fitting)


def _wish(said: str, film: Film, mind: Mind, reader: Reader) -> Wish:
    sentence = read(said, len(film.places), film.language)
    found = mentions.of_scenes(said, film, mind.likeness)

    def plainly(english: str) -> Understood:
        return reader(read(english, len(film.places)))

    return Wish(sentence, film, found, mind.likeness, plainly)


def _numbered(wish: Wish, likely: Sequence[Meaning], reader: Reader) -> Understood | None:
    """What the rules make of it when scenes that are called by what is in them have their numbers.

    Only where it is of the scene as a whole: whoever has "the boat" removed may mean the boat in a picture.
    """
    told = mentions.numbered(wish.said, wish.found)
    if told == wish.said:
        return None
    found = reader(read(told, len(wish.film.places), wish.film.language))
    moves = any(call.tool == "arrange_scenes" for call in found.calls)
    if moves and _may_be_a_thing(found, wish):
        return deeds.question("scene_remove", wish)
    return found if moves or likely[0].name in WHOLE_SCENES else None


def _may_be_a_thing(found: Understood, wish: Wish) -> bool:
    """Something is removed that is called by what other scenes show too."""
    removes = any(len(call.arguments.get("order", ())) < len(wish.film.places) for call in found.calls)
    return removes and any(one.also and not mentions.is_as_scene(wish.said, one) for one in wish.found)


def _guessed(likely: Sequence[Meaning], wish: Wish) -> Understood:
    first, second = likely[0], likely[1]
    for pair in OPPOSITES:
        if first.name in pair:
            return _of_opposites(pair, first, wish)
    if {first.name, second.name} == {"picture", "motion"} and second.likelihood > MAY_BE_BOTH:
        return deeds.of("picture or motion", wish)
    if first.likelihood >= LIKELY:
        return deeds.of(first.name, wish)
    return _unsure(likely, wish) if first.likelihood >= PERHAPS else Understood()


MAY_BE_BOTH, ANSWERED = 0.08, 0.12
OF_A_SCENE = ("picture", "motion", "scene_add", "character_look")


def _unsure(likely: Sequence[Meaning], wish: Wish) -> Understood:
    first, second = likely[0], likely[1]
    seen = next((one for one in likely if one.name in OF_A_SCENE), None)
    if seen and wish.places and (first.name in OF_A_SCENE or not deeds.asked(first.name, wish)):
        return deeds.of(first.name, wish) or deeds.of("picture or motion", wish)
    return deeds.either(first.name, second.name, wish) or deeds.of(first.name, wish)


CUES = {
    "off": (
        r"weg|aus|ohne|no|off|remove|without|keine?n?|sin|quita|sans|enlève|senza|togli|sem|tira|drop|kill|geen|"
        r"uit|raus"
    ),
    "shorter": (
        r"short\w*|kürz\w*|kurz|less|too long|zu lang|drags?|zieht|cort\w*|demasiado larg\w*|raccourci\w*|"
        r"trop long\w*|troppo lung\w*|muito long\w*|enough|reichen|trim|only|nur"
    ),
    "quieter": (
        r"quiet\w*|leiser?|down|too loud|zu laut|baja|baisse|trop fort\w*|abbassa|abaixa|zachter|hardly hear|kaum"
    ),
}  # fmt: skip
CUES |= {
    "on": r"on|add|with|mit|an|con|avec|met|com|put|pon|mets|metti|coloca|turn on|wieder|again|back|after all|doch",
    "longer": (
        r"long\w*|länger|lang|more time|too short|zu kurz|más larg\w*|plus long\w*|più lung\w*|mais long\w*|"
        r"stretch|mehr zeit"
    ),
    "louder": r"loud\w*|lauter?|up|too quiet|zu leise|sube|monte|alza|aumenta|plus fort",
}


def _of_opposites(pair: tuple[str, str], first: Meaning, wish: Wish) -> Understood:
    """The words tell which; the one with a contrary cue ("too loud") is looked at first."""
    said = wish.said.lower()
    told = [name for name in sorted(pair, key=_is_contrary, reverse=True) if _has_cue(name, said)]
    if told or first.likelihood >= SURE:
        return deeds.of(told[0] if told else first.name, wish)
    return deeds.either(*pair, wish) or deeds.of(first.name, wish)


def _is_contrary(name: str) -> bool:
    return name.rpartition("_")[2] in ("off", "shorter", "quieter")


def _has_cue(name: str, said: str) -> bool:
    return bool(re.search(rf"\b(?:{CUES[name.rpartition('_')[2]]})\b", said))


QUESTION = re.compile(
    r"^(?:and |und |so |but |aber |hey |¿)*(?:is|are|was|were|does|did|do|has|have|why|what|which|who|whose|how|"
    r"when|where|will|"
    r"ist|sind|war|hat|haben|kommt|gibt|warum|wieso|weshalb|was|wer|wie|wann|wo|welche[rsnm]?|wird|"
    r"es|está|por qué|qué|quién|cuánt\w+|cuándo|dónde|hay|est-ce|pourquoi|qui|combien|quand|où|quel\w*|"
    r"è|perché|chi|quant\w+|quando|dove|por que|quem|onde|quais?|tem|is er|waarom|wie|hoe)\b",
    re.IGNORECASE,
)


PROPOSAL = re.compile(
    r"^\W*(?:(?:what|how) (?:about|if)|why (?:not|don't|dont)|(?:do|is) (?:it|there) (?:possible|a way)|"
    r"do you (?:mind|think you)|"
    r"will you|wie wäre?|was (?:ist mit|hältst)|warum nicht|por qué no|qué tal|pourquoi pas|et si|perché non|"
    r"que tal)\b",
    re.IGNORECASE,
)


def is_question(said: str) -> bool:
    """A question about the film as it is, and no polite wish ("can you …?")."""
    text = said.strip()
    return text.endswith("?") and bool(QUESTION.match(text)) and not PROPOSAL.match(text)


def _answered(likely: Sequence[Meaning], wish: Wish) -> Understood:
    """Answer a question; nothing is changed by it."""
    fitting = next((one for one in likely if one.name in deeds.ANSWERS and one.likelihood >= ANSWERED), None)
    return deeds.of(fitting.name, wish) if fitting else Understood()
