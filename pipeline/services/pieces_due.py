"""Pieces to be made, those that are alike together: who makes them and for how much is looked up once for each sort."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pipeline.film.settings import Choice
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Plan
from pipeline.providers.models_and_prices import Model
from pipeline.providers.registry import model_of, price_by, sort_of, vendors


class PiecesDue:
    """Components in an order in which each follows its inputs. `named` are the pieces for which a model is named:
    each of them is a sort of its own."""

    def __init__(self, components: Iterable[Component], named: Collection[str] = ()) -> None:
        self.components = [component for component in components if component.kind is not Kind.SCRIPT]
        self.usual = vendors()
        numbers: dict[object, int] = {}
        sorts = (one.key if one.key in named else sort_of(one) for one in self.components)
        self.sorts = [numbers.setdefault(sort, len(numbers)) for sort in sorts]
        self.of_sort = dict(zip(reversed(self.sorts), reversed(self.components), strict=True))
        """One component of each sort."""
        self._makers: dict[object, Mapping[int, Model | None]] = {}

    @classmethod
    def of(cls, plan: Plan, choice: Choice) -> PiecesDue:
        """Everything that is missing or stale, whatever the plan was allowed to make."""
        return cls((one.component for key, one in plan.decisions.items() if key in plan.due), choice.models)

    def makers(self, choice: Choice) -> Mapping[int, Model | None]:
        """Return the model that makes each sort; None for what is computed here. Raises NoPrice."""
        asked = choice.tier, tuple(choice.models.items())
        if asked not in self._makers:
            found = {sort: model_of(one, choice=choice, usual=self.usual) for sort, one in self.of_sort.items()}
            self._makers[asked] = found
        return self._makers[asked]

    def items(self, choice: Choice) -> list[dict[str, Any]]:
        """The lines of a quote: what a generator makes, free of charge or not. What is computed needs no yes."""
        made = self.makers(choice)
        told = {sort: self._told(sort, found) for sort, found in made.items() if found}
        pairs = zip(self.components, self.sorts, strict=True)
        return [{"component": one.key, **told[sort]} for one, sort in pairs if sort in told]

    def credits(self, makers: Mapping[int, Model | None]) -> int:
        """Return what all of them cost with these makers."""
        prices = {sort: price_by(found, self.of_sort[sort]) for sort, found in makers.items() if found}
        return sum(prices.get(sort, 0) for sort in self.sorts)

    def _told(self, sort: int, found: Model) -> dict[str, Any]:
        return {"credits": price_by(found, self.of_sort[sort]), "seconds": found.seconds}
