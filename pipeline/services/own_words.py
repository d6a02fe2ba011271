"""A film's own words: where they come from, how they are followed, and what of them a film has no room for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings as configured
from django.db import transaction

from media_assets import receive, uploads
from media_assets.format_by_bytes import not_wanted
from media_assets.models import UploadKind
from media_assets.storage import read_text
from pipeline.events import history
from pipeline.film.own_words.headings import about
from pipeline.film.own_words.ordered_settings import (
    follow,
    length_of,
    settings_for,
    settings_meanwhile,
    source_of,
    usual_mode,
)
from pipeline.film.own_words.reading import MOST_CHARACTERS
from pipeline.film.own_words.source import Source
from pipeline.film.settings import MAX_DURATION_S, MAX_PROMPT_CHARS, TaskSettings, check_prompt, parse_settings
from pipeline.models import Run, Task
from pipeline.planning.film_plan import settings_of
from pipeline.providers.base import Capability
from pipeline.providers.registry import languages, provider
from pipeline.providers.web_page import fetch_page
from pipeline.services import films, script_versions, usual_voices, writing
from pixora.accounts.models import User
from pixora.foundation.errors import BadMedia, Invalid, Violation

LONGEST_SHOWN = 600
"""Characters of what is left out that are told."""


@dataclass(frozen=True)
class Given:
    """A text as somebody gives it: itself, an upload or an address; at most one of them."""

    mode: str = ""
    text: str = ""
    asset: str = ""
    address: str = ""


@dataclass(frozen=True)
class Ordered:
    """A film that is to be made of somebody's words."""

    prompt: str
    text: str
    settings: TaskSettings


def read(user: User, given: Given) -> str:
    """Return the text that is given; empty where only a mode is. Raises Invalid, NotFound."""
    named = [name for name in ("text", "asset", "address") if getattr(given, name)]
    if len(named) > 1:
        raise Invalid(
            f"source.{named[1]}: there is a {named[0]} already; give one of them.", field=f"source.{named[1]}"
        )
    if given.address:
        return checked(_from_the_web(given.address))
    return checked(_uploaded(user, given.asset) if given.asset else given.text)


def _from_the_web(address: str) -> str:
    """Raises Invalid where that is switched off, or nothing can be read there."""
    if not configured.PIXORA_SOURCE_ADDRESSES:
        sentence = "reading pages from the web is switched off here: paste the text, or upload it."
        raise Invalid(f"source.address: {sentence}", field="source.address")
    with tempfile.TemporaryDirectory(prefix="pixora-page-") as folder:
        page = Path(folder) / "page.html"
        page.write_bytes(async_to_sync(fetch_page)(address))
        try:
            return receive.words_of(page)
        except BadMedia as refused:
            said = refused.message.replace("file: ", "").replace("the file", "the page")
            raise Invalid(f"source.address: {said}", field="source.address") from None


def checked(text: str) -> str:
    """Raises Invalid for a text that is too long to be read, or that has no words."""
    text = text.replace("\x00", "").strip()
    if len(text) > MOST_CHARACTERS:
        sentence = (
            f"source: at most {MOST_CHARACTERS:,} characters are read, this text has {len(text):,}; cut it shorter."
        )
        raise Invalid(sentence, field="source")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid("source: it is not valid UTF-8 text; save it as UTF-8 and send it again.", field="source")
    if text and not any(character.isalnum() for character in text):
        raise Invalid("source: there are no words in this text; give another.", field="source")
    return text


def _uploaded(user: User, upload_id: str) -> str:
    upload = uploads.upload_of(user, upload_id)
    if upload.kind != UploadKind.TEXT:
        raise Invalid(f"source.asset: {not_wanted(UploadKind.TEXT, upload.kind)}", field="source.asset")
    uploads.mark_used(upload)
    return read_text(upload.storage_path)


def ordered(
    prompt: str | None, choices: Mapping[str, Any], text: str, *, mode: str = "", is_said: bool = False
) -> Ordered:
    """Return what a film is ordered with. Raises Invalid where neither prompt nor text says what it is of.

    `is_said`: in the chat, which answers what cannot be had.
    """
    chosen = {**choices, **({"source": mode} if mode else {})}
    prompt = check_prompt(prompt or (prompt_for(text) if text else ""))
    settings = settings_meanwhile if is_said else settings_for
    found = settings(prompt, chosen, text, languages())
    return Ordered(prompt, text, usual_voices.chosen(found, chosen, prompt))


def prompt_for(text: str) -> str:
    """Say what a text is about, for the lists that films stand in."""
    return about(source_of("", text, ""))[:MAX_PROMPT_CHARS] or text[:100]


def source_of_film(task: Task) -> Source:
    return source_of(task.prompt, task.source, settings_of(task).source)


def change(
    *, task: Task, mode: str = "", text: str = "", changes: Mapping[str, Any] | None = None, reason: str = ""
) -> Run:
    """Follow the film's words in another way, or other words, and have the script written for it.

    Raises Invalid where the film has no words of its own, Conflict while its script is being written.
    """
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(id=task.id)
        writing.check_is_over(locked)
        if text:
            locked.source = text
        found = source_of(locked.prompt, locked.source, mode)
        if not found.words:
            raise Invalid("source: this film has no words of its own; give a text with it.", field="source")
        chosen = {"source": mode or usual_mode(found), "length_is_open": False, **(changes or {})}
        settings = parse_settings({**locked.settings, **chosen})
        length = length_of(found, settings.source, settings.language, chosen.get("duration"))
        locked.settings = settings.model_copy(update={"duration": length or settings.duration}).model_dump()
        locked.save(update_fields=["settings", "source", "updated_at"])
        history.task_updated(locked.id)
        return films.write_script(task=locked, reason=reason or script_versions.SETTINGS_CHANGED)


def standing(task: Task) -> dict[str, Any]:
    """Return how the film follows which words now, for `put_back`."""
    return {"mode": settings_of(task).source, "text": task.source}


def put_back(*, task: Task, mode: str, text: str) -> None:
    """Follow the words again that were followed before, as they were; the script is put back by itself."""
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(id=task.id)
        locked.source, locked.settings = text, {**locked.settings, "source": mode}
        locked.settings = parse_settings(locked.settings).model_dump()
        locked.save(update_fields=["settings", "source", "updated_at"])
        history.task_updated(locked.id)


def told(task: Task) -> dict[str, Any] | None:
    """Return how a film follows its own words, as clients are told; None where it has none."""
    settings = settings_of(task)
    if not settings.source:
        return None
    found = source_of_film(task)
    followed = follow(found, settings.source, settings.language, settings.duration)
    left = followed.left_out if followed else ""
    return {
        "mode": settings.source,
        "kind": found.kind,
        "why": found.why,
        "chooses": settings.source == "condensed" and provider(Capability.SCRIPT).name == "local",
        "words": len(found.words.split()),
        "seconds": followed.seconds if followed else None,
        "scenes": len(followed.slots) if followed else None,
        "left_out": {"words": len(left.split()), "text": shown(left)} if left else None,
    }


def warnings(task: Task) -> list[Violation]:
    """List what is left out of a film whose words would take longer than a film may last."""
    found = told(task)
    left = found["left_out"] if found else None
    if not left:
        return []
    sentence = (
        f"the last {left['words']} words do not fit the {MAX_DURATION_S} s that a film may last; have the text"
        f" condensed, or make a second film of them: “{left['text']}”"
    )
    return [Violation("source", sentence)]


def shown(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rsplit(' ', 1)[0]} …"
