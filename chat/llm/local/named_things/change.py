"""PURE: a part of a message as a change: the thing that it is about, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chat.llm.local import cast, leftover_words, mentions, slots
from chat.llm.local.film import Film
from chat.llm.local.mentions import Likeness
from chat.llm.local.named_things import lexicon
from chat.llm.local.named_things.parts import SEALED
from chat.llm.local.named_things.scenes_named import Named, scenes_in
from chat.llm.local.steps import Step, step
from pipeline.film.settings import VOICES

RATIOS = re.compile(r"(?<![\d:])(16|9|4|3|1) ?(?:[:x/]|by|zu|auf|por|per|sur) ?(16|9|4|3|1)(?![\d:])", re.IGNORECASE)
KNOWN_RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4")
SHAPES = {"tall": "9:16", "wide": "16:9", "square": "1:1"}
OTHERWISE = {"9:16": "16:9", "16:9": "9:16"}
"""What is meant by "it can't be tall"."""
MOST_BESIDE = 5
"""Other words of a part that says who is to narrate: "i think bill would fit better to narrate"."""
STEP_DB = 6.0
LEAST_LEFT, MOST_LEFT = 3, 60
"""Letters and words of what is to be seen."""
_NAME = re.compile(rf"(?<![\w])(?:{'|'.join(VOICES)})(?:'?s)?(?![\w])", re.IGNORECASE)
_SWAPPED = re.compile(
    r"(?<!\w)(?:(?:swap|switch|replace|change|tausch\w*|ersetz\w*|cambia|remplace|sostituisci|troca|troque) "
    rf"(?:{'|'.join(VOICES)}) (?:for|by|with|to|gegen|durch|por|par|con|com)|"
    r"(?:instead of|rather than|not|statt|anstatt|nicht|en vez de|au lieu de|invece di|em vez de) "
    rf"(?:{'|'.join(VOICES)}))"
    r"(?!\w)",
    re.IGNORECASE,
)
"""The voice that goes, with what says so."""
_AMOUNT = re.compile(r"\d+(?:s|secs?|sek|seg)?", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?<![\w:.,])(\d{1,3})(?![\w:.,%])")
Hear = Callable[[str], Sequence[Step]]


@dataclass(frozen=True)
class Change:
    """`slot`: what is set, such as `captions` or `length 3`; `is_sure`: every word of the part is of a known kind."""

    slot: str
    steps: tuple[Step, ...]
    is_sure: bool = True
    places: tuple[int, ...] = ()


@dataclass(frozen=True)
class Context:
    """`before`: the scenes that were named last; `opened` puts dictated words back."""

    film: Film
    language: str
    likeness: Likeness
    opened: Callable[[str], str]
    before: tuple[int, ...] = ()
    last: str = ""
    """The slot of the change before."""
    disliked: tuple[int, ...] = ()
    """The scene that was complained about just before."""


def change_of(text: str, context: Context) -> Change | None:
    """Return the change whose words are all known; else nothing."""
    named = scenes_in(text, context.film, context.language, context.likeness)
    told = _Told(text, named, context)
    return next((found for kind in _SURE if (found := kind(told))), None)


def picture_of(text: str, context: Context) -> Change | None:
    """Return what is to be seen in the scene that is named, or how somebody who is named looks; else nothing."""
    named = scenes_in(text, context.film, context.language, context.likeness)
    told = _Told(text, named, context)
    return (_seen(told) if told.places else None) or _look(told) or _seen(told)


@dataclass(frozen=True)
class _Told:
    text: str
    named: Named
    context: Context

    @property
    def film(self) -> Film:
        return self.context.film

    @property
    def places(self) -> tuple[int, ...]:
        return self.named.places

    @property
    def scenes(self) -> tuple[int, ...]:
        """The scenes that are named, else those that were named before."""
        return self.places or self.context.before

    def find(self, kind: str) -> re.Match[str] | None:
        return lexicon.find(kind, self.named.rest, self.context.language)

    def find_in_all(self, kind: str) -> re.Match[str] | None:
        return lexicon.find(kind, self.text, self.context.language)

    def words(self, kind: str) -> str:
        return lexicon.of(kind, self.context.language)

    def left(self, *kinds: str) -> list[str]:
        """Return the words that are of none of these kinds, and not polite."""
        rest = self.named.rest
        for kind in (*kinds, "polite", "joint"):
            rest = lexicon.pattern(kind, self.context.language).sub(" ", rest)
        return [word for word in re.findall(r"[\w\ue000-\ue0ff]+", rest) if not _AMOUNT.fullmatch(word)]


def _spoken(told: _Told) -> Change | None:
    """ "In the last one the voice says: …"."""
    sealed = SEALED.search(told.text)
    if sealed is None or len(told.places) != 1 or not told.find("says"):
        return None
    if set(told.left("says", "narration")) - {sealed[0], *_names(told.film)} and told.find("title"):
        return None
    words = told.context.opened(sealed[0]).strip(" \"'")
    place = told.places[0]
    return Change(
        f"words {place}", (step("edit_scene", scene=place, script=words[:1].upper() + words[1:]),), places=told.places
    )


def _names(film: Film) -> set[str]:
    return {word for one in film.characters for word in one["name"].split()}


def _title(told: _Told) -> Change | None:
    """ "Titel: Sturmflut", "call it North", "der Film soll Nachtwache heißen"."""
    name = _name_given(told)
    beside = scenes_in(told.text.replace(name, " "), told.film, told.context.language, told.context.likeness)
    if len(name) < 2 or beside.places or _means_nothing(name, told) or told.find("captions"):
        return None
    is_written = name[:1].isupper() or SEALED.search(told.text) is not None
    return Change("title", (step("rename_film", title=name[:1].upper() + name[1:]),), is_written)


def _name_given(told: _Told) -> str:
    """Return what stands behind "the title is", behind "call it", or before "heißen"; empty where nothing does."""
    if before := _TO_BE_CALLED.search(told.text):
        return _bare(told, before["name"])
    found = told.find_in_all("title")
    if found is None:
        return ""
    behind = re.sub(rf"^(?:\W*{told.words('new')}(?!\w))+", "", told.text[found.end() :], count=1, flags=re.IGNORECASE)
    lead = re.match(rf"\W*{told.words('title_lead')}(?!\w)|\W*[:=]|\W*[\ue000-\ue0ff]", behind, re.IGNORECASE)
    is_written = lead or re.match(r"\W+[A-ZÄÖÜÉÈÀÓÍ]", behind)
    return _bare(told, behind) if is_written or not _A_NOUN.search(found[0]) else ""


_A_NOUN = re.compile(r"tit|name|nombre|nome|überschrift", re.IGNORECASE)
_TO_BE_CALLED = re.compile(
    r"\b(?:film|video|filmchen|ganze|das|er|es) (?:bitte )?(?:soll|sollte|könnte) (?:bitte )?(?P<name>.+?) "
    r"(?:heißen|heissen)\b",
    re.IGNORECASE,
)


def _bare(told: _Told, text: str) -> str:
    leads, ends = told.words("title_lead"), told.words("title_end")
    bare = re.sub(rf"^\W*(?:{leads}(?!\w)\W*)*|(?:\W+{ends})*\W*$", "", told.context.opened(text), flags=re.IGNORECASE)
    return bare.strip(" \"'“”„«».,;:–-")


def _means_nothing(name: str, told: _Told) -> bool:
    """Tell whether these words are no title: "another one", "at the beginning", "weg"."""
    polite, off, where, another = (told.words(kind) for kind in ("polite", "off", "in", "another"))
    return bool(re.match(rf"(?:(?:{polite}|{off})\W*)+$|{where}[ '’]+\w|{another}(?!\w)", name, re.IGNORECASE))


def _voice(told: _Told) -> Change | None:
    rest = _SWAPPED.sub("", told.named.rest)
    found = list(_NAME.finditer(rest))
    if len(found) != 1 or told.places:
        return None
    told = replace(told, named=replace(told.named, rest=rest))
    name = next(one for one in VOICES if re.fullmatch(rf"{one}(?:'?s)?", found[0][0], re.IGNORECASE))
    if name in _names(told.film):
        return None
    left = set(told.left("narration", "reads", "on", "the", "correction")) - {*re.findall(r"\w+", found[0][0]), "s"}
    if len(left) > (MOST_BESIDE if told.find("narrates") and name != "Will" else 0) or told.find("off"):
        return None
    return Change("voice", (step("change_settings", voice=name),))


def _captions(told: _Told) -> Change | None:
    if told.places or not told.find("captions") or told.find("music"):
        return None
    looks = [("boxed", "boxed"), ("burned", "clean"), ("off", "off"), ("on", "soft")]
    kind, value = next(((kind, value) for kind, value in looks if told.find(kind)), ("", ""))
    if not kind or told.left("captions", "boxed", "burned", "off", "on"):
        return None
    return Change("captions", (step("change_settings", captions=value),))


def _shape(told: _Told) -> Change | None:
    if told.places:
        return None
    ratios = [f"{one[1]}:{one[2]}" for one in RATIOS.finditer(told.named.rest)]
    shapes = [ratio for kind, ratio in SHAPES.items() if told.find(kind)]
    values = list(dict.fromkeys([*ratios, *shapes]))
    if len(values) == 1 and told.find_in_all("denied"):
        values = [OTHERWISE[one] for one in values if one in OTHERWISE]
    if len(values) != 1 or values[0] not in KNOWN_RATIOS or told.find("off"):
        return None
    left = [word for word in told.left(*SHAPES, "denied", "of_shapes") if not word.isdigit()]
    return None if left else Change("shape", (step("change_settings", aspect_ratio=values[0]),))


def _resolution(told: _Told) -> Change | None:
    found = told.find("resolution")
    if found is None or told.places or told.left("resolution", "in_resolution"):
        return None
    value = "720p" if found[0].startswith("720") else "1080p"
    return Change("resolution", (step("change_settings", resolution=value),))


_GOES_ON = re.compile(r"\W*(?:have|has|having|gets?|be)\b", re.IGNORECASE)
"""More of what was spoken of before: "the last scene should be short and have no music"."""


def _music(told: _Told) -> Change | None:
    if not told.find("music") or told.find("captions"):
        return None
    kind = next((kind for kind in ("louder", "quieter", "off", "on") if told.find(kind)), "")
    if not kind or told.left("music", kind, "on", "in"):
        return None
    places = told.scenes if _GOES_ON.match(told.text) else told.places
    if places:
        silent = step("change_music", scenes=list(places), silent=True)
        return Change(f"music {places}", (silent,), places=places) if kind == "off" else None
    if kind in ("off", "on"):
        return Change("music", (step("change_settings", music=kind == "on"),))
    level = float(told.film.settings.get("music_level_db") or 0.0) + (STEP_DB if kind == "louder" else -STEP_DB)
    return Change("music level", (step("change_settings", music_level_db=level),))


def _narration(told: _Told) -> Change | None:
    if told.places or not told.find("narration") or told.find("music") or told.find("captions"):
        return None
    if not told.find("off") or told.left("narration", "off"):
        return None
    return Change("narration", (step("change_settings", voice_over=False),))


def _length(told: _Told) -> Change | None:
    """ "Scene 6 is to last 10", "and it 5 seconds"."""
    places = told.places or told.context.before
    if not places:
        return None
    seconds = _seconds(told)
    if not seconds or told.left("lasts", "seconds"):
        return None
    film = told.film
    if seconds > max(film.scene_lengths) or (not told.places and _is_of_the_film(told)):
        return None
    steps = tuple(step("edit_scene", scene=place, duration=film.length_near(seconds)) for place in places)
    return Change(f"length {places}", steps, places=places)


def _seconds(told: _Told) -> int:
    rest = told.named.rest
    units = lexicon.of("seconds", told.context.language)
    if found := re.search(rf"(?<![\w:.])(\d{{1,3}}) ?{units}(?!\w)", rest, re.IGNORECASE):
        return int(found[1])
    if said := slots.seconds(rest, 0):
        return said
    bare = _BARE_NUMBER.findall(rest)
    is_length = told.find("lasts") or told.context.last.startswith("length")
    return int(bare[0]) if len(bare) == 1 and told.places and is_length else 0


def _is_of_the_film(told: _Told) -> bool:
    return (
        re.search(
            r"\b(?:film|video|movie|whole|total|ganze\w*|tout|entero|tutto|todo|pel[ií]cula)\b",
            told.text,
            re.IGNORECASE,
        )
        is not None
    )


def _moved(told: _Told) -> Change | None:
    """ "The moon scene to the end", "scene 3 before scene 1"."""
    if not told.find("move") or not 1 <= len(told.places) <= 2:
        return None
    kinds = ("ahead_of", "behind") if len(told.places) == 2 else ("at_the_front", "at_the_end")
    kind = next((kind for kind in kinds if told.find(kind)), "")
    if not kind or told.left("move", kind):
        return None
    moved, others = told.places[0], [place for place in told.film.places if place != told.places[0]]
    at = {"at_the_front": 0, "at_the_end": len(others)}.get(kind)
    if at is None:
        at = others.index(told.places[1]) + (kind == "behind")
    order = [*others[:at], moved, *others[at:]]
    return Change("order", (step("arrange_scenes", order=order),), places=(at + 1,))


def _swapped(told: _Told) -> Change | None:
    """ "Swap scenes 1 and 2", "flip 2 and 3"."""
    if not told.find("swap") or told.left("swap"):
        return None
    bare = [int(number) for number in _BARE_NUMBER.findall(told.named.rest)]
    places = told.places or tuple(place for place in bare if 1 <= place <= len(told.film.places))
    if len(places) != 2 or len(bare) > len(places):
        return None
    one, other = places
    order = [{one: other, other: one}.get(place, place) for place in told.film.places]
    return Change("order", (step("arrange_scenes", order=order),))


def _removed(told: _Told) -> Change | None:
    """ "Throw the second scene away": explicitly named, and nothing else is said."""
    named = told.places or (told.context.disliked if told.find("scene") and told.find("the") else ())
    if not named or not told.find("remove") or told.left("remove", *(() if told.places else ("scene", "the"))):
        return None
    order = [place for place in told.film.places if place not in named]
    return Change("order", (step("arrange_scenes", order=order),)) if order else None


def _seen(told: _Told) -> Change | None:
    if re.match(rf"\W*{told.words('asks')}(?!\w)", told.text, re.IGNORECASE):
        return None
    if len(told.scenes) != 1 or SEALED.search(told.text) or re.search(r"\d", told.named.rest):
        return None
    if any(told.find(kind) for kind in _NEVER_SEEN):
        return None
    text = leftover_words.described(told.named.rest)
    if len(text) < LEAST_LEFT or len(text.split()) > MOST_LEFT or not _shows_something(told):
        return None
    place = told.scenes[0]
    old = str(told.film.scene(place)["image_prompt"]).rstrip(" .,")
    return Change(
        f"picture {place}", (step("edit_scene", scene=place, image_prompt=f"{old}, {text}"),), False, told.scenes
    )


def _shows_something(told: _Told) -> bool:
    return any(len(word) > 2 and word.lower() not in mentions.NOT_NAMES for word in told.left("lasts"))


_NEVER_SEEN = ("captions", "music", "title", "off", "narration", "says", "seconds", "swap", "remove")


def _look(told: _Told) -> Change | None:
    names = [
        one["name"]
        for one in told.film.characters
        if re.search(rf"\b{re.escape(one['name'])}\b", told.text, re.IGNORECASE)
    ]
    if re.match(rf"\W*{told.words('asks')}(?!\w)", told.text, re.IGNORECASE):
        return None
    if len(names) != 1 or told.places or SEALED.search(told.text):
        return None
    if any(told.find(kind) for kind in ("captions", "music", "title", "narration", "off", "says")):
        return None
    found = cast.look(told.text, told.film, told.context.likeness)
    return Change(f"look {names[0]}", found.calls, False) if found.calls else None


_SURE: Sequence[Callable[[_Told], Change | None]] = (
    _spoken,
    _title,
    _captions,
    _music,
    _narration,
    _voice,
    _shape,
    _resolution,
    _length,
    _moved,
    _swapped,
    _removed,
)
