"""PURE: a scene in another tone: funnier, sadder, less boring. Its picture changes, and where it can its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chat.llm.local.film import Film
from chat.llm.local.looks import Asked
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, Understood, step
from pipeline.film.narration import narration_length, narration_limit
from pipeline.providers.local.writing import banks

TONES: dict[str, tuple[str, str, str]] = {
    r"funnier|funny|more fun(?:ny)?|more humou?r(?:ous)?|wittier|hilarious|comical|a (?:bit of )?joke|sillier|"
    r"goofier": (
        "funny", "funny and playful", ""),
    r"scarier|scary|creepier|creepy|spookier|spooky": ("spooky", "spooky, with long shadows", ""),
    r"more (?:dramatic|suspenseful|thrilling|tense)|tenser": ("dramatic", "more dramatic", ""),
    r"happier|more (?:cheerful|joyful|happy)|merrier": ("joyful", "cheerful", ""),
    r"more romantic|romantic": ("romantic", "romantic, in soft light", ""),
    r"more (?:inspiring|uplifting|hopeful)": ("inspiring", "uplifting", ""),
    r"sadder|more (?:sad|emotional|melancholic)": ("", "melancholic", ""),
    r"(?:less boring|less dull|more (?:interesting|exciting|lively|engaging|action)|livelier|not so boring|"
    r"more going on|spice (?:it |\w+ \d+ )?up|jazz (?:it |\w+ \d+ )?up)": (
        "", "lively, with rich colours and much going on", "with lively movement"),
}  # fmt: skip
"""Words → the tone of the narration, what the picture becomes, what the motion becomes."""


def wish(sentence: Sentence, film: Film) -> Found:
    if not sentence.named or sentence.has(r"music|voice|captions?"):
        return None
    found = next((tone for words, tone in TONES.items() if sentence.has(words)), None)
    if found is None or sentence.strangers:
        return None
    tone, picture, motion = found
    keeps_words = not tone or sentence.has("picture|image|look|looks")
    own = [place for place in sentence.named if film.has_own_words(place) and not _is_line(tone, place, film)]
    steps = _toned(sentence, film, "" if keeps_words else tone, picture, motion, own)
    note = film.say("did.own_words", scenes=film.where(own), first=own[0]) if own and not keeps_words else ""
    return Understood(tuple(steps), note)


def _toned(sentence: Sentence, film: Film, tone: str, picture: str, motion: str, own: Sequence[int]) -> Iterator[Step]:
    """Yield the other wishes for the scenes first ("brighter and happier"). Words in `own` places stay."""
    used = {scene["script"] for scene in film.scenes}
    beside = replace(sentence, plain=re.sub(rf"\b(?:{'|'.join(TONES)})\b", " ", sentence.plain))
    also = Asked(beside, freely=False)
    for place in sentence.named:
        scene = film.scene(place)
        changes = {name: value for name, value in also.of(scene).items() if name not in ("script", "title")}
        seen, moved = (changes.get(name, scene[name]).rstrip(" .,") for name in ("image_prompt", "video_prompt"))
        changes["image_prompt"] = f"{seen}, {picture}"
        if motion:
            changes["video_prompt"] = f"{moved}, {motion}"
        if tone and place not in own and (words := _line(tone, scene["duration"], used, film)):
            changes["script"] = words
            used.add(words)
        yield step("edit_scene", scene=place, **changes)


def _is_line(tone: str, place: int, film: Film) -> bool:
    """It says a line that came with an earlier mood, which nobody wrote."""
    language = (film.script or {}).get("language", "en")
    tones = {tone for tone, _, _ in TONES.values() if tone}
    lines = (line.first for one in tones for line in banks.lines(language, "tone", one))
    return bool(tone) and film.scene(place)["script"] in lines


def _line(tone: str, duration: int, used: set[str], film: Film) -> str:
    """Of the writer's own, one that fits the scene and is not said yet."""
    language = (film.script or {}).get("language", "en")
    lines = banks.lines(language, "tone", tone)
    fitting = [line.first for line in lines if "{" not in line.first and line.first not in used]
    limit = narration_limit(duration, language)
    return next((text for text in fitting if narration_length(text, language) <= limit), "")
