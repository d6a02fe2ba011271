"""The writer's words and facts, read from their files once, when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

from pixora.foundation import toml_tables


@dataclass(frozen=True)
class Line:
    """One thing to say: `first` alone fills 5 s, `first` and `second` 10 s."""

    title: str
    first: str
    second: str = ""
    picture: str = ""
    peopled: bool = True
    """A person fits into the picture."""


@dataclass(frozen=True)
class Topic:
    name: str
    keywords: frozenset[str]
    core: frozenset[str]
    sound: str
    hero_name: str
    hero_look: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Stock:
    """The writer's knowledge of a topic."""

    moves: tuple[str, ...]
    facts: tuple[Line, ...]
    views: tuple[Line, ...]


table = cache(partial(toml_tables.table, __file__))
words = partial(toml_tables.words, __file__)
patterns = partial(toml_tables.patterns, __file__, "patterns")


@cache
def topics() -> Mapping[str, Topic]:
    found = {}
    for name, entry in table("topics").items():
        core = words("topics", name, "core")
        said = {"core": core, "keywords": core | words("topics", name, "keywords")}
        found[name] = Topic(name=name, **entry | said)
    return found


@cache
def stock(topic: str) -> Stock:
    data = table(f"topics/{topic}")
    return Stock(
        moves=tuple(data["moves"]),
        facts=tuple(map(line, data["facts"])),
        views=tuple(line(f" |  |  | {view}") for view in data["views"]),
    )


@cache
def known(name: str, language: str) -> tuple[Line, ...]:
    """The lines about one subject or craft in a language, with their pictures; none where it has no such lines."""
    entry = table("topic_facts")[name]
    lines = zip(entry.get(language, ()), entry["pictures"], strict=False)
    return tuple(replace(line(told), picture=picture) for told, picture in lines)


def line(text: str) -> Line:
    """Reads "title | first | second | @ picture"; the last two may be missing."""
    title, first, second, picture = ([part.strip() for part in text.split("|")] + ["", ""])[:4]
    return Line(title, first, second, picture.removeprefix("@").strip(), not picture or picture.startswith("@"))
