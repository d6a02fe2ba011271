"""PURE: the question whether words are to be said or shown, its two buttons, and the answers to it."""

from __future__ import annotations

import re
from functools import cache

from chat.llm.local.film import Film
from chat.llm.local.steps import Step, Understood, step
from chat.llm.local.wording import SPOKEN, sentences

LONGEST = 8
"""Words of an answer; one with more says something of its own."""
SAY = re.compile(
    r"\b(?:says?|said|sayed|speaks?|spoken|voice|narrat\w+|aloud|sag\w*|gesagt|sprech\w*|spricht|gesprochen|vorlesen|"
    r"vorgelesen|liest|erzähl\w*|stimme|dire|dise|dit|dis|lire|voix|decir\w*|diga|dilo|dice|voz|dirlo|dica|voce|dizer|"
    r"diz|dizendo|fal\w+)\b|说|念|读|कह|बोल",
    re.IGNORECASE,
)
SHOW = re.compile(
    r"\b(?:shows?|shown|see|seen|pictures?|image|visible|display\w*|zeig\w*|gezeigt|seh\w*|sieht|bild|montr\w+|voir|"
    r"mostr\w+|ver|verlo|imagen|vedere|immagine|imagem)\b|显示|画面|展示|看|दिखा",
    re.IGNORECASE,
)
BOTH = re.compile(
    r"\b(?:both|beides?|les deux|ambas|las dos|ambos|entramb\w+|tutt[ei] e due)\b|都|两者|दोनों", re.IGNORECASE
)


def question(film: Film, place: int, text: str) -> Understood:
    """Ask it, with a button for each answer."""
    buttons = tuple(film.say(key, n=place, text=text) for key in ("suggest.says", "suggest.shows"))
    return Understood(words=film.say("ask.said_or_seen", n=place, text=text), suggestions=buttons)


def answered(said: str, film: Film, asked: str) -> Understood:
    """Return what an answer to the question means, or one of its buttons; `asked` is what the agent said last."""
    found = next((match for language in SPOKEN if (match := _asked(language).search(asked))), None)
    if found is None or int(found["n"]) not in film.places:
        return Understood()
    place, text = int(found["n"]), found["text"]
    spoken = step("edit_scene", scene=place, script=text)
    shown = step("edit_scene", scene=place, image_prompt=f"{film.scene(place)['image_prompt'].rstrip(' .,')}, {text}")
    buttons = [film.say(key, n=place, text=text) for key in ("suggest.says", "suggest.shows")]
    if said.strip() in buttons:
        return Understood(((spoken, shown)[buttons.index(said.strip())],))
    return Understood(_chosen(said, spoken, shown))


def _chosen(said: str, spoken: Step, shown: Step) -> tuple[Step, ...]:
    if len(said.split()) > LONGEST or re.search(r"[:\d„“\"«]", said):
        return ()
    if BOTH.search(said):
        return (step("edit_scene", **{**shown.arguments, **spoken.arguments}),)
    say, show = bool(SAY.search(said)), bool(SHOW.search(said))
    return () if say == show else (spoken,) if say else (shown,)


@cache
def _asked(language: str) -> re.Pattern[str]:
    """Return the question of a language as a pattern; what stands in it twice is the same both times."""
    pattern = re.escape(sentences(language)["ask.said_or_seen"])
    for name, kind in (("n", r"\d+"), ("text", ".+?")):
        pattern = pattern.replace(rf"\{{{name}\}}", f"(?P<{name}>{kind})", 1).replace(rf"\{{{name}\}}", f"(?P={name})")
    return re.compile(pattern, re.DOTALL)
