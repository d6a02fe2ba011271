"""PURE: the facts that a small language model may tell about the film, and the check of its sentences against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from chat.llm.guided.wishes import told
from chat.llm.local.film import Film
from pipeline.film.languages import name_of

INSTRUCTIONS = (
    "You are Pixora's agent and talk with somebody about their short film. Answer in one or two short, friendly "
    "sentences, in {language}. Say only what stands in the facts; if they do not tell it, say that you do not know. "
    "You have changed, made, sent and started nothing, and you promise nothing."
)
_ACTS = re.compile(
    r"\bI(?:'ve| have|'ll| will|'m going to| am going to| just| can)? (?:now |just |already )?"
    r"(?:change|add|remove|make|made|update|fix|sen[dt]|upload|start|creat|replac|adjust|delet|generat|edit|improv)\w*"
    r"|\bhas been (?:changed|added|removed|updated|sent|uploaded|fixed)"
    r"|\bich (?:habe|werde|kann) .{0,60}(?:geändert|hinzugefügt|entfernt|gemacht|ändern|machen|gestartet|geschickt)"
    r"|\b(?:he|he de|voy a|j'ai|je vais|ho|vou|eu) \w*(?:ado|ido|iar|er|é|ato|ito|ei)\b",
    re.IGNORECASE,
)
"""The claim or the promise of an act."""
_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_SAID_BY_ROLE = re.compile(r"^\s*(?:agent|pixora|assistant)\s*:\s*", re.IGNORECASE)


def instructions(language: str) -> str:
    return INSTRUCTIONS.format(language=name_of(language))


def question(said: str, film: Film) -> str:
    return f"{told(film)}\n{standing(film)}\n\nThey say: {said}"


def standing(film: Film) -> str:
    """Say how far the film is, and what it costs."""
    lines = [f"Scenes: {len(film.places)}; length: {film.seconds} s.", _state(film)]
    if film.offer:
        lines.append(f"What is open costs {film.offer['credits']} credits.")
    if credits := film.facts["credits"]:
        lines.append(f"They have {credits['balance']} credits.")
    return " ".join(lines)


def _state(film: Film) -> str:
    if film.is_being_written:
        return "The script is being written."
    if film.is_being_made:
        return "The film is being made."
    finished: Mapping[str, Any] | None = film.facts.get("finished")
    return "The film is finished; it can be played and downloaded." if finished else "Only the script is there."


class Listener:
    """Takes a model's words as they come and gives out the sentences that may be said; from the first false one on,
    nothing more."""

    def __init__(self, facts: str) -> None:
        self._facts, self._waiting, self.has_said, self.is_over = facts, "", False, False

    def hear(self, piece: str) -> Iterator[str]:
        self._waiting += piece
        *whole, self._waiting = _END.split(self._waiting)
        yield from self._told(whole)

    def end(self) -> Iterator[str]:
        """Return the rest where it is a whole sentence."""
        rest, self._waiting = self._waiting.strip(), ""
        if rest.endswith((".", "!", "?", "…", "“", '"')):
            yield from self._told([rest])

    def _told(self, listed: list[str]) -> Iterator[str]:
        for sentence in listed:
            text = _SAID_BY_ROLE.sub("", sentence).strip()
            self.is_over = self.is_over or not is_true(text, self._facts)
            if text and not self.is_over:
                yield f" {text}" if self.has_said else text
                self.has_said = True


def is_true(sentence: str, facts: str) -> bool:
    """It claims no act, and every number in it stands in the facts."""
    known = set(re.findall(r"\d+", facts))
    return not _ACTS.search(sentence) and all(number in known for number in re.findall(r"\d+", sentence))
