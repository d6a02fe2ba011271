"""PURE: what is to be seen in a scene, or no longer, or in another's place, and new scenes, in a Romance language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from chat.llm.local import new_scenes, replacements
from chat.llm.local.cast import ALIKE
from chat.llm.local.film import Film
from chat.llm.local.mentions import TOKEN, Likeness
from chat.llm.local.romance.words import as_said, bare, has, pattern
from chat.llm.local.steps import Understood, step

ReadEnglish = Callable[[str], Understood]
MOST_WORDS = 14
_N = r"(?P<scene>\d{1,2})"
_SEEN = (
    rf"^(?:<<in_scene>>){_N},? (?:<<see>>|<<add>>) (?P<seen>.+)$",
    rf"^(?:<<see>>|<<add>>) (?P<seen>.+?),? (?:<<in_scene>>){_N}$",
    rf"^<<scene>> {_N} (?:<<should>> )?<<show>> (?P<seen>.+)$",
)
_GONE = (
    rf"^<<remove>> (?P<gone>.+?) (?:<<in_scene>>){_N}$",
    rf"^(?:<<in_scene>>){_N},? <<remove>> (?P<gone>.+)$",
)
_WORDS_GONE = (
    rf"^<<remove>> <<words>> (?:<<in_scene>>){_N}$",
    rf"^(?:<<in_scene>>){_N},? <<remove>> <<words>>$",
)
_EXCHANGED = (
    rf"^<<swap>> (?:<<the>>)?(?P<old>.+?) (?:<<by>>) (?P<new>.+?)(?: (?:<<in_scene>>){_N})?$",
    rf"^(?:<<in_scene>>){_N},? <<swap>> (?:<<the>>)?(?P<old>.+?) (?:<<by>>) (?P<new>.+?)$",
)
_PLACE = r"(?:(?P<end{n}><<at_end>>)|(?P<start{n}><<at_start>>)|(?P<after{n}><<after>>)|(?P<before{n}><<before>>))"
_WHERE = [_PLACE.replace("{n}", str(place)) for place in range(3)]
_NEW_SCENE = (
    rf"^(?:<<add>>|<<want_scene>>) (?:{_WHERE[0]},? )?<<new_scene>>,? (?:{_WHERE[1]},? )?<<scene_with>> "
    rf"(?P<seen>.+?)(?:,? {_WHERE[2]})?$",
    rf"^<<new_scene>>,? {_WHERE[0]},? <<scene_with>> (?P<seen>.+)$",
    rf"^{_WHERE[0]},? <<new_scene>>,? <<scene_with>> (?P<seen>.+)$",
)
_QUOTE = re.compile(r"[\"“„«?]")


def heard(text: str, film: Film, likeness: Likeness, read_english: ReadEnglish) -> Understood:
    told = bare(text)
    if _QUOTE.search(told):
        return Understood()
    return (
        _silenced(told, film)
        or _new_scene(text, told, film, read_english)
        or _exchanged(text, told, film, likeness)
        or _gone(text, told, film, likeness)
        or _added(text, told, film)
    )


def _matches(forms: tuple[str, ...], told: str, film: Film) -> Iterator[re.Match[str]]:
    found = (pattern(form, film.language).match(told) for form in forms)
    return (one for one in found if one and int(one.groupdict().get("scene") or film.places[0]) in film.places)


def _is_thing(what: str, film: Film) -> bool:
    """Tell whether words are something that can be seen, and no other wish."""
    kinds = ("nobody", "remove", "swap", "add", "paced", "title")
    is_other = any(has(kind, what, film.language) for kind in kinds) or re.search(r"\d", what)
    return not is_other and not _is_name(what, film) and len(what.split()) <= MOST_WORDS


def _is_name(what: str, film: Film) -> bool:
    names = {bare(str(one["name"])) for one in film.characters}
    return pattern(r"^(?:<<to>>)?(?:<<the>>)?", film.language).sub("", what) in names


def _added(text: str, told: str, film: Film) -> Understood:
    for found in _matches(_SEEN, told, film):
        if _is_thing(found["seen"], film):
            place = int(found["scene"])
            prompt = f"{film.scene(place)['image_prompt'].rstrip(' .,')}, {as_said(found, 'seen', text)}"
            return Understood((step("edit_scene", scene=place, image_prompt=prompt),))
    return Understood()


def _silenced(told: str, film: Film) -> Understood:
    """Take the words out that are spoken in a scene."""
    found = next(_matches(_WORDS_GONE, told, film), None)
    return Understood((step("edit_scene", scene=int(found["scene"]), script=""),)) if found else Understood()


def _gone(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    """Take a thing out of a picture: the words for it, else it is said that it is not there."""
    for found in _matches(_GONE, told, film):
        if not _is_thing(found["gone"], film):
            continue
        place = int(found["scene"])
        prompt = str(film.scene(place)["image_prompt"])
        word = _word_for(found["gone"], prompt, film, likeness)
        kept = _without(prompt, word) if word else prompt
        none = {"es": "sin", "fr": "sans", "it": "senza", "pt": "sem"}[film.language]
        told_so = kept if kept != prompt else f"{prompt.rstrip(' .,')}, {none} {as_said(found, 'gone', text)}"
        return Understood((step("edit_scene", scene=place, image_prompt=told_so),))
    return Understood()


def _without(prompt: str, word: str) -> str:
    """Return the picture without a thing that is beside others: what it is of stays."""
    named = rf"(?:an? |the |some )?(?:(?!(?:with|in|on|at|of|and)\b)[\w'-]+ )?{re.escape(word)}\b"
    return re.sub(rf"(?:, (?:and |with )?| with | and ){named}(?=,| and |$)", "", prompt, count=1, flags=re.IGNORECASE)


def _word_for(what: str, prompt: str, film: Film, likeness: Likeness) -> str:
    """Return the word of a description that a thing is called by there; empty where there is none."""
    thing = _article(film).sub("", what).split()
    words = [word for word in dict.fromkeys(TOKEN.findall(prompt)) if len(word) > 2]
    if not thing or not words:
        return ""
    rows = likeness([thing[0], thing[0].capitalize()], [word.lower() for word in words])
    alike = [max(pair) for pair in zip(*rows, strict=True)]
    best = max(range(len(words)), key=lambda at: alike[at])
    return words[best] if alike[best] >= ALIKE else ""


def _article(film: Film) -> re.Pattern[str]:
    return pattern(r"^(?:<<the>>|(?:<<a>>)(?: |(?<=')))", film.language)


def _exchanged(text: str, told: str, film: Film, likeness: Likeness) -> Understood:
    """Put one thing in the place of another, in the pictures that speak of it; ask for the scene where none does."""
    for found in _matches(_EXCHANGED, told, film):
        if not _is_thing(found["old"], film) or not _is_thing(found["new"], film):
            continue
        place = int(found.groupdict().get("scene") or 0)
        scenes = [one for one in film.scenes if place in (0, one["index"])]
        word = _word_for(found["old"], " ".join(one["image_prompt"] for one in scenes), film, likeness)
        new = as_said(found, "new", text)
        new = new[_length(_article(film).match(found["new"])) :]
        steps = [one for one in replacements.exchanged(word, new, film) if place in (0, one.arguments["scene"])]
        is_clear = bool(word) and len(steps) <= replacements.MOST
        return Understood(tuple(steps)) if is_clear else Understood(words=film.say("ask.scene"))
    return Understood()


def _length(found: re.Match[str] | None) -> int:
    return found.end() if found else 0


def _new_scene(text: str, told: str, film: Film, read_english: ReadEnglish) -> Understood:
    found = next(_matches(_NEW_SCENE, told, film), None)
    if found is None or re.search(r"\d", found["seen"]) or has("nobody", found["seen"], film.language):
        return Understood()
    where = next((name for name, words in found.groupdict().items() if words and name != "seen"), "end0")
    number = re.search(r"\d+", found.groupdict()[where] or "")
    told_where = {"end": "at the end", "start": "at the beginning"}.get(where[:-1]) or f"{where[:-1]} scene {number[0]}"  # type: ignore[index]
    seen = as_said(found, "seen", text)
    read = read_english(f"add a scene {told_where} with {seen}")
    if [one.tool for one in read.calls] != ["add_scene"] or read.words:
        return Understood()
    title = new_scenes.titled(seen, film.language, capitals=False)
    return Understood((step("add_scene", **{**read.calls[0].arguments, "title": title}),))
