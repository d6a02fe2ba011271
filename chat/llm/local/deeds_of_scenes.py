"""PURE: the deeds done to scenes for a meaning that was found by its likeness to examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from chat.llm.local import descriptions, dictation, leftover_words, mentions, new_scenes, slots
from chat.llm.local.film import Film
from chat.llm.local.mentions import Likeness, Mention
from chat.llm.local.reading import Sentence
from chat.llm.local.scene_words import WRITTEN
from chat.llm.local.steps import Step, Understood, step

LONG_S, SHORT_S, STEP_S = 10, 5, 2
"""The length of a scene that is to be longer or shorter, and by how much more where it is so already."""
CORRECTING = frozenset({"meant", "mean", "meine", "meinte", "sorry", "wait", "actually", "halt", "doch"})
OF_WORDS = ("text", "sentence", "narration", "words", "line", "story")
MOST_WORDS, SHORTEST_SUBJECT = 60, 3
"""The latter in letters."""
AT_THE_FRONT = (
    r"\b(?:first|front|beginning|start|begin|opening|anfang|zuerst|vorne?|principio|comienzo|inicio|empieza|début|"
    r"commence|"
    r"inizio|começo)\b"
)
AT_THE_END = r"\b(?:last|end|ending|ende|schluss|hinten|zuletzt|finale?|fin|fine|fim|einde)\b"
BEFORE = r"\b(?:before|vor|bevor|antes|avant|prima|voor)\b"
BETWEEN = r"\b(?:between|zwischen|entre|fra|tra|tussen)\b"
SWAPPED = r"\b(?:swap|switch|exchange|tausch\w*|vertausch\w*|cambia|intercambia|échange|scambia|troca|wissel)\b"


@dataclass(frozen=True)
class Wish:
    """A sentence, and what is known of it: the scenes it speaks of, and the reader that knows the rules."""

    sentence: Sentence
    film: Film
    found: Sequence[Mention]
    likeness: Likeness
    read: Callable[[str], Understood]
    """What the rules make of a sentence in plain English."""

    @property
    def said(self) -> str:
        return self.sentence.said

    @property
    def opened(self) -> str:
        """All that was said, what is dictated in it too."""
        return dictation.opened(self.said)

    @property
    def places(self) -> tuple[int, ...]:
        """The scenes it is about; several where it names several, or where it is not sure."""
        named = tuple(place for place in self.sentence.scenes if place in self.film.places)
        if named or (named := mentions.counted(self.said, len(self.film.places))):
            return named
        by_time = self._nearest() if mentions.is_meanwhile(self.said) else ()
        found = by_time or mentions.target(self.said, self.film, self.found)
        return (self._nearest() if len(found) != 1 and not self._is_of_all else ()) or found or self._only()

    @property
    def _is_of_all(self) -> bool:
        return bool(re.search(mentions.EVERY, self.said.lower()))

    @property
    def is_sure(self) -> bool:
        """That all of the `places` are meant."""
        return len(self.places) == 1 or bool(self.sentence.scenes) or bool(re.search(mentions.EVERY, self.said.lower()))

    @property
    def content(self) -> list[str]:
        """Its words beside the scenes and the small words."""
        words = mentions.TOKEN.findall(mentions.without(self.said, self.found).lower())
        return [word for word in words if len(word) > 2 and word not in mentions.NOT_NAMES and word not in CORRECTING]

    @property
    def left(self) -> str:
        return leftover_words.described(mentions.without(self.said, self.found))

    def _nearest(self) -> tuple[int, ...]:
        return mentions.nearest(self.said, self.film, self.likeness)

    def _only(self) -> tuple[int, ...]:
        return (1,) if len(self.film.places) == 1 else ()


Deed = Callable[[Wish], Understood]
NOTHING = Understood()


def which(wish: Wish) -> Understood:
    """Ask which scene is meant, where several may be; each is named by its title."""
    film = wish.film
    if len(wish.places) < 2:
        return Understood(words=film.say("ask.scene"))
    names = [film.say("ask.scene_named", n=place, title=film.scene(place)["title"]) for place in wish.places]
    buttons = tuple(film.say("lists.scene_at", n=place) for place in wish.places)
    return Understood(words=film.say("ask.which_scene", scenes=film.listed(names, "lists.or")), suggestions=buttons)


def seen_and_moving(wish: Wish) -> Understood:
    """Put it into both, where it cannot be told whether something is to be seen or to happen."""
    seen, moving = in_scenes("image_prompt")(wish), in_scenes("video_prompt")(wish)
    if {one.tool for one in (*seen.calls, *moving.calls)} != {"edit_scene"} or not seen.calls:
        return seen
    changes = {one.arguments["scene"]: dict(one.arguments) for one in (*moving.calls, *seen.calls)}
    for one in moving.calls:
        changes[one.arguments["scene"]] |= one.arguments
    return Understood(tuple(step("edit_scene", **one) for one in changes.values()))


def in_scenes(field: str) -> Deed:
    """Add what is said to a scene's picture or motion; the rules know some of it better."""

    def deed(wish: Wish) -> Understood:
        if len(_anchors(wish)) == 2 and re.search(BETWEEN, wish.said.lower()):
            return addition(wish)
        if not wish.places or not wish.is_sure:
            return which(wish)
        text = wish.left
        seen = "image_prompt" if field == "video_prompt" and descriptions.is_a_thing(text) else field
        if (found := _by_rules(wish, seen)) is not None:
            return found
        if not text or len(text.split()) > MOST_WORDS:
            return NOTHING
        return Understood(tuple(_added(wish, place, seen, text) for place in wish.places))

    return deed


