"""An account's list of how names are said, with which its new films begin. A film's own list is a setting of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from pipeline.film.pronunciation import Pronunciation, touching, with_entry, without_entry
from pipeline.film.script import parse_script
from pipeline.film.settings import TaskSettings, parse_settings
from pipeline.models import Task
from pipeline.services import script_versions
from pixora.accounts.models import User

Entries = list[dict[str, Any]]


def of_user(user: User) -> Entries:
    """Return the account's list as it is stored now."""
    found: Entries = User.objects.values_list("pronunciations", flat=True).get(id=user.id)
    return found


def store(user: User, entries: Sequence[Mapping[str, Any]]) -> Entries:
    """Store the account's list; films that there are keep theirs. Raises Invalid as settings do."""
    checked = parse_settings({"pronunciations": [dict(entry) for entry in entries]}).pronunciations
    stored = [entry.model_dump() for entry in checked]
    User.objects.filter(id=user.id).update(pronunciations=stored)
    return stored


@transaction.atomic
def enter(user: User, entry: Mapping[str, Any]) -> Entries:
    """Enter one word into the account's list, or without `said` and `ipa` take it out. Raises Invalid."""
    User.objects.select_for_update().get(id=user.id)
    return store(user, changed(of_user(user), entry))


def changed(entries: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> Entries:
    """A list with one word entered, or taken out where nothing says how it is spoken."""
    if entry.get("said") or entry.get("ipa"):
        return with_entry(entries, entry)
    return without_entry(entries, str(entry["written"]))


def of_account(user: User, settings: TaskSettings) -> TaskSettings:
    """The settings of a new film: with the account's list where none was given with the order."""
    if "pronunciations" in settings.model_fields_set:
        return settings
    listed = parse_settings({"pronunciations": of_user(user)}).pronunciations
    return settings.model_copy(update={"pronunciations": listed}) if listed else settings


def is_spoken_in(task: Task, written: str) -> bool:
    """True where a narration of the film has the word; while there is no script, nobody knows better."""
    newest = script_versions.newest(task)
    entry = Pronunciation(written=written, said=written)
    return newest is None or any(touching([entry], scene.script) for scene in parse_script(newest.content).scenes)
