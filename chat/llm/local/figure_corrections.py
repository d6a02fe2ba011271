"""PURE: a figure of the narration that is another one ("the croissants are actually 2.50")."""

from __future__ import annotations

import re

from chat.llm.local.film import Film
from chat.llm.local.steps import Understood, step

_UNIT = r"(?: ?(?:pounds?|quid|euros?|dollars?|percent|pence|cents?|am|pm|a\.m\.|p\.m\.|uhr|prozent|%|£|€|\$))?"
_FIGURE = rf"[£$€]?\d+(?:[.,:]\d+)?{_UNIT}(?!\w)"
_REALLY = r"(?:actually|really|in fact|now|eigentlich|jetzt|inzwischen)"
_IS = r"(?:is|are|r|was|were|costs?|'s|open|opens|close|closes|ist|sind|kostet|kosten|öffnet|schließt)(?: at| um)?"
_BEGIN = r"(?:(?:no|oh|sorry|wait|btw|nein|and|but|also)[,. ]+)*(?:the |our |my |die |der |das |unsere? )?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_BEGIN}(?P<thing>[\w'-]+(?: [\w'-]+)?) {_IS} {_REALLY} (?:at |um )?(?P<new>{_FIGURE})\W*",
        rf"{_BEGIN}{_REALLY},? (?:the |our |my )?(?P<thing>[\w'-]+(?: [\w'-]+)?) {_IS} (?P<new>{_FIGURE})\W*",
        rf"{_BEGIN}(?P<thing>[\w'-]+(?: [\w'-]+)?) {_IS} (?P<new>{_FIGURE}),? (?:and )?(?:not|nicht) {_FIGURE}\W*",
    )
)
_OF_THE_FILM = re.compile(
    r"\b(?:film|video|movie|it|this|that|scenes?|length|music|title|captions?|credits?|price|ratio|es|szenen?)\b",
    re.IGNORECASE,
)


def noted(said: str, film: Film) -> Understood:
    """Return the narration with the right figure; nothing unless one scene speaks of the thing with one figure."""
    found = next((match for form in _FORMS if (match := form.fullmatch(" ".join(said.split())))), None)
    if found is None or not film.script or _OF_THE_FILM.search(found["thing"]):
        return Understood()
    word = re.escape(found["thing"].split()[-1].rstrip("s"))
    told = [scene for scene in film.scenes if re.search(rf"\b{word}", str(scene["script"]), re.IGNORECASE)]
    figures = re.findall(_FIGURE, str(told[0]["script"]), re.IGNORECASE) if len(told) == 1 else []
    if len(figures) != 1:
        return Understood()
    new = str(found["new"]).strip()
    has_unit = new[0] in "£$€" or not new[-1].isdigit()
    old = figures[0] if has_unit else re.sub(rf"(?<=\d){_UNIT}$", "", figures[0], flags=re.IGNORECASE)
    return Understood((step("edit_scene", scene=told[0]["index"], script=str(told[0]["script"]).replace(old, new, 1)),))
