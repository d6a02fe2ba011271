"""PURE: wishes for a scene's clip to end on the next scene's picture ("let scene 2 end on the picture of scene 3")."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chat.llm.local.film import Film
from chat.llm.local.reading import Sentence
from chat.llm.local.steps import Found, step

FIELD = "ends_on_next"
_ENDS = re.compile(
    r"\b(?:end(?:s|ing|en|et|e)?|finish(?:es)?|clos(?:e|es|ing)|beend\w*|auf(?:hör\w*)|termin\w*|acab\w*|fini\w*|"
    r"conclu\w*|encerr\w*)\b"
)
_PICTURE = r"(?:picture|image|still|first frame|frame|bild\w*|anfangsbild|imagen|imatge|immagine|imagem|quadro)"
_OF = r"(?: (?:of|from|in|by|the|von|der|aus|de|da|do|del|della|dell|la))*"
_PICTURE_OF_SCENE = re.compile(
    rf"\b{_PICTURE}{_OF} scene (\d+)\b|\bscene (\d+)(?:'?s|s')? (?:own |first )?{_PICTURE}\b"
)
_NEXT = re.compile(
    r"\b(?:next|following|nächst\w*|naechst\w*|folgend\w*|siguiente|próxim\w*|suivante?|prochaine?|successiv\w*|"
    r"prossim\w*|seguinte)\b"
)
_NOT = re.compile(r"\b(?:don't|do not|doesn't|does not|shouldn't|not|no longer|never|nicht|non|não|ne)\b")
_OF_ALL = re.compile(r"\b(?:film|movie|video|película|vidéo|vídeo|filme)\b")


def wish(sentence: Sentence, film: Film) -> Found:
    """Return the edit of each scene that is to end so, or what cannot be; None where it is about something else."""
    text = sentence.plain
    if not _ENDS.search(text) or not re.search(rf"\b{_PICTURE}\b", text):
        return None
    target = next((int(found[1] or found[2]) for found in _PICTURE_OF_SCENE.finditer(text)), 0)
    is_next = bool(_NEXT.search(text)) and not target
    sources = [place for place in sentence.scenes if place != target]
    if not (target or is_next) or (not sources and _OF_ALL.search(text)):
        return None
    if sentence.is_about_all and not sentence.named:
        sources = film.places[:-1]
    if not sources:
        return film.say("ask.scene") if is_next else _before(target, sentence, film)
    return _refused(sources, target, film) or _edits(sources, not _is_denied(sentence))


def _before(target: int, sentence: Sentence, film: Film) -> Found:
    """Only the scene before it can end on a scene's picture."""
    return _edits([target - 1], not _is_denied(sentence)) if target > 1 else film.say("cannot.end_on_first")


def _is_denied(sentence: Sentence) -> bool:
    return bool(_NOT.search(sentence.plain)) or (sentence.language == "es" and sentence.has("no"))


def _refused(sources: Sequence[int], target: int, film: Film) -> str:
    """Say which picture it would be, where it is not the next scene's."""
    if film.places[-1] in sources:
        return film.say("cannot.end_of_last", n=film.places[-1])
    if target and (len(sources) > 1 or target != sources[0] + 1):
        return film.say("cannot.end_on_other", n=sources[0], next=sources[0] + 1)
    return ""


def _edits(places: Sequence[int], ends: bool) -> Found:
    changes = [{"scene": place, FIELD: ends} for place in places]
    return [step("edit_scene", **changes[0])] if len(changes) == 1 else [step("edit_scenes", changes=changes)]


def refusal(film: Film) -> str:
    """Say which models are told a picture to end on, where a scene's own is not."""
    able = film.facts.get("models_that_end") or ()
    return film.say("cannot.end_by_model", list=film.listed(able, "lists.or")) if able else film.say("cannot.end_here")
