"""The versions that a link shows beside its film, where its owner said yes: the same scenes in other languages and
shapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.models import Follow, Share, Task
from pipeline.planning.all_languages import native_name
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import Kind
from pipeline.services import family
from pipeline.sharing import cuts
from pipeline.sharing.cuts import Cut
from pixora.foundation.errors import NotFound

GONE = "This link shows no such version of the film: open the link itself, which shows those that there are."


@dataclass(frozen=True)
class Version:
    """A finished film as a guest chooses it."""

    task: Task
    cut: Cut
    language: str
    aspect_ratio: str

    @property
    def key(self) -> str:
        """Its name in addresses: `es-9x16`."""
        return f"{self.language}-{self.aspect_ratio.replace(':', 'x')}"

    def label(self, others: list[Version]) -> str:
        """Name what it differs in from the others: “Español · 9:16”."""
        name = native_name(self.language)
        parts = [
            name[:1].upper() + name[1:] if len({each.language for each in others}) > 1 else "",
            self.aspect_ratio if len({each.aspect_ratio for each in others}) > 1 else "",
        ]
        return " · ".join(filter(None, parts))


def versions_of(share: Share) -> list[Version]:
    """Return the link's own film and what is shown beside it, each language and shape once; none where the link shows
    its film alone. Raises NotFound while the film has no cut."""
    if not share.versions or share.follow != Follow.NEWEST:
        return []
    own = _version(share.task, cuts.newest(share.task))
    found = {own.key: own}
    for other in _others(own):
        found.setdefault(other.key, other)
    return list(found.values()) if len(found) > 1 else []


def shown(share: Share, key: str) -> tuple[Task, Cut]:
    """Return the film that the link shows, or the version that `key` names. Raises NotFound."""
    if not key:
        return share.task, cuts.shown_by(share)
    found = next((version for version in versions_of(share) if version.key == key), None)
    if found is None:
        raise NotFound(GONE)
    return found.task, found.cut


def _others(own: Version) -> Iterator[Version]:
    """Yield the finished films of the family with the same scenes, the oldest first. A shorter cut is another film."""
    finished = {"assets__component": Kind.FILM.value, "assets__selected": True}
    there = set(Task.objects.filter(family=own.task.family, deleted_at=None, **finished).values_list("id", flat=True))
    for member in family.siblings(own.task):
        if member.id in there:
            other = _version(member, cuts.newest(member))
            if _scene_ids(other.cut) == _scene_ids(own.cut):
                yield other


def _version(task: Task, cut: Cut) -> Version:
    settings = settings_of(task)
    return Version(task, cut, settings.language, settings.aspect_ratio)


def _scene_ids(cut: Cut) -> list[int]:
    return [scene.id for scene in cut.scenes]
