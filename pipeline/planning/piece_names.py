"""PURE: names of a film's pieces for people, as the studio calls them: "Picture of scene 2", not `scene/5`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.film.script import Script, slug_of
from pipeline.planning.kinds import Kind, kind_of, scene_and_line


@dataclass(frozen=True)
class PieceNames:
    """The names in one film: `scenes` are their ids in the film's order, `characters` the names in its script.

    A scene that is not among them was removed; its takes are still there, and are called so.
    """

    scenes: Sequence[int] = ()
    characters: Sequence[str] = ()

    @classmethod
    def of(cls, script: Script | None) -> PieceNames:
        """Name a script's pieces. Without one there are no scenes; what has a name of its own is called by that."""
        if script is None:
            return cls()
        return cls([scene.id for scene in script.scenes], [profile.name for profile in script.character_profiles])

    def name(self, key: str) -> str:
        """`scene/5` → "Picture of scene 2", `line/5/1` → "Line 1 of scene 2",
        `music/1_2_3` → "Music of scenes 1 to 3", `fullvideo` → "Film"."""
        kind, rest = kind_of(key), key.partition("/")[2]
        noun = kind.about.label
        if not rest:
            return noun
        if kind is Kind.CHARACTER:
            return f"{noun} {self._character(rest)}"
        where, line = scene_and_line(rest)
        numbered = f"{noun} {line}" if line else noun
        return f"{numbered} {kind.about.preposition} {self._where(where.split('_'))}"

    def the(self, key: str) -> str:
        """Name a piece within a sentence: "the picture of scene 2"."""
        return within_a_sentence(self.name(key))

    def _where(self, ids: Iterable[str]) -> str:
        wanted = set(ids)
        places = [place for place, scene_id in enumerate(self.scenes, 1) if str(scene_id) in wanted]
        if not places:
            return "a scene that was removed"
        return f"scene {places[0]}" if len(places) == 1 else f"scenes {places[0]} to {places[-1]}"

    def _character(self, slug: str) -> str:
        named = {slug_of(name): name for name in self.characters}
        return named.get(slug, slug.replace("-", " ").title())


def within_a_sentence(name: str) -> str:
    """ "Picture of scene 2" → "the picture of scene 2"."""
    return f"the {name[0].lower()}{name[1:]}"