def _by_rules(wish: Wish, field: str) -> Understood | None:
    """Return what the rules make of it for these scenes, where they take all of it."""
    if wish.sentence.language != "en" or len(wish.places) != 1:
        return None
    found = wish.read(f"{wish.left} in scene {wish.places[0]}")
    edits = [call for call in found.calls if call.tool == "edit_scene" and set(call.arguments) == {"scene", field}]
    if not edits or len(edits) != len(found.calls) or found.words:
        return None
    told, scene = str(edits[0].arguments[field]), wish.film.scene(wish.places[0])
    new = [word for word in mentions.TOKEN.findall(wish.left.lower()) if word not in mentions.NOT_NAMES]
    is_whole = all(word in told.lower() for word in new)
    return found if is_whole or len(told) < len(scene[field]) else None


HOUR = (
    r",? ?\b(?:(?:at|in|by|on) (?:the |an? )?)?(?:early |late |stormy |sunny )?(?:night|sunrise|sunset|dawn|"
    r"dusk|noon|midday|"
    r"daylight|morning|afternoon|evening|day)\b"
)
HOURS = (
    r"\b(?:nights?|sunrise|sunset|dawn|dusk|noon|midday|daylight|daytime|afternoon|evening|by day|nacht\w*|"
    r"nachts|tag|abends?|"
    r"mittags?|nachmittags?|sonnenuntergang|sonnenaufgang|noche|día|tarde|atardecer|nuit|jour|soir|crépuscule|notte|giorno|sera|"
    r"tramonto|noite|dia|entardecer)\b"
)


def _added(wish: Wish, place: int, field: str, text: str) -> Step:
    old, text = str(wish.film.scene(place)[field]).rstrip(" .,"), _named(wish, place, text)
    if field == "image_prompt" and re.search(HOURS, text, re.IGNORECASE) and len(text.split()) <= FEW_WORDS:
        old = re.sub(HOUR, "", old, count=1, flags=re.IGNORECASE).strip(" ,") or old
    return step("edit_scene", scene=place, **{field: f"{old}, {text}" if old else text})


_SOMEBODY = re.compile(
    r"^(?:her|him|she|he)(?= (?:on|in|at|with|under|by|near|behind|beside|as|from|while|\w+ing)\b)", re.IGNORECASE
)


def _named(wish: Wish, place: int, text: str) -> str:
    """A picture is made from its own words alone: "her on the moon" is told there by the name, where one is meant."""
    names = wish.film.scene(place)["characters"] or [one["name"] for one in wish.film.characters]
    return _SOMEBODY.sub(lambda _: str(names[0]), text) if len(names) == 1 else text


