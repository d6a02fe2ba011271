"""The search for films in the back office: it returns ids, so that lists stay as quick as without a search."""

from __future__ import annotations

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from pipeline.models import FILM_WORDS, Attempt, Run, Task

MOST_FILMS = 100
"""The newest so many of those that have the words."""
MOST_WORDS, LONGEST_WORD = 12, 60


def task_ids(term: str) -> list[str]:
    """The films that an id of theirs, of a run or attempt, or a provider's request id names."""
    if term.startswith("task_"):
        return [term]
    if term.startswith("run_"):
        return list(Run.objects.filter(id=term).values_list("task_id", flat=True))
    named = Q(id=term) if term.startswith("attempt_") else Q(request_id=term) & ~Q(request_id="")
    return list(Attempt.objects.filter(named).values_list("step__run__task_id", flat=True))


def ids_with_words(term: str) -> list[str]:
    """The newest films whose title and prompt hold all these words; the beginning of each is enough."""
    words = re.findall(r"\w+", term)[:MOST_WORDS]
    if not words:
        return []
    wanted = SearchQuery(" & ".join(f"{word[:LONGEST_WORD]}:*" for word in words), config="simple", search_type="raw")
    found = Task.objects.annotate(words=FILM_WORDS).filter(words=wanted)
    return list(found.order_by("-created_at", "-id").values_list("id", flat=True)[:MOST_FILMS])
