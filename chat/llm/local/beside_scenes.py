"""PURE: scenes that are called by what is beside them, by their place alone, or by one wish more."""

from __future__ import annotations

import re

from chat.llm.local.number_words import ORDINAL, place_of

_AFTER_NUMBER = re.compile(
    r"\b(after|before|behind|in front of) (?:the )?(\d{1,2})\b(?! ?(?:s|secs?|seconds?|min|minutes?|scenes?|"
    r"credits?|%|:|p\b))"
)
"""A scene by its number alone, as the place of another: "a scene after 2"."""
_ONE_MORE = re.compile(
    r"\b(add|insert|put in|include) (?:(?:a new|another|1 more|a) )?1 (?=(?:about|with|of|where|showing)\b)"
)
"""A scene that is only called "one": "add one with a whale"."""
_EVERYTHING_BESIDE = re.compile(
    r"\b(?:everything|all(?: of)?(?: the)?(?: scenes)?|(?:the )?scenes|whatever|what)"
    r"(?: (?:comes|is|that comes|that's))? (after|behind|before) scene (\d+)\b"
)
_FROM_ON = re.compile(r"\b(?:everything |all(?: the)?(?: scenes)? )?from scene (\d+) (?:on(?:wards?)?|to the end)\b")
_THE_NTH = re.compile(
    rf"\b(remove|delete|drop|cut|lose|ditch|scrap|take out|get rid of|shorten|lengthen|extend|trim|darken|brighten) "
    rf"the ({ORDINAL})(?=\W*$|,| and )"
)
_THE_NTH_SO = re.compile(
    rf"\b(make|turn|have|let) the ({ORDINAL})(?= (?:\w+er|be|more|less|a (?:bit|little)|much|at|in)\b)"
)
"""A scene by its place alone, to which something is done: "make the last darker"."""
_HAPPENS = re.compile(
    r"\b(scene \d+),? (?:(?:should|must|could|has to|to) )?(?:takes? place|happens?|is set|be set|plays) "
    r"(?=(?:at|on|in|under|inside|near|by)\b)"
)
"""A scene in a place: "scene 2 takes place on a beach"."""


def scenes_named(plain: str, count: int) -> str:
    """Name the scenes that are meant by what is beside them: "everything after scene 2", "from scene 3 on"."""
    plain = re.sub(r"(?<=\w )please (?=scenes? \d)", "", plain)
    plain = _ONE_MORE.sub(r"\1 a scene ", plain)
    plain = _AFTER_NUMBER.sub(
        lambda found: f"{found[1]} scene {found[2]}" if 0 < int(found[2]) <= count else found[0], plain
    )

    def named(first: int, last: int, otherwise: str) -> str:
        if not 1 <= first <= last <= count:
            return otherwise
        return f"scenes {first} to {last}" if first < last else f"scene {first}"

    plain = _HAPPENS.sub(r"\1 ", plain)
    for pattern in (_THE_NTH, _THE_NTH_SO):
        plain = pattern.sub(lambda found: f"{found[1]} scene {place_of(found[2], count)}", plain)
    plain = _FROM_ON.sub(lambda found: named(int(found[1]), count, found[0]), plain)
    return _EVERYTHING_BESIDE.sub(
        lambda found: (
            named(1, int(found[2]) - 1, found[0]) if found[1] == "before" else named(int(found[2]) + 1, count, found[0])
        ),
        plain,
    )