def words_given(wish: Wish) -> Understood:
    is_seen = re.search(WRITTEN, wish.said.lower().partition(":")[0])
    if is_seen and not wish.sentence.has("says?|narration|voice"):
        return NOTHING
    text, old = leftover_words.dictated(wish.said), leftover_words.quoted(wish.opened)
    if not text:
        return words_swapped(wish)
    if len(old) == 2 and (swapped := words_swapped(wish)).calls:
        return swapped
    if len(old) == 2 and (place := _nearest_words(wish, old[0])):
        return Understood((step("edit_scene", scene=place, script=_exchanged(wish, place, old[0], text)),))
    if edge := re.search(AN_EDGE, wish.said.lower()):
        spoken = [scene["index"] for scene in wish.film.scenes if scene["script"]] or wish.film.places
        return Understood(
            (step("edit_scene", scene=spoken[-1 if edge["last"] or edge["closing"] else 0], script=_sentence(text)),)
        )
    if len(wish.places) == 1 and (wish.found or wish.sentence.named):
        return Understood((step("edit_scene", scene=wish.places[0], script=_sentence(text)),))
    place = _nearest_words(wish, text) or (wish.places[0] if len(wish.places) == 1 else 0)
    return Understood((step("edit_scene", scene=place, script=_sentence(text)),)) if place else which(wish)


def _exchanged(wish: Wish, place: int, old: str, new: str) -> str:
    """Some words of a scene for others, or all of them where the old ones stand nowhere in them."""
    spoken = str(wish.film.scene(place)["script"])
    new = dictation.opened(new)
    told = slots.with_words(spoken, slots.Replaced(old.strip(" .!?"), new.strip(" .!?")))
    return told if told != spoken else _sentence(new)


def words_swapped(wish: Wish) -> Understood:
    """Words of the narration for others, where the old ones stand in it."""
    named = [place for place in wish.sentence.named if place in wish.film.places]
    for change in slots.replaced(wish.opened):
        told = {place: slots.with_words(str(wish.film.scene(place)["script"]), change)
                for place in named or wish.film.places}  # fmt: skip
        if new := {place: text for place, text in told.items() if text != wish.film.scene(place)["script"]}:
            return Understood(tuple(step("edit_scene", scene=place, script=text) for place, text in new.items()))
    return which(wish) if len(wish.places) > 1 else words_other(wish) if wish.places else NOTHING


def _nearest_words(wish: Wish, text: str) -> int:
    """The scene whose words are most like those; 0 where none is."""
    spoken = [scene for scene in wish.film.scenes if scene["script"]]
    alike = wish.likeness([text], [scene["script"] for scene in spoken])[0]
    best = max(alike, default=0.0)
    return int(spoken[alike.index(best)]["index"]) if best > SAME_WORDS else 0


SAME_WORDS = 0.6
AN_EDGE = (
    r"\b(?:(?P<last>last|final|closing|letzte\w*|última?|dernière|ultima)|first|erste\w*|primera|première|prima) "
    r"(?:line|sentence|words?|satz|frase|phrase)\b|\b(?P<closing>schluss)satz\b"
)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def words_off(wish: Wish) -> Understood:
    if len(wish.places) != 1:
        return which(wish) if wish.places else NOTHING
    if descriptions.speaks_of(wish.sentence.plain):
        return Understood(words=wish.film.say("ask.words", n=wish.places[0]))
    return Understood((step("edit_scene", scene=wish.places[0], script=""),))


def words_other(wish: Wish) -> Understood:
    if len(wish.places) != 1:
        return which(wish)
    is_of_words = likest(wish, OF_WORDS) >= ALIKE
    return Understood(words=wish.film.say("ask.words" if is_of_words else "ask.different", n=wish.places[0]))


def silenced(wish: Wish) -> Understood:
    """No music in the scenes that are named."""
    if not wish.places or not wish.is_sure:
        return which(wish)
    return Understood((step("change_music", scenes=list(wish.places), silent=True),))


