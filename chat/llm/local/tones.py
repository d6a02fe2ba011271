"""PURE: a scene in another tone: funnier, sadder, less boring. Its picture changes, and where it can its words."""

from __future__ import annotations

from collections.abc import Iterator

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, Step, step
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
    return list(_toned(sentence, film, *found)) if found else None


def _toned(sentence: Sentence, film: Film, tone: str, picture: str, motion: str) -> Iterator[Step]:
    used = {scene["script"] for scene in film.scenes}
    for place in sentence.named:
        scene = film.scene(place)
        changes = {"image_prompt": f"{scene['image_prompt'].rstrip(' .,')}, {picture}"}
        if motion:
            changes["video_prompt"] = f"{scene['video_prompt'].rstrip(' .,')}, {motion}"
        if (
            tone
            and not sentence.has("picture|image|look|looks")
            and (words := _line(tone, scene["duration"], used, film))
        ):
            changes["script"] = words
            used.add(words)
        yield step("edit_scene", scene=place, **changes)


def _line(tone: str, duration: int, used: set[str], film: Film) -> str:
    """Of the writer's own, one that fits the scene and is not said yet."""
    language = (film.script or {}).get("language", "en")
    lines = banks.lines(language, "tone", tone)
    fitting = [line.first for line in lines if "{" not in line.first and line.first not in used]
    limit = narration_limit(duration, language)
    return next((text for text in fitting if narration_length(text, language) <= limit), "")
