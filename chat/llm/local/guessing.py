"""PURE: the guess at what a sentence means by its likeness to examples, where no rule knows it, or one has it wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from chat.llm.local import (
    capabilities,
    clauses,
    corrections,
    deeds,
    dictation,
    leftover_words,
    lengths_said,
    mentions,
    plain_wishes,
    several_wishes,
    slots,
    talk,
)
from chat.llm.local.deeds_of_scenes import Wish
from chat.llm.local.film import Film
from chat.llm.local.fitting_tools import CHANGES, CUES, FIELDS, LENGTH, MISREAD, PREFERRED, TOOLS
from chat.llm.local.reading import Sentence, is_plainly_asked, read
from chat.llm.local.shorthand import without_oaths
from chat.llm.local.steps import Understood


class Meaning(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def likelihood(self) -> float: ...


class Mind(Protocol):
    """A mind knows how alike sentences and words are, and which meanings are likely."""

    def meanings(self, said: str) -> Sequence[Meaning]:
        """The likeliest first."""
        ...

    def openings(self, said: str) -> Sequence[Meaning]:
        """Those of what is said before there is a film; `subject`: what it should be about."""
        ...

    def likeness(self, some: Sequence[str], others: Sequence[str]) -> list[list[float]]: ...


@dataclass(frozen=True)
class Guess:
    name: str
    likelihood: float


SURE, QUITE_SURE, LIKELY, PERHAPS = 0.8, 0.6, 0.45, 0.2
WHOLE_SCENES = (
    "scene_remove", "scene_move", "scene_longer", "scene_shorter", "words_off", "words_other", "words_given",
    "redo_picture", "redo_clip", "redo_voice", "why", "transition_soft", "transition_hard", "scene_add", "scene_keep",
    "music_off_part", "unhappy_part", "ask_scene", "ask_music", "price_part", "character_out",
)  # fmt: skip
"""Meanings of sentences in which "the boat" is a scene, and not something to be seen."""
OPPOSITES = (
    ("music_on", "music_off"), ("music_louder", "music_quieter"), ("captions_on", "captions_off"),
    ("scene_longer", "scene_shorter"), ("film_longer", "film_shorter"), ("voice_on", "voice_off"),
)  # fmt: skip
"""Vectors of sentences hardly tell one from the other, so words do; where those do not, it is asked."""
READ_WELL = ("en", "de")
"""Languages whose phrases the rules know well enough to take words of a wish over."""
Reader = Callable[[Sentence], Understood]
ReaderOf = Callable[[Sentence, Film], Understood]


def better(found: Understood, said: str, film: Film, mind: Mind, reader: ReaderOf) -> Understood:
    """Return what the rules have found, or what is likelier meant: of the whole, or of each wish in it."""

    def hear(text: str, now: Film) -> Understood:
        sentence = read(text, len(now.places), now.language)
        found, likely = reader(sentence, now), mind.meanings(text)
        if is_lost(found, likely) and likely[0].likelihood < QUITE_SURE:
            wish = _wish(text, now, mind, lambda one: reader(one, now))
            return _numbered(wish, _meanings(wish, mind), lambda one: reader(one, now)) or Understood()
        return _better(found, text, now, mind, lambda one: reader(one, now))

    def is_aside(text: str) -> bool:
        return (
            bool(clauses.EXCUSE.match(text.lower())) or mind.meanings(text)[0].name in ASIDES or len(text.split()) < 3
        )

    is_more = _is_long(said) or [call.tool for call in found.calls] == ["quote_film"]
    if not is_question(said) and (not found.calls or corrections.was_asked("talk.left", found.words) or is_more):
        several = several_wishes.each(said, film, hear, is_aside)
        if several.calls and _is_more(several, found):
            return several
    return _better(found, said, film, mind, lambda one: reader(one, film))


ASIDES = frozenset({"unhappy", "praise", "thanks", "none", "chat", "unhappy_part", "greeting"})
LONG = 12
"""Words of a message that may hold several wishes."""


def _is_long(said: str) -> bool:
    return len(said.split()) >= LONG


def _is_more(several: Understood, found: Understood) -> bool:
    """Tell whether what is done for its parts is more than what a rule has done for the whole."""
    tools = {call.tool for call in several.calls}
    chosen = [(name, value) for call in several.calls if call.tool == "change_settings"
              for name, value in call.arguments.items()]  # fmt: skip
    if len({name for name, _ in chosen}) < len(chosen):
        return False  # one wish takes back what another has chosen
    return not found.calls or found.words != "" or (len(found.calls) == 1 and len(tools) > 1)


def _better(found: Understood, said: str, film: Film, mind: Mind, reader: Reader) -> Understood:
    wish = _wish(said, film, mind, reader)
    likely = _meanings(wish, mind)
    found = lengths_said.without_length_of_a_scene(found, wish)
    is_asked = _is_asked(said, likely[0])
    if is_asked and found.calls and all(call.tool in CHANGES | NEVER_FOR_A_QUESTION for call in found.calls):
        return _answered([*likely, Guess("about", 1.0)], wish)
    if _is_plain(found, said) or corrections.was_asked("cannot.logo", found.words):
        return found
    if not is_asked and (plain := plain_wishes.heeded(found, {one.name: one.likelihood for one in likely}, wish)):
        return plain
    is_known = not is_lost(found, likely) and not _is_another(found, likely[0], wish)
    is_told = likely[0].name in PREFERRED and likely[0].likelihood >= QUITE_SURE
    if is_known or (wish.sentence.named and not wish.content and not is_told):
        return found
    again = _numbered(wish, likely, reader)
    if again and {call.tool for call in again.calls} == {"regenerate"}:
        return again
    if again and not is_lost(again, likely) and not _is_another(again, likely[0], wish):
        return again
    guessed = _answered(likely, wish) if _is_asked(said, likely[0]) else _guessed(likely, wish)
    return guessed or found or talk.lost(film, "")


NEVER_FOR_A_QUESTION = frozenset({"arrange_scenes", "write_script", "remove_character", "cancel_run", "undo"})


def _is_plain(found: Understood, said: str) -> bool:
    """Tell whether a rule has heard what no example is like: words to be spoken, a way of own words, or a voice that is
    named for somebody."""
    names_a_voice = any(call.tool == "use_own_voice" or "voice" in call.arguments for call in found.calls)
    names_a_style = bool(STYLE_NAMED.search(said)) and any("style" in call.arguments for call in found.calls)
    names_a_style = names_a_style or (bool(SHAPE_NAMED.match(said)) and _chooses_a_shape(found))
    return names_a_voice or names_a_style or _is_dictated(found, said) or _is_way_of_own_words(found)


def _chooses_a_shape(found: Understood) -> bool:
    return [sorted(call.arguments) for call in found.calls] == [["aspect_ratio"]]


SHAPE_NAMED = re.compile(r"\W*(?:im )?(?:hochkant|hochformat|querformat|vertical|portrait|landscape)\b", re.IGNORECASE)
STYLE_NAMED = re.compile(r"\b(?:style|stil|estilo|stile)\b", re.IGNORECASE)


def _is_dictated(found: Understood, said: str) -> bool:
    """Words to be spoken stand in the sentence as they are: what they are like says nothing."""
    spoken = [str(call.arguments["script"]) for call in found.calls if "script" in call.arguments]
    return any(dictation.has_words_of(said, text) for text in spoken)


def _is_way_of_own_words(found: Understood) -> bool:
    """Tell whether it is how the film follows the words it was given: no example is of that, so it is like others by
    chance."""
    return any("source" in call.arguments for call in found.calls if call.tool == "write_script")


def _is_asked(said: str, first: Meaning) -> bool:
    """A question, with its mark or plainly one by what it means."""
    if is_question(said):
        return True
    is_likely = first.name in deeds.ANSWERS and first.likelihood >= LIKELY
    return is_likely and bool(QUESTION.match(said.strip())) and not PROPOSAL.match(said.strip())


def _meanings(wish: Wish, mind: Mind) -> list[Guess]:
    """The likely meanings, of the sentence as it is and with numbers for the scenes it names."""
    told = dictation.opened(mentions.numbered(wish.said, wish.found))
    told = mentions.edges_numbered(told, len(wish.film.places)) if told == wish.opened else told
    calm = without_oaths(wish.opened)
    likely = _heeding_form(wish.opened, {one.name: one.likelihood for one in mind.meanings(calm)})
    if told != wish.opened:
        again = _heeding_form(told, {one.name: one.likelihood for one in mind.meanings(told)})
        best = max(again, key=lambda name: again[name])
        if best in (*WHOLE_SCENES, "picture") and again[best] >= LIKELY and best not in ("why", "scene_add"):
            return [Guess(name, value) for name, value in again.items()]
        likely = {name: (likely.get(name, 0.0) + again.get(name, 0.0)) / 2 for name in likely | again}
    return sorted((Guess(name, value) for name, value in likely.items()), key=lambda one: -one.likelihood)


def _heeding_form(said: str, likely: dict[str, float]) -> dict[str, float]:
    """Heed the form: what is no question by it is less likely one."""
    if "?" in said or QUESTION.match(said.strip()) or ASKING_ALSO.match(said.strip()):
        return likely
    told = {name: value * (UNASKED if name in ASKED_IN_FORM else 1.0) for name, value in likely.items()}
    return {name: value / sum(told.values()) for name, value in told.items()}


UNASKED = 0.25
ASKED_IN_FORM = capabilities.MEANINGS - {
    "ask_ideas", "keep", "sequel", "voice_pace", "voice_level", "own_voice", "trim", "captions_look",
    "write_text", "chat",
}  # fmt: skip
ASKING_ALSO = re.compile(
    r"^(?:and |so |hey |hi |hello )*(?:can|could|may|do|will|would|am|tell|list|show|kann|können|kannst|darf|muss|geht|"
    r"sprichst|puedo|puedes|tengo|se puede|je peux|tu peux|tu |peut-on|posso|puoi|si può|dá para|posso|c'est)\b",
    re.IGNORECASE,
)


def is_lost(found: Understood, likely: Sequence[Meaning]) -> bool:
    """Nothing is done, and nothing is known but that a scene is missing."""
    if found.calls or not found:
        return not found
    if likely[0].name in ("redo_picture", "redo_clip") and corrections.was_asked("ask.flawed", found.words):
        return True
    return talk.was_lost(found.words) or corrections.was_asked("ask.scene", found.words)


def _is_another(found: Understood, likely: Meaning, wish: Wish) -> bool:
    fitting = TOOLS.get(likely.name)
    is_dictated = likely.name == "words_given" and bool(leftover_words.dictated(wish.said))
    if fitting is None or likely.likelihood < (LIKELY if is_dictated else _least_likelihood(found, likely)):
        return False
    if not found.calls:
        return is_dictated or likely.name in PREFERRED
    if likely.name == "music" and wish.sentence.language not in READ_WELL:
        return not _is_translated(found, wish.said)
    tools = {call.tool for call in found.calls}
    if _is_settled(likely, tools, is_dictated, wish.places):
        return False
    if likely.name == "words_other" and tools == {"edit_scene"}:
        return any(call.arguments.get("script") for call in found.calls)
    if tools == {"edit_scene"} and (fields := FIELDS.get(likely.name)):
        if fields == LENGTH and not (_has_cue(likely.name, wish.said.lower()) or slots.seconds(wish.said, 0)):
            return False
        return not any(set(call.arguments) & fields for call in found.calls)
    return (is_dictated or (len(tools) == 1 and tools <= MISREAD)) and not tools & set(fitting)


def _least_likelihood(found: Understood, likely: Meaning) -> float:
    """Return how likely a meaning has to be to go before what the rules found."""
    tools = {call.tool for call in found.calls}
    if likely.name == "words_other" or tools == {"write_script"} or (tools == {"edit_scene"} and likely.name in FIELDS):
        return LIKELY
    is_vague = likely.name in FIELDS or likely.name in PREFERRED or not tools
    return QUITE_SURE if is_vague or found.calls[0].tool == "film_status" else SURE


def _is_translated(found: Understood, said: str) -> bool:
    """Tell whether music is described in English words alone, none of which stands in the sentence."""
    prompts = [str(call.arguments["prompt"]) for call in found.calls if call.arguments.get("prompt")]
    told = {word for prompt in prompts for word in mentions.TOKEN.findall(prompt.lower())}
    return bool(prompts) and told.isdisjoint(mentions.TOKEN.findall(said.lower()))


def _is_settled(likely: Meaning, tools: set[str], is_dictated: bool, places: Sequence[int]) -> bool:
    """A title or a scene was dictated, a rule knows what is wished of somebody who is there, or no scene is named."""
    is_titled = is_dictated and bool(tools & {"rename_film", "add_scene"})
    if likely.name == "music_off_part" and tools == {"change_settings"} and not places:
        return True
    return is_titled or (likely.name == "character_add" and tools != {"describe_character"})


def _wish(said: str, film: Film, mind: Mind, reader: Reader) -> Wish:
    sentence = read(said, len(film.places), film.language)
    found = mentions.of_scenes(said, film, mind.likeness)

    def plainly(english: str) -> Understood:
        return reader(read(english, len(film.places)))

    return Wish(sentence, film, found, mind.likeness, plainly)


def _numbered(wish: Wish, likely: Sequence[Meaning], reader: Reader) -> Understood | None:
    """Return what the rules make of it when scenes that are called by what is in them have their numbers.

    Only where it is of the scene as a whole: whoever has "the boat" removed may mean the boat in a picture.
    """
    told = mentions.numbered(wish.said, wish.found)
    if told == wish.said:
        return None
    found = reader(read(told, len(wish.film.places), wish.film.language))
    moves = any(call.tool == "arrange_scenes" for call in found.calls)
    if moves and _may_be_a_thing(found, wish):
        return deeds.question("scene_remove", wish)
    offers = bool(found.calls) and all(call.tool == "regenerate" for call in found.calls)
    return found if moves or offers or likely[0].name in WHOLE_SCENES else None


def _may_be_a_thing(found: Understood, wish: Wish) -> bool:
    """Something is removed that is called by what other scenes show too."""
    removes = any(len(call.arguments.get("order", ())) < len(wish.film.places) for call in found.calls)
    return removes and any(one.also and not mentions.is_as_scene(wish.said, one) for one in wish.found)


def _guessed(likely: Sequence[Meaning], wish: Wish) -> Understood:
    first, second = likely[0], likely[1]
    for pair in OPPOSITES:
        if first.name in pair and (found := _of_opposites(pair, first, wish)):
            return found
    if {first.name, second.name} == {"picture", "motion"} and second.likelihood > MAY_BE_BOTH:
        return deeds.of("picture or motion", wish)
    if found := _quoted(likely, wish):
        return found
    if first.likelihood >= LIKELY:
        return deeds.of(first.name, wish)
    return _unsure(likely, wish) if first.likelihood >= PERHAPS else Understood()


def _quoted(likely: Sequence[Meaning], wish: Wish) -> Understood:
    """Take what stands in quotation marks for what is to be spoken, unless that is unlikely."""
    given = next((one.likelihood for one in likely if one.name == "words_given"), 0.0)
    is_given = given >= PERHAPS / 2 and bool(leftover_words.quoted(wish.said))
    return deeds.of("words_given", wish) if is_given else Understood()


MAY_BE_BOTH, ANSWERED = 0.08, 0.12
OF_A_SCENE = ("picture", "motion", "scene_add", "character_look")
ENOUGH_OF_A_SCENE = 0.5
"""Of the likelihoods of all that may be seen in a scene together, so that it is put there."""


def _unsure(likely: Sequence[Meaning], wish: Wish) -> Understood:
    first = likely[0]
    together = sum(one.likelihood for one in likely if one.name in OF_A_SCENE)
    if together >= ENOUGH_OF_A_SCENE and first.name in OF_A_SCENE and wish.places:
        return deeds.of(first.name, wish) or deeds.of("picture or motion", wish)
    told = deeds.of(first.name, wish) if first.name in deeds.ONLY_TOLD else Understood()
    return told or deeds.either(first.name, likely[1].name, wish) or _asking(first.name, wish)


def _asking(meaning: str, wish: Wish) -> Understood:
    """Return what only answers or asks, where it cannot be told what is meant."""
    found = deeds.of(meaning, wish)
    return Understood() if any(call.tool not in ASKING for call in found.calls) else found


ASKING = frozenset({"film_status", "spending", "list_films", "quote_film", "savings", "explain", "regenerate"})


def _of_opposites(pair: tuple[str, str], first: Meaning, wish: Wish) -> Understood:
    """The words tell which; the one with a contrary cue ("too loud") is looked at first."""
    said = wish.said.lower()
    told = [name for name in sorted(pair, key=_is_contrary, reverse=True) if _has_cue(name, said)]
    if not told and first.likelihood < LIKELY:
        return Understood()
    if told or first.likelihood >= SURE:
        return deeds.of(told[0] if told else first.name, wish)
    return deeds.either(*pair, wish) or deeds.of(first.name, wish)


def _is_contrary(name: str) -> bool:
    return name.rpartition("_")[2] in ("off", "shorter", "quieter")


def _has_cue(name: str, said: str) -> bool:
    return bool(re.search(rf"\b(?:{CUES[name.rpartition('_')[2]]})\b", said))


QUESTION = re.compile(
    r"^(?:and |und |so |but |aber |hey |¿)*(?:is|are|was|were|does|did|do|has|have|why|what|which|who|whose|how|"
    r"whats|whos|hows|wheres|whens|whys|"
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
    is_one = text.endswith("?") and bool(QUESTION.match(text)) and not PROPOSAL.match(text)
    return is_one or is_plainly_asked(text)


def _answered(likely: Sequence[Meaning], wish: Wish) -> Understood:
    """Answer a question; nothing is changed by it."""
    fitting = next((one for one in likely if one.name in deeds.ANSWERS and one.likelihood >= ANSWERED), None)
    return deeds.of(fitting.name, wish) if fitting else Understood()