def likest(wish: Wish, others: Sequence[str]) -> float:
    words = mentions.TOKEN.findall(wish.said.lower())
    return max((value for row in wish.likeness(words, others) for value in row), default=0.0)


def lasting(seconds: int) -> Deed:
    """A scene lasts so long, or as long as the sentence says, where a scene can."""

    def deed(wish: Wish) -> Understood:
        if len(wish.places) != 1 and not wish.is_sure:
            return which(wish) if wish.places else NOTHING
        film = wish.film
        changes = [(place, _lasts(wish, place, seconds)) for place in wish.places]
        is_odd = any(wanted not in film.scene_lengths for _, wanted in changes)
        note = film.say("did.lasts_only", lengths=film.lengths_in_words()) if is_odd else ""
        steps = [step("edit_scene", scene=place, duration=film.length_near(wanted)) for place, wanted in changes]
        is_beyond = any(wanted > max(film.scene_lengths) for _, wanted in changes)
        return Understood(() if is_beyond else tuple(steps), note)

    return deed


def _lasts(wish: Wish, place: int, otherwise: int) -> int:
    now = int(wish.film.scene(place)["duration"])
    if said := slots.changed_by(wish.sentence.plain, now) or slots.seconds(wish.said, now):
        return said
    further = min(max(wish.film.scene_lengths), max(otherwise, now + STEP_S))
    return further if otherwise == LONG_S else max(min(wish.film.scene_lengths), min(otherwise, now - STEP_S))


def begun_with(transition: str) -> Deed:
    def deed(wish: Wish) -> Understood:
        places = wish.places if wish.sentence.named else wish.film.places[1:]
        return Understood(tuple(step("edit_scene", scene=place, transition=transition) for place in places))

    return deed


def addition(wish: Wish) -> Understood:
    """A new scene, with whoever is named in it; "in scene 4 …" is of a scene that there is, and seen there."""
    if re.match(IN_ONE, wish.sentence.plain) and wish.places and not _NEW_SCENE.search(wish.said):
        return in_scenes("image_prompt")(wish)
    text = leftover_words.described(_AS_A_SCENE.sub("", _WHERE.sub(" ", _NEW_SCENE.sub(" ", wish.said)), count=1))
    text = _SCENE_LENGTH.sub("", text).strip(" ,.:;–-")
    if len(text) < SHORTEST_SUBJECT or text.lower() in mentions.NOT_NAMES:
        return Understood(words=wish.film.say("cannot.more_scenes"))
    text, spoken = new_scenes.parted(text, wish.film)
    new: dict[str, Any] = {"title": new_scenes.titled(text, wish.sentence.language, capitals=False), "script": "",
                           **spoken, "image_prompt": f"{text.rstrip(' .')}, {wish.film.shared_look}",
                           "video_prompt": "a slow, steady move", "after": _behind(wish)}  # fmt: skip
    named = [
        one["name"] for one in wish.film.characters if re.search(rf"\b{re.escape(one['name'])}\b", text, re.IGNORECASE)
    ]
    if seconds := slots.seconds(wish.said, 0):
        new["duration"] = wish.film.length_near(seconds)
    return Understood((step("add_scene", **new, **({"characters": named} if named else {})),))


