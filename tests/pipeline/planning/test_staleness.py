"""Random edits, regenerations and choices on the real services, against an oracle that knows none of their ideas."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from media_assets.models import Asset, Upload
from pipeline.models import Script, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action
from pipeline.queries import credit_audit
from pipeline.services import films, own_material, quotes, scripts, takes
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pipeline.oracle import Oracle
from tests.pipeline.pretended_runs import PretendedRuns
from tests.pipeline.scripts import TINY, scene, script

CREDITS = 100_000
SCENES = 2
VALUES: dict[str, list[Any]] = {
    "image_prompt": ["Picture 1", "Picture 2", "Picture 3"],
    "video_prompt": ["Motion 1", "Motion 2", "Motion 3"],
    "script": ["One two three.", "Four five six.", ""],
    "transition": ["fade", "none", "zoom_in"],
    "duration": [5, 10, 5],
}
NUMBERS = st.integers(1, SCENES)
EDITS = st.tuples(st.just("edit"), NUMBERS, st.sampled_from(sorted(VALUES)), st.integers(0, 2))
REGENERATIONS = st.tuples(st.just("regenerate"), NUMBERS, st.sampled_from(["scene", "audio", "video", "music"]))
CHOICES = st.tuples(
    st.just("select"), NUMBERS, st.sampled_from(["scene", "audio", "video", "music", "segment"]), st.integers(0, 5)
)
OWN = st.tuples(
    st.just("own"), NUMBERS, st.sampled_from(["scene", "audio", "video", "music"]), st.sampled_from(["one", "another"])
)
UPDATES = st.tuples(st.just("update"))
DETOURS = st.tuples(
    st.just("detour"), NUMBERS, st.sampled_from(["image_prompt", "video_prompt", "script"]), st.integers(0, 2)
)
STORIES = st.lists(EDITS | REGENERATIONS | CHOICES | OWN | UPDATES | DETOURS, min_size=2, max_size=6)
KINDS = {"image_prompt": "scene", "video_prompt": "video", "script": "audio"}


class Story:
    """One film, changed step by step; after each step the oracle is asked."""

    def __init__(self) -> None:
        self.user, _ = User.objects.get_or_create(email="alice@example.org")
        ledger.give(user=self.user, amount=CREDITS, reason=CreditReason.GRANT, key=f"grant:{Task.objects.count()}")
        self.task = films.order_film(user=self.user, prompt="A film", settings=TINY, writes=False)
        content = script([scene(number, script="One two three.") for number in range(1, SCENES + 1)])
        Script.objects.create(task=self.task, version=1, content=content.model_dump(mode="json"))
        self.oracle = Oracle(self.task)
        self.studio = PretendedRuns(landed=self.oracle.landed)
        films.start_run(task=self.task)
        self.oracle.look()
        self.studio.work(self.task)

    def steps(self, step: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """A detour: of two takes that answer the same one is chosen, or one's own is added; then the script goes
        elsewhere and comes back."""
        if step[0] != "detour":
            return [step]
        _, number, name, take = step
        here = VALUES[name].index(self.oracle.scene(number)[name])
        choice = [("regenerate", number, KINDS[name]), ("select", number, KINDS[name], take - 1)]
        return [
            *(choice if take else [("own", number, KINDS[name], "one")]),
            ("edit", number, name, (here + 1) % 3),
            ("update",),
            ("edit", number, name, here),
        ]

    def tell(self, step: tuple[Any, ...]) -> None:
        before = ledger.account(self.user).balance
        known = set(self.task.assets.values_list("id", flat=True))
        spent = getattr(self, step[0])(*step[1:])
        self.oracle.look()
        self.studio.work(self.task)
        assert ledger.account(self.user).balance == before - spent
        made = self.task.assets.exclude(id__in=known)
        if step[0] in ("edit", "select"):
            free = {"segment", "transition", "soundtrack", "captions", "fullvideo", "poster", "storyboard"}
            adopted = [asset for asset in made if "adopted_from" in asset.metadata]
            assert {asset.component.split("/")[0] for asset in made if asset not in adopted} <= free
        self.look()

    def edit(self, number: int, name: str, value: int) -> int:
        version = scripts.current_script(self.task).version
        changes = {name: VALUES[name][value]}
        scripts.revise_scene(task=self.task, version=version, scene_index=number, changes=changes)
        return 0

    def regenerate(self, number: int, kind: str) -> int:
        component = self.component(number, kind)
        if not plan_of(self.task, approved=()).decisions.get(component):
            return 0
        found = takes.quote_regeneration(task=self.task, component=component)
        assert [item["component"] for item in found.items] == [component]
        quotes.use(task=self.task, quote_id=found.id)
        return found.credits

    def select(self, number: int, kind: str, which: int) -> int:
        component = self.component(number, kind)
        found = list(Asset.objects.filter(task=self.task, component=component).order_by("take"))
        if component in set(self.oracle.components()):
            asset = found[which % len(found)]
            takes.select_take(task=self.task, component=component, take=asset.take)
            self.oracle.look()
            self.oracle.choose(component, asset.id)
        return 0

    def own(self, number: int, kind: str, which: str) -> int:
        """An upload; the same one again has the same content."""
        component = self.component(number, kind)
        if component not in plan_of(self.task, approved=()).decisions:
            return 0
        holds = own_material.HOLDS[Kind(kind).about.medium]
        upload, _ = Upload.objects.get_or_create(
            user=self.user,
            storage_path=f"paper/{kind}/{which}",
            defaults={"kind": holds, "content_hash": which, "facts": {"duration_ms": 2_000}},
        )
        own_material.add_own(task=self.task, component=component, upload=upload)
        return 0

    def update(self) -> int:
        """Everything stale; what proves unchanged, or is there under another name, is not charged."""
        found = quotes.quote(task=self.task)
        assert {item["component"] for item in found.items} == self.oracle.to_be_paid()
        run = quotes.use(task=self.task, quote_id=found.id)
        self.studio.work(self.task)
        self.oracle.look()
        assert not self.oracle.stale()
        spent = sum(run.steps.values_list("charged", flat=True))
        assert spent <= found.credits
        return spent

    def look(self) -> None:
        self.oracle.look()
        plan = plan_of(self.task, approved=())
        stale = {key for key, decision in plan.decisions.items() if decision.action is not Action.KEEP}
        assert set(plan.decisions) == set(self.oracle.components())
        assert stale == self.oracle.stale()
        for component in stale:
            assert not self.oracle.would_answer(component), f"{component} could be had for nothing"
        for component in set(plan.decisions) - stale:
            chosen = self.oracle.chosen.get((component, self.oracle.wanted(component)))
            assert chosen in (None, self.oracle.selected(component).id), f"a choice of {component} was undone"

    def component(self, number: int, kind: str) -> str:
        return self.oracle.music() if kind == "music" else f"{kind}/{number}"


@pytest.mark.crash
@pytest.mark.django_db
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STORIES)
def test_whatever_is_changed_stale_is_what_the_oracle_says_and_no_choice_is_undone(
    steps: list[tuple[Any, ...]],
) -> None:
    story = Story()
    for step in itertools.chain.from_iterable(map(story.steps, steps)):
        story.tell(step)
    assert list(credit_audit.findings()) == []
