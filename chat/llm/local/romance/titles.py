"""PURE: a title that is quoted or dictated in a Romance language, and complaints about the one there is."""

from __future__ import annotations

import re

from chat.llm.local.film import Film
from chat.llm.local.romance.words import as_said, bare, has, pattern
from chat.llm.local.steps import Understood, step

_QUOTED = re.compile(r"[\"“„«]\s*(?P<quoted>[^\"“”„«»]+?)\s*[\"”“»]")
_DICTATED = (
    r"^(?:<<change>>)? ?(?:<<the>>)?<<title>>(?: (?:<<of>>)(?:<<film>>|film|video|filme|pelicula))?,? ?<<title_into>> "
    r"(?P<new>.+)$",
    r"^(?:<<change>> )?(?:<<the>>)?<<title>>,? <<put_it>> (?P<new>.+)$",
    r"^(?:<<put_it>>|<<change>>) (?:de |como |comme |come )?(?:<<the>>)?<<title>>:? (?P<new>.+)$",
)
_CALLED = (
    r"^(?:<<named>>|<<change>>|<<put_it>>) (?:a |au |al )?(?:<<the>>)?<<film_noun>> "
    r"(?:de |en |in |pra |para |por |como )?(?P<new>\S.+)$"
)
_PLACED = r"^(?:<<change>>|<<put_it>>) (?:<<the>>)?<<title>> (?:<<at_end>>|<<at_start>>)"
_INSTEAD = r"<<title>>\b.*<<bad>>.*?[,.;:!–-]+ ?(?:(?:<<opening>>) )*<<put_it>>:? (?P<new>.+)$"
_COMPLAINT = r"(?:<<title>>\b.*\b<<bad>>(?!\w)|\b<<bad>> (?:<<of>>|<<the>>)<<title>>\b)"
_IS_BAD = r"^\W*(?:<<is>> )?(?:<<bad>>)"
_OTHER = re.compile(
    r"(?:un |uno |une |um )?(?:otro|otra|autre|altro|outro|algo|quelque chose|qualcosa|mejor|mieux|meglio|melhor|mas|"
    r"plus|piu|mais|en|in|em)\b"
)


def heard(text: str, film: Film) -> Understood:
    """Return the new title, or the question for it; nothing where no title is spoken of."""
    told, language = bare(text), film.language
    if (called := pattern(_CALLED, language).match(told)) and as_said(called, "new", text)[:1].isupper():
        return _renamed(as_said(called, "new", text))
    if not has("title", told, language) or re.search(r"\d", told) or has("captions_or_music", told, language):
        return Understood()
    if (new := _QUOTED.search(text)) and not pattern(r"^\W*(?:<<is>> )?(?:<<bad>>)", language).match(told[new.end() :]):
        return _renamed(new["quoted"])
    if pattern(_PLACED, language).match(told):
        return Understood(words=film.say("cannot.title_looks"))
    forms = (_INSTEAD, *(() if pattern(rf"^(?:<<the>>)?{_COMPLAINT}", language).match(told) else _DICTATED))
    for form in forms:
        if found := pattern(form, language).search(told):
            if pattern(r"^(?:<<of_titles>>|<<colour>>)$", language).match(found["new"].strip(" .!")):
                return Understood()
            is_none = _OTHER.match(found["new"]) or has("bad", found["new"], language)
            return Understood(words=film.say("ask.title")) if is_none else _renamed(as_said(found, "new", text))
    is_blamed = pattern(_COMPLAINT, language).search(told) is not None
    return Understood(words=film.say("ask.title")) if is_blamed else Understood()


def _renamed(title: str) -> Understood:
    return Understood((step("rename_film", title=title[:1].upper() + title[1:]),))