IN_ONE = r"(?:(?:and|but|then|please) )*(?:in|on|at) (?:the )?(?:scene \d+|(?:first|second|third|last) scene)\b"
_NEW_SCENE = re.compile(
    r"\b(?:add|insert|want|need|there should be|füge?|ich will|möchte|noch|añade|quiero|ajoute|je (?:veux|"
    r"voudrais)|aggiungi|"
    r"voglio|adicion[ae]|acrescent[ae]|ajoutez|agrega|quero)? ?"
    r"(?:(?:a|an|another|one more|one|eine?|neue|otra|una|une|un'|um|uma|outra|nuova|"
    r"nouvelle|nueva) "
    r"?(?:new |neue |nueva |nouvelle |nuova |nova )?(?:scene|szene|escena|scène|scena|cena)\b)"
    r"(?: more| hinzu| hinzufügen| ein| de plus)?(?:[,:]? ?(?:where|in which|showing|about|of|with|wo|in der|mit|"
    r"über|donde|en la que|avec|con|com|sur|sobre"
    r"|où|in cui|onde|em que)\b)?[,: ]*|something is missing[^:]*:?|fehlt (?:mir )?(?:noch )?(?:was|etwas)[.,:]?",
    re.IGNORECASE,
)
_AS_A_SCENE = re.compile(
    r"^\W*(?:(?:and|then|und|dann|also|please|bitte|could you|can you|can we|i'd like to|i (?:want|need|miss)|"
    r"we need|add|insert|"
    r"slip in|squeeze in|put in|throw in|stick in|show|noch|füg\w*|bau\w*|añade|ajoute|aggiungi|acrescenta|"
    r"there should be|"
    r"start with|end with|mete|falta|manca|il manque)\b[ ,:]*)*(?:(?:one|1|another|an?|noch eine?|eine|una|une|"
    r"un'|um|uma) "
    r"(?:(?:more|extra|final|new|short|establishing|opening|closing) )*(?:one|scene|shot|moment|bit|szene|bild|"
    r"escena|scène|"
    r"plan|scena|cena)?\b ?)?(?:(?:where|in which|of|showing|about|with|in der|wo|en la que|donde|où|in cui|"
    r"dove|em que|onde)"
    r"\b ?)?[,: ]*",
    re.IGNORECASE,
)
_SCENE_LENGTH = re.compile(
    r"(?:^|[ ,])(?:\d+|five|ten|fünf|zehn) ?(?:s|secs?|seconds?|sek\w*|segundos|secondes|secondi)\b[,: ]*|,? "
    r"?new scene\b|"
    r"\b(?:before|vor) (?:all )?(?:this|that|dem allen)\b|(?<=\w) (?:ein|hinzu|dazu)$",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r",?\b(?:at the (?:very )?(?:end|beginning|start)|am (?:ende|anfang|schluss)|al (?:final|principio)|à la fin|"
    r"au début|"
    r"alla fine|all'inizio|no (?:fim|final|começo|início)|"
    r"(?:after|before|nach|vor|después de|antes de|après|avant|dopo|"
    r"prima di|depois de?) "
    r"(?:the |that |dem |der |den |la |el |le |il |lo |o |a )?(?:scene \d+|szene \d+|\w+)(?: scene| bit| part)?|"
    r"(?:between|zwischen|entre) .{1,40}? (?:and|und|y|et|e) (?:the |dem |der |den |la |el |le |o |"
    r"a )?(?:scene )?\w+)\b",
    re.IGNORECASE,
)


def _behind(wish: Wish) -> int:
    """The place that the new scene comes after."""
    said, film = wish.said.lower(), wish.film
    anchors = _anchors(wish)
    if re.search(BETWEEN, said) and anchors:
        return min(anchors)
    if anchors and re.search(r"\b(?:after|behind|nach|después|après|dopo|depois|na)\b", said):
        return anchors[0]
    if anchors and re.search(BEFORE, said):
        return anchors[0] - 1
    if re.search(r"\bbefore all (?:this|that)\b|\b(?:opening|establishing) (?:shot|scene)\b", said):
        return 0
    return 0 if re.search(AT_THE_FRONT, said) and not re.search(AT_THE_END, said) else len(film.places)


def _anchors(wish: Wish) -> list[int]:
    """The scenes that are named, in turn."""
    named = [place for place in wish.sentence.named if place in wish.film.places]
    return named or list(dict.fromkeys(one.places[0] for one in wish.found if one.rank == mentions.TITLE))


def anew(kind: str) -> Deed:
    """The price of another try."""

    def deed(wish: Wish) -> Understood:
        if len(wish.places) != 1:
            return which(wish)
        return Understood((step("regenerate", components=[wish.film.key(kind, wish.places[0])], instructions=""),))

    return deed


ALIKE = 0.6
FEW_WORDS = 8
"""Of a wish for another hour: a longer one speaks of something else too."""
