"""PURE: the title that a film has until somebody gives it another."""

from __future__ import annotations

import re

from pipeline.film import german_subjects
from pipeline.film.own_words.reading import read_source
from pipeline.film.script import Script
from pipeline.film.sentence_ends import sentences
from pipeline.film.subjects import subject_in

LONGEST = 60
SENTENCE = re.compile(r"(?<=[.!?。！？])\s|\n")
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
    if len(script.clips) == 1 or own.is_own_words:
        return script.scenes[0].title
    instead = (about for line in told.splitlines() if (about := german_subjects.new_subject(line)))
    said = next(instead, "") or subject_in(script.user_prompt)
    subject = sentences(said, SENTENCE)[0].rstrip(" .!?,;:")
    if script.language == "de":
        subject = OBJECT.sub(lambda found: NOMINATIVE[found[1].lower()], subject)
    return _capital(_short(subject)) or script.scenes[0].title


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
