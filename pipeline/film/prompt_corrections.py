"""PURE: a prompt whose writer changes their mind in it: "a 30 second film about bees, no wait, make it 20"."""

from __future__ import annotations

import re

from pipeline.film.lengths import around_length, seconds_in
from pipeline.film.order_slips import mended

MOST_CHARACTERS = 400
"""Of a prompt that somebody typed; a longer one is a text."""
_MIND_CHANGED = re.compile(
    r"[\s,.;!…–-]+(?:(?:oh|ah|ach|hm+|ok|uh|äh)[\s,.]+)?"
    r"(?:no,? wait|wait,? no|no,? hang on|hang on|hold on|no,? sorry|sorry,? no|actually,? no|no,? actually|"
    r"(?:actually|wait|no)(?=,? (?:make (?:it|that) |just |only )?\d{1,3}\b)|scratch that|hm+,? no|anzi,? no|ach,? nee|"
    r"nein,? (?:warte|halt|doch)|ach nein|halt,? nein|nee,? (?:warte|doch)|non,? attends|attends,? non|no,? espera|"
    r"espera,? no|no,? aspetta|aspetta,? no|não,? espera|espera,? não)[\s,.:;!–-]+(?P<then>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LINK = r"(?:about|abt|über|sobre|sur|su)"
_ABOUT = re.compile(rf"\b(?P<link>{_LINK}) (?P<subject>[^,.;:!?]+)", re.IGNORECASE)
_BARE_LENGTH = re.compile(
    r"^(?:(?:rather|better|lieber|doch|plutôt|mejor|meglio|melhor|and|und) )*(?:(?:make|let) (?:it|that)|do|"
    r"mach(?:e)? "
    r"(?:es|das|ihn|sie)|hazlo|fallo|fais|faz) (?:be )?(?P<number>\d{1,3})"
    r"(?=\W*$|,| (?:and|und|y|et|e|she|he|it|they|we|because|so|then|sie|er|es|weil)\b)",
    re.IGNORECASE,
)
"""A number alone, which is of what was numbered before: "make it 20"."""
_ALONE = re.compile(r"^(?P<number>\d{1,3})(?=\W*$|,)")
"""The same number, with what is said behind it: "no wait 50, like an oil painting"."""
_ENOUGH = re.compile(
    r"^(?P<number>\d{1,3}) (?:(?:is|are|would be|will do|ist|sind|wäre|es|est|è|é) )?"
    r"(?:plenty|enough|fine|ok(?:ay)?|better|do|genug|besser|reichen|reicht|suficiente|assez|suffit|abbastanza|bastam?)\b",
    re.IGNORECASE,
)
"""The same as what will do: "25 is plenty"."""


_SHAPE = (
    r"(?:square|landscape|portrait|vertical|horizontal|widescreen|upright|tall|hochkant|hochformat|querformat|quer|"
    r"quadratisch|carr[ée]e?|cuadrad[oa]|quadrat[oa]|quadrad[oa]|16[:x]9|9[:x]16|1[:x]1|4[:x]3|3[:x]4)(?!\w)"
)
_ANOTHER_SHAPE = re.compile(rf"^(?:(?:rather|better|make (?:it|that)|in|lieber|doch|plut[oô]t|mejor|meglio|melhor) )*"
                            rf"(?P<shape>{_SHAPE})(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)  # fmt: skip


def corrected(prompt: str) -> str:
    """Return a prompt as its writer would write it again, with the later length, shape and subject."""
    if len(prompt) > MOST_CHARACTERS or re.search(r"[\"“„«]", prompt):
        return prompt
    prompt = mended(prompt)
    found = _MIND_CHANGED.search(prompt)
    if found is None:
        return prompt
    before, then = prompt[: found.start()], found["then"].strip()
    told = _with_other_thing(_with_subject(_with_shape(_with_length(before, then), then), then), then)
    return told if told != before else prompt


def _with_length(before: str, then: str) -> str:
    around, alone = around_length(before), _ALONE.match(then)
    bare = alone or _BARE_LENGTH.match(then) or _ENOUGH.match(then)
    seconds = int(bare["number"]) if bare else round(seconds_in(then) or 0)
    behind = then[alone.end() :] if alone else ""
    return f"{around[0]}{seconds} second{around[1]}{behind}" if around and seconds else before


def _with_shape(before: str, then: str) -> str:
    """Return it in the later shape, with what is said behind that."""
    other = _ANOTHER_SHAPE.match(then)
    earlier = list(re.finditer(rf"(?<!\w){_SHAPE}", before, re.IGNORECASE))
    if other is None or not earlier:
        return before
    last, shape = earlier[-1], other["shape"]
    shape = f"in {shape}" if shape.lower() in ("landscape", "portrait") else shape
    return f"{before[: last.start()]}{shape}{before[last.end() :]}{other['rest']}"


def _with_subject(before: str, then: str) -> str:
    other = _ABOUT.search(then)
    if other is None:
        return before
    return _ABOUT.sub(lambda found: f"{found['link']} {other['subject'].strip()}", before, count=1)


_NOT = r"(?:not|nicht|keine?|no|pas|non|não)"
_OTHER_THING = re.compile(
    rf"(?:^|[,.;] |\b(?:and|und|y|et|e) )(?P<new>[^\W\d_][\w'’-]*),? {_NOT} (?P<old>[^\W\d_][\w'’-]*)"
    r"(?=\W*(?:$|[,.;]))",
    re.IGNORECASE,
)


def _with_other_thing(before: str, then: str) -> str:
    """Return it with "wasps" for "bees", where it is said: "wasps not bees"."""
    other = _OTHER_THING.search(then)
    if other is None:
        return before
    return re.sub(rf"(?<!\w){re.escape(other['old'])}(?!\w)", other["new"], before, flags=re.IGNORECASE)
