"""The list of a film's versions, and where edits of what they share go."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from pipeline import models
from pipeline.api import answers, examples
from pipeline.api.examples import example
from pipeline.queries import overview
from pipeline.services import carried_takes, family, translations
from pixora.foundation.pagination import Page

MEMBER = {**examples.TASK, "to_translate": [2, 5], "titles_to_translate": [5]}


class Edits(BaseModel):
    model_config = example(examples.EDITS)

    where: Literal["ask", "all", "here"] = Field(description="Where edits of shared pieces go: each time it is asked.")
    waiting: list[str] = Field(description="The versions, by id, that lack an edit of this film which they could take.")

    @classmethod
    def of(cls, task: models.Task) -> Edits:
        is_asked = task.family and task.carrying != models.Carrying.HERE
        lacking = {each.id for each in family.waiting_for(task)} if is_asked else set()
        lacking |= carried_takes.differing_in(task, family.siblings(task) if is_asked else ()).keys()
        return cls(where=task.carrying, waiting=sorted(lacking))


class FamilyMember(answers.Task):
    """A film, with what of it is to be translated again."""

    model_config = example(MEMBER)

    to_translate: list[int] = Field(
        description="Of a translation: the places of the scenes whose words or titles were changed in its source since."
    )
    titles_to_translate: list[int] = Field(
        description="Those of them of which the title alone was changed: translating it costs nothing."
    )

    @classmethod
    def in_family(cls, found: overview.Overview, due: translations.ToTranslate) -> FamilyMember:
        told = {"to_translate": list(due.places), "titles_to_translate": list(due.titles)}
        return cls(**dict(answers.Task.of(found)), **told)


class FamilyPage(Page[FamilyMember]):
    model_config = example({"results": [MEMBER], "next": None, "previous": None, "edits": examples.EDITS})

    edits: Edits
