"""The choice of who makes a piece: the model that was chosen for it, or one that stands in for it where it cannot.

The one place where an attempt's model is decided. A model that refused, is gone or was given up is not asked again for
the piece; one that does not work for anybody at the moment is passed over. What stands in is never dearer than what was
agreed to: where only a dearer one is left, its price is asked about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.engine.retry import CALL, LOCAL, QUEUE, RetryPolicy
from pipeline.film.settings import Choice
from pipeline.models.runs import BECAUSE
from pipeline.planning.graph import Component
from pipeline.providers.base import Capability, Provider, Queued
from pipeline.providers.models_and_prices import Model
from pipeline.providers.registry import (
    can_make,
    capability_of,
    chosen_entry,
    entry_named,
    price_by,
    provider,
    stand_ins,
)
from pipeline.providers.vendors import account_of
from pixora.foundation.errors import DearerModel, PixoraError, ProviderError, Trouble

FINAL: frozenset[Trouble] = frozenset({"refused", "gone"})
"""Asking the same model once more would end the same way."""


@dataclass(frozen=True)
class Maker:
    """An adapter and, at a vendor, the model that it asks; neither for what is computed or given."""

    adapter: Provider | None = None
    entry: Model | None = None
    stands_in_for: str = ""
    """The model that was chosen, where this is another one."""
    because: Trouble = ""

    @property
    def local(self) -> bool:
        return self.adapter is None or self.adapter.local

    @property
    def vendor(self) -> str:
        """The account that is asked; empty for what is made on this machine."""
        return account_of(self.adapter.name, local=self.local) if self.adapter else ""

    @property
    def name(self) -> str:
        return self.adapter.name if self.adapter else "pixora"

    @property
    def model(self) -> str:
        if self.adapter is None:
            return "ffmpeg"
        return self.entry.name if self.entry else str(self.adapter.model)

    @property
    def policy(self) -> RetryPolicy:
        if not self.vendor:
            return LOCAL
        return QUEUE if isinstance(self.adapter, Queued) else CALL

    @property
    def awaits_webhook(self) -> bool:
        return isinstance(self.adapter, Queued) and self.adapter.tells


@dataclass
class Makers:
    """Those that may be asked for one piece, and what came of asking them."""

    component: Component
    choice: Choice
    agreed: int | None = None
    """The credits that were agreed to for the piece; None: what its chosen model costs."""
    own: bool = False
    """A person gave the piece."""
    troubles: dict[str, Trouble] = field(default_factory=dict)
    """By model, why it is not asked any more."""

    def __post_init__(self) -> None:
        capability = None if self.own else capability_of(self.component.kind)
        self._capability: Capability | None = capability
        self._usual = provider(capability) if capability else None

    @property
    def buys(self) -> bool:
        """True where a vendor may make the piece."""
        return self._usual is not None and bool(self._usual_vendor or self.choice.models)

    def choose(self, down: Collection[str] = ()) -> Maker:
        """Return whom to ask now. `down` are the models that do not work for anybody. Raises NoPrice."""
        first = self._first()
        if first is None:
            return Maker(self._usual)
        left = [each for each in self.within_price() if each.name not in self.troubles] or [first]
        found = next((each for each in left if each.name not in down), left[0])
        return self._maker(found, down)

    def can_go_on(self, model: str, error: PixoraError) -> bool:
        """Note that a model is not asked any more for this piece: True where another is left. Not after a lost answer,
        for which may have been paid, and not where another would do no better."""
        trouble = trouble_of(error)
        if not trouble or not self._first():
            return False
        self.troubles[model] = trouble
        return any(True for each in self.within_price() if each.name not in self.troubles)

    def offer(self, error: PixoraError) -> DearerModel | None:
        """Return the error that names the next model and its price, where that is more than was agreed to."""
        first, trouble = self._first(), trouble_of(error)
        if first is None or not trouble:
            return None
        found = next((each for each in self._candidates() if self._price(each) > self._bound()), None)
        return self._dearer(first, found, trouble) if found else None

    def named(self, provider_name: str, model: str) -> Maker:
        """Return the maker of an attempt that an earlier worker opened."""
        adapter = provider(self._capability, provider_name) if self._capability else None
        return Maker(adapter, entry_named(self.component, model))

    def within_price(self) -> Iterator[Model]:
        """The chosen model, and those that stand in for it for what was agreed to."""
        first = self._first()
        for each in self._candidates():
            if each is first or self._price(each) <= self._bound():
                yield each

    @property
    def _usual_vendor(self) -> str:
        return account_of(self._usual.name, local=self._usual.local) if self._usual else ""

    def _first(self) -> Model | None:
        return chosen_entry(self.component, self._usual_vendor, self.choice) if self._usual else None

    def _candidates(self) -> Iterator[Model]:
        """Whoever is not ruled out by what another under the same rules, or at the same address, has answered."""
        first = self._first()
        if first:
            able = [first] if can_make(first, self.component) else []
            yield from (each for each in (*able, *stand_ins(self.component, first)) if not self._is_ruled_out(each))

    def _is_ruled_out(self, entry: Model) -> bool:
        asked = [(entry_named(self.component, name), trouble) for name, trouble in self.troubles.items()]
        return any(_rules_out(other, trouble, entry) for other, trouble in asked if other)

    def _price(self, entry: Model) -> int:
        return price_by(entry, self.component)

    def _bound(self) -> int:
        first = self._first()
        usual = self._price(_fitting(first, self.component)) if first else 0
        return usual if self.agreed is None else self.agreed

    def _maker(self, found: Model, down: Collection[str]) -> Maker:
        first = self._first()
        adapter = self._usual
        if self._capability and self._usual and found.vendor not in (self._usual.name, "local"):
            adapter = provider(self._capability, found.vendor)
        if first is None or found.name == first.name:
            return Maker(adapter, found)
        return Maker(adapter, found, first.name, self._why_not(first, down))

    def _why_not(self, first: Model, down: Collection[str]) -> Trouble:
        if first.name in self.troubles:
            return self.troubles[first.name]
        return "down" if first.name in down and can_make(first, self.component) else "unfit"

    def _dearer(self, first: Model, found: Model, trouble: Trouble) -> DearerModel:
        now, agreed = self._price(found), self._bound()
        return DearerModel(
            f"{first.name} {BECAUSE[trouble]}. {found.name} can make this piece for {now} credits instead of {agreed}:"
            " say yes to that price, or change the piece.",
            details={
                "model": found.name,
                "credits": now,
                "agreed": agreed,
                "because": trouble,
                "models": {self.component.key: found.name},
            },
        )


def as_asked(component: Component, samples: Collection[str]) -> Component:
    """Return the component as a vendor is asked for it: where a voice's sample was deleted, the voice by its name."""
    sample = component.asks.get("sample")
    if not sample or sample in samples:
        return component
    return replace(component, asks={**component.asks, "sample": ""})


def trouble_of(error: PixoraError) -> Trouble:
    """Return why another model may do what this one could not; empty where it may have done it, or nobody would."""
    if not isinstance(error, ProviderError) or error.unknown:
        return ""
    return error.trouble or ("down" if error.retryable else "")


def _fitting(first: Model, component: Component) -> Model:
    able: Iterable[Model] = (first,) if can_make(first, component) else ()
    return next(iter((*able, *stand_ins(component, first))), first)


def _rules_out(asked: Model, trouble: Trouble, entry: Model) -> bool:
    if asked.name == entry.name:
        return True
    if trouble == "refused":
        return (bool(entry.rules) and entry.rules == asked.rules) or entry.endpoint == asked.endpoint
    return entry.endpoint == asked.endpoint and entry.vendor == asked.vendor
