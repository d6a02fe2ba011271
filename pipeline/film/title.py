"""PURE: the title that a film has until somebody gives it another."""

from __future__ import annotations

import re

from pipeline.film import german_subjects
from pipeline.film.own_words.reading import read_source
from pipeline.film.prompt_fact_words import THANKS
from pipeline.film.prompt_facts import subject_words
from pipeline.film.prompt_settings import is_english, written_in
from pipeline.film.script import Script
from pipeline.film.short_titles import LONGEST, short_title
from pipeline.film.subjects import subject_in

SPACELESS = re.compile(r"[\u3400-\u9fff]")
NOMINATIVE = {"den": "der", "einen": "ein", "meinen": "mein", "unseren": "unser", "deinen": "dein"}
OBJECT = re.compile(rf"^({'|'.join(NOMINATIVE)})\b", re.IGNORECASE)
"""German articles behind "über"."""


def film_title(script: Script, told: str = "", source: str = "") -> str:
    """The subject of the user's wish; the title of a script of theirs; the name of the only or first scene otherwise.

    `told` is what its writer was told, the newest first: another subject, maybe. `source` are the film's own words
    where the prompt is not them.
    """
    own = read_source(source or script.user_prompt, is_given=bool(source))
    if own.title:
        return _capital(_short(own.title))
    language = _language(script)
    if len(script.clips) == 1 or own.is_own_words:
        return short_title(script.scenes[0].title, language) or script.scenes[0].title
    instead = (about for line in told.splitlines() if (about := german_subjects.new_subject(line)))
    subject = next(instead, "") or _subject(script.user_prompt, language)
    if script.language == "de":
        subject = OBJECT.sub(lambda found: NOMINATIVE[found[1].lower()], subject)
    return short_title(subject, language) or script.scenes[0].title


def _subject(prompt: str, language: str) -> str:
    """Return the subject. What is thanked for, and what is said without spaces, is told apart from its order
    elsewhere."""
    said = " ".join(prompt.split())
    is_other = THANKS.match(said) or SPACELESS.search(said)
    return (is_other and subject_words(prompt, language)) or subject_in(prompt)


def _language(script: Script) -> str:
    """That of the prompt: a film in another one has the title that it was asked for with."""
    prompt = script.user_prompt
    return "en" if is_english(prompt) else written_in(prompt) or script.language


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
