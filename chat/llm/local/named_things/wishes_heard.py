"""PURE: a message read as changes of named things, and when that is better than what the rules made of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from chat.llm.local import corrections, mentions, talk
from chat.llm.local.clauses import FILLERS
from chat.llm.local.film import Film
from chat.llm.local.guessing import Mind, is_question
from chat.llm.local.named_things import lexicon, questions
from chat.llm.local.named_things.change import Change, Context, change_of, picture_of
from chat.llm.local.named_things.parts import Part, cut
from chat.llm.local.named_things.scenes_named import scenes_in
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Step, Understood

Hear = Callable[[str, Film], Understood]
MOST_CHARS, MOST_PARTS, MOST_CUT = 600, 8, 5
SEEN_LIKELY, PLAINLY_SEEN = 0.1, 0.6
SEEN = ("picture", "motion", "character_look", "redo_picture")
COSTLY = frozenset(
    {"write_script", "arrange_scenes", "remove_character", "start_film", "cancel_run", "undo", "regenerate"}
)

CHANGED_HERE = frozenset(
    {"edit_scene", "edit_scenes", "change_settings", "change_music", "rename_film", "describe_character",
     "arrange_scenes", "write_script"}
)  # fmt: skip
"""The tools that changes of named things call; what calls another one was understood otherwise."""

ANSWERED = ("talk.kept", "cannot.two_shapes")
"""Answers to wishes that change nothing, whatever things they name."""


@dataclass
class _Reading:
    film: Film
    changes: list[Change] = field(default_factory=list)
    texts: list[Part] = field(default_factory=list)
    films: list[Film] = field(default_factory=list)
    """The film as it was before each change."""
    corrected: bool = False
    topic: str = ""
    """The thing whose change was taken back: what follows may be of it."""
    disliked: str = ""
    """The slot of the thing that is complained about: what follows has to change it."""
    disliked_scene: tuple[int, ...] = ()

    def take(self, part: Part, change: Change) -> None:
        self.films.append(self.film)
        self.changes.append(change)
        self.texts.append(part)
        self.film = _after(self.film, change)

    def give_back(self) -> tuple[Part, Change]:
        """Undo the last change, and return it."""
        self.film = self.films.pop()
        return self.texts.pop(), self.changes.pop()


def better(found: Understood, said: str, film: Film, language: str, mind: Mind, hear: Hear) -> Understood:
    """Return what the changes say, where they are the whole message and say more than what was found."""
    if language not in lexicon.languages() or not film.script or len(said) > MOST_CHARS:
        return found
    found = _without_rewriting(_without_its_reason(found, said, film, hear), film)
    if not found.calls and _is_open(found) and questions.is_about_settings(said, language):
        return Understood(words=talk.told_of_film(film))
    tools = {one.tool for one in found.calls}
    is_misheard = talk.was_lost(found.words) or (tools == {"regenerate"} and questions.is_about_a_scene(said, language))
    if is_misheard and (place := questions.scene_asked_about(said, film, language, mind.likeness)):
        return Understood(words=talk.described(Sentence("", f"scene {place}", len(film.places)), film))
    if is_question(said) or any(corrections.was_asked(key, found.words) for key in ANSWERED):
        return found
    reading = _read(said, film, language, mind, hear)
    if reading is None or not reading.changes:
        return found
    steps = tuple(step for one in reading.changes for step in one.steps)
    return Understood(steps) if _is_better(reading, steps, found) else found


def _without_its_reason(found: Understood, said: str, film: Film, hear: Hear) -> Understood:
    """Return what the wish means without the reason behind it: "vire l'escalier, ça traîne trop"."""
    if found.calls or not (_is_open(found) or corrections.was_asked("ask.meant", found.words)):
        return found
    reason = lexicon.of("reason", film.language)
    bare = re.sub(rf"\s*[,;.–-]+\s*{reason}(?!\w)[^,;.!?]*\W*$|,? instead\W*$", "", said, flags=re.IGNORECASE)
    again = hear(bare, film) if bare != said and len(bare.split()) > 1 else found
    return found if talk.was_lost(again.words) else again


def _without_rewriting(found: Understood, film: Film) -> Understood:
    """Ask which scene is meant rather than write the film at another length, where the message was not understood."""
    is_half_read = corrections.was_asked("talk.left", found.words)
    kept = tuple(call for call in found.calls if not (call.tool == "write_script" and "duration" in call.arguments))
    if not is_half_read or kept == found.calls:
        return found
    asked = film.say("ask.scene")
    return replace(found, calls=kept, words=f"{found.words} {asked}" if kept else asked)


def _is_better(reading: _Reading, steps: Sequence[Step], found: Understood) -> bool:
    if _slots(steps) == _slots(found.calls):
        return False
    is_sure = any(one.is_sure for one in reading.changes)
    if not found.calls:
        return is_sure or _is_open(found)
    here = CHANGED_HERE | {"regenerate"} if is_sure and reading.changes[0].slot == "voice" else CHANGED_HERE
    if any(one.tool not in here for one in found.calls) and not _slots(found.calls) <= _slots(steps):
        return False
    costly, now = ({one.tool for one in steps_of} & COSTLY for steps_of in (found.calls, steps))
    unasked, missing = now - costly - {"arrange_scenes"}, costly - now
    if unasked or missing:
        return is_sure and not unasked
    if corrections.was_asked("talk.left", found.words) or (is_sure and reading.corrected):
        return True
    return not found.words and _says_more(reading, steps, found)


def _says_more(reading: _Reading, steps: Sequence[Step], found: Understood) -> bool:
    """Tell whether more things are changed than were found, or every word of the message is of a known kind."""
    told, heard = _touched(steps), _touched(found.calls)
    is_all_sure = all(one.is_sure for one in reading.changes) and len(reading.changes) > 1
    is_more = any(one.is_sure for one in reading.changes) and _things(heard) < _things(told)
    return (
        is_all_sure
        or is_more
        or heard < told
        or _is_denied(reading)
        or _drops_words(found.calls, steps, reading.texts[0].text, reading.film.language)
    )


def _is_denied(reading: _Reading) -> bool:
    """Tell whether a shape is named only to be denied: "it can't be tall"."""
    one, part = reading.changes[0], reading.texts[0]
    return one.slot == "shape" and one.is_sure and bool(lexicon.find("denied", part.text, reading.film.language))


def _drops_words(found: Sequence[Step], steps: Sequence[Step], text: str, language: str) -> bool:
    """Tell whether words behind a "with" are in the picture as it is read here, and not in the one found."""
    one, other = (steps_of[0] if len(steps_of) == 1 else None for steps_of in (found, steps))
    if one is None or other is None or one.tool != "edit_scene" or other.tool != one.tool:
        return False
    if set(one.arguments) != {"scene", "image_prompt"} or set(one.arguments) != set(other.arguments):
        return False
    had, has = (set(mentions.TOKEN.findall(str(call.arguments["image_prompt"]).lower())) for call in (one, other))
    joints = r"\b(?:with|w|plus)(?=[ /])" if language == "en" else r"\b(?:mit|with)(?= )"
    beside = re.split(joints, text.lower(), maxsplit=1)[1:]
    told = {word for word in mentions.TOKEN.findall(" ".join(beside)) if len(word) > 3}
    return bool((told & has) - had - mentions.NOT_NAMES)


def _things(touched: set[tuple[str, str, str]]) -> int:
    """Return how many things are changed: each scene, each character, the settings."""
    return len({(tool, of) for tool, of, _ in touched})


def _is_open(found: Understood) -> bool:
    """Tell whether nothing was understood but that a scene is missing."""
    return talk.was_lost(found.words) or corrections.was_asked("ask.scene", found.words) or not found.words


def _slots(steps: Sequence[Step]) -> frozenset[tuple[str, str, str]]:
    found: set[tuple[str, str, str]] = set()
    for one in steps:
        if one.tool == "edit_scenes":
            found |= _slots([Step("edit_scene", change) for change in one.arguments["changes"]])
            continue
        of = str(one.arguments.get("scene", one.arguments.get("name", "")))
        found |= {
            (one.tool, of, f"{name}={value}") for name, value in one.arguments.items() if name not in ("scene", "name")
        }
        if not one.arguments:
            found.add((one.tool, "", ""))
    return frozenset(found)


def _read(said: str, film: Film, language: str, mind: Mind, hear: Hear) -> _Reading | None:
    message = cut(said, language)
    if len(message.parts) > MOST_PARTS:
        return None
    reading = _Reading(film)

    def context() -> Context:
        before = next((one.places for one in reversed(reading.changes) if one.places), ())
        last = reading.changes[-1].slot if reading.changes else ""
        return Context(reading.film, language, mind.likeness, message.opened, before, last, reading.disliked_scene)

    def read(part: Part) -> Change | None:
        change = _read_part(part.text, context(), mind, hear)
        return None if change and _hangs_loose(change, part, context()) else change

    is_instead = False
    for part in message.parts:
        if _is_beside(part.text, language, bool(reading.changes)):
            continue
        part, is_instead = replace(part, is_instead=part.is_instead or is_instead), False
        if _says_nothing(part.text, language):
            is_instead = part.is_instead
            continue
        done = _instead(part, reading, read) if part.is_instead and reading.changes else _next(part, reading, read)
        if not (done or _is_complaint(part, reading, mind)):
            return None
    is_mended = not reading.disliked or any(one.slot == reading.disliked for one in reading.changes)
    return reading if is_mended else None


def _is_complaint(part: Part, reading: _Reading, mind: Mind) -> bool:
    """Take a part that is no wish for a complaint about the one thing or scene that it names, and note that."""
    if reading.disliked or reading.changes:
        return False
    named = [slot for kind, slot in NAMED.items() if lexicon.find(kind, part.text, reading.film.language)]
    found = mentions.of_scenes(part.text, reading.film, mind.likeness)
    places = {place for one in found if one.rank == mentions.TITLE for place in one.places}
    if len(named) + len(places) != 1:
        return False
    reading.disliked = named[0] if named else "order"
    reading.disliked_scene = tuple(places)
    return True


NAMED = {"narration": "voice", "music": "music", "captions": "captions"}


def _hangs_loose(change: Change, part: Part, context: Context) -> bool:
    """Tell whether a picture is only an addition behind a comma: no "and" says that it is a wish of its own."""
    is_bare = not re.search(r"\w", part.joint) and not part.is_instead and bool(part.joint)
    of_part = scenes_in(part.text, context.film, context.language, context.likeness).places
    return is_bare and bool(context.last) and not of_part and change.slot.split()[0] in ("picture", "edit_scene")


def _next(part: Part, reading: _Reading, read: Callable[[Part], Change | None]) -> bool:
    """Take a part as a wish of its own, or as more of the wish before it."""
    change = read(part) or (read(replace(part, text=f"{reading.topic} {part.text}")) if reading.topic else None)
    last = reading.changes[-1] if reading.changes else None
    is_again = change and last and _touched(change.steps) & _touched(last.steps)
    if change and last and is_again and change.is_sure and not last.is_sure:
        reading.give_back()
    elif is_again:
        change = None
    if change is not None:
        reading.take(part, change)
        return True
    if not reading.changes:
        return False
    before, old = reading.give_back()
    whole = part.behind(before)
    change = read(whole)
    if change is None or change.steps == old.steps:
        return False
    reading.take(whole, change)
    return True


def _touched(steps: Sequence[Step]) -> set[tuple[str, str, str]]:
    """Return what is changed, whatever its new value."""
    return {(tool, of, name.partition("=")[0]) for tool, of, name in _slots(steps)}


def _after(film: Film, change: Change) -> Film:
    for one in change.steps:
        film = film.after(one)
    return film


def _instead(part: Part, reading: _Reading, read: Callable[[Part], Change | None]) -> bool:
    """Put what is said now in the place of the change before it."""
    reading.corrected = True
    before, old = reading.give_back()
    if _TAKEN_BACK.fullmatch(part.text.strip(" ,.;!")):
        reading.topic = TOPICS.get(old.slot.split()[0], "")
        return True
    change = read(part)
    if change is None or not _is_same_thing(old, change):
        change = _with_the_value(part.text, before, old, read)
    if change is None or not _is_same_thing(old, change):
        return False
    reading.take(part, change)
    return True


def _is_same_thing(one: Change, other: Change) -> bool:
    kinds = {one.slot.split()[0], other.slot.split()[0]}
    return len(kinds) == 1 or kinds == {"music", "level"}


_TAKEN_BACK = re.compile(
    r"(?:just )?(?:keep|leave) (?:it|that|them)(?: (?:in|on|as is|there))?|lass (?:es|sie|ihn|das)(?: (?:so|drin|an))?|"
    r"doch nicht|laisse(?:[ -]l[ea])?|d[eé]jal[ao](?: as[ií])?|lascial[ao]|deixa(?: assim)?|nvm|never ?mind",
    re.IGNORECASE,
)
TOPICS = {"captions": "captions", "music": "music", "level": "music", "voice": "narration"}
_NUMBER = re.compile(r"(?<![\w:])\d{1,3}(?![\d:])")


def _with_the_value(text: str, before: Part, old: Change, read: Callable[[Part], Change | None]) -> Change | None:
    """Return the earlier wish with another value: "30 seconds, no, 20", "captions in a box, actually turn them off"."""
    numbers, olds = _NUMBER.findall(text), list(_NUMBER.finditer(before.text))
    if len(numbers) == 1 and olds and (len(olds) == 1 or old.slot.startswith("length")):
        last = olds[-1]
        return read(Part(f"{before.text[: last.start()]}{numbers[0]}{before.text[last.end() :]}"))
    topic = TOPICS.get(old.slot.split()[0])
    if old.slot == "title":
        return read(Part(f"title: {text}"))
    if topic:
        return read(Part(f"{topic} {text}"))
    words = before.text.split()
    cuts = sorted(range(1, min(MOST_CUT, len(words))), key=lambda cut_off: abs(cut_off - len(text.split())))
    again = (read(Part(" ".join([*words[:-cut_off], text]))) for cut_off in cuts)
    return next((one for one in again if one and one.slot == old.slot and one.steps != old.steps), None)


def _read_part(text: str, context: Context, mind: Mind, hear: Hear) -> Change | None:
    if change := change_of(text, context):
        return change
    heard = _heard(text, context, hear)
    if heard and _is_elsewhere(heard, text, context):
        heard = None
    seen = picture_of(text, context)
    if seen is None or (heard and not _drops_words(heard.steps, seen.steps, text, context.language)):
        return heard
    is_named = bool(scenes_in(text, context.film, context.language, context.likeness).places)
    least = SEEN_LIKELY if is_named or seen.slot.startswith("look") else PLAINLY_SEEN
    likely = mind.meanings(text)[:4]
    return seen if any(one.name in SEEN and one.likelihood >= least for one in likely) else heard


def _is_elsewhere(heard: Change, text: str, context: Context) -> bool:
    """Tell whether a part was heard of a scene that it neither names nor mentions, and the part before does not."""
    if not heard.places or set(heard.places) <= set(context.before):
        return False
    if scenes_in(text, context.film, context.language, context.likeness).places:
        return False
    is_mentioned = mentions.is_at_an_edge(text) or mentions.of_scenes(text, context.film, context.likeness)
    return len(context.before) == 1 or not is_mentioned


def _heard(text: str, context: Context, hear: Hear) -> Change | None:
    opened = context.opened(text).strip(" ,.;!")
    if len(opened.split()) < 2:
        return None
    found = hear(opened, context.film)
    if not found.calls or found.words or any(_is_too_much(call, context.film) for call in found.calls):
        return None
    places = tuple(call.arguments["scene"] for call in found.calls if "scene" in call.arguments)
    return Change(_slot_of(found.calls[0]), tuple(found.calls), False, places)


def _is_too_much(call: Step, film: Film) -> bool:
    """Tell whether a call costs or removes something: a part alone is no ground for that."""
    if call.tool == "arrange_scenes":
        return sorted(call.arguments["order"]) != film.places
    return call.tool in (COSTLY - {"write_script"} | {"quote_film"})


def _slot_of(call: Step) -> str:
    names = {
        "voice": "voice",
        "captions": "captions",
        "music": "music",
        "aspect_ratio": "shape",
        "duration": "length",
        "style": "style",
        "title": "title",
    }
    return next((names[name] for name in call.arguments if name in names), call.tool)


def _is_beside(text: str, language: str, is_behind: bool) -> bool:
    """Tell whether it is a reason for the wish before it, or says what is to stay as it is."""
    joint, kept = lexicon.of("joint", language), lexicon.of("kept", language)
    is_reason = is_behind and re.match(rf"{lexicon.of('reason', language)}(?!\w)", text, re.IGNORECASE)
    return bool(is_reason or re.match(rf"(?:{joint} )*{kept}\W*$", text, re.IGNORECASE))


def _says_nothing(text: str, language: str) -> bool:
    rest = lexicon.pattern("polite", language).sub(" ", text)
    return not re.search(r"\w", rest) or FILLERS.fullmatch(text) is not None
