"""PURE: the reading of tables: a row for each scene, its columns named as labels are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.film.own_words.labels import What, labels_in, seconds_said
from pipeline.film.own_words.plain import one_line, spoken
from pipeline.film.own_words.source import Passage, Source

_RULE = re.compile(r"[\s|:+=-]+")
_NUMBER = re.compile(
    r"#|no\.?|nr\.?|n°|scene|szene|escena|scène|scena|cena|shot|slide|step|场景|镜头|序号", re.IGNORECASE
)
_PIPE = re.compile(r"(?<!\\)\|")


def read(text: str) -> Source | None:
    rows = [cells for line in text.splitlines() if (cells := _cells(line))]
    if len(rows) < 2:
        return None
    columns = {place: what for place, name in enumerate(rows[0]) if (what := _column(name))}
    named = set(columns.values())
    if "spoken" not in named and not ("picture" in named and {"scene", "length"} & named):
        return None
    asks = [
        one_line(line) for line in text.splitlines() if line.strip() and not _cells(line) and not _RULE.fullmatch(line)
    ]
    passages = [passage for row in rows[1:] if (passage := _passage(row, columns)) != Passage()]
    if not any(passage.words for passage in passages):
        passages = [Passage(one.picture, one.picture, one.heading, one.seconds) for one in passages]
    return Source("script", "table", tuple(passages), asks="\n".join(asks)) if passages else None


def _cells(line: str) -> list[str]:
    """Return the cells of a line that has two at least; none of one that rules the table."""
    if _RULE.fullmatch(line):
        return []
    inside = line.strip().removeprefix("|").removesuffix("|")
    cells = _PIPE.split(inside) if "|" in line else line.split("\t")
    return [cell.strip().replace("\\|", "|").replace("<br>", " ") for cell in cells] if len(cells) > 1 else []


def _column(name: str) -> What | None:
    plain = one_line(name).strip("*: ")
    if _NUMBER.fullmatch(plain):
        return "scene"
    found = labels_in(f"{plain.split('(')[0].split('/')[0].strip()}:")
    return found[0].what if found and found[0].what != "cue" else None


def _passage(row: Sequence[str], columns: Mapping[int, What]) -> Passage:
    def told(what: What) -> str:
        return " ".join(row[place] for place, kind in columns.items() if kind == what and place < len(row))

    scene = one_line(told("scene"))
    heading = one_line(told("title")) or ("" if re.fullmatch(r"(?:\w+\s*)?[\d.]*", scene) else scene)
    return Passage(spoken(told("spoken")), one_line(told("picture")), heading, seconds_said(_with_unit(told("length"))))


def _with_unit(text: str) -> str:
    return f"{text.strip()} s" if text.strip().isdigit() else text
