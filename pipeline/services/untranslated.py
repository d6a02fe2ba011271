"""The words that stay as they are where films are translated: an account's list, and beside it each film's own."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Task
from pipeline.planning.film_plan import settings_of
from pixora.accounts.models import User


def of_user(user: User) -> list[str]:
    """Return the account's list as it is stored now."""
    found: list[str] = User.objects.values_list("untranslated", flat=True).get(id=user.id)
    return found


def store(user: User, words: Sequence[str]) -> list[str]:
    """Store the account's list, which was checked (`UntranslatedWords`): it counts for every later translation."""
    User.objects.filter(id=user.id).update(untranslated=list(words))
    return list(words)


def of_film(task: Task) -> tuple[str, ...]:
    """Return what is kept where this film is translated: its own words, then those of its account."""
    return tuple(dict.fromkeys((*settings_of(task).untranslated, *of_user(task.user))))
