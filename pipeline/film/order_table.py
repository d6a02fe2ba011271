"""PURE: a table of films, a row for each, as spreadsheets save one: its columns are `prompt` and names of settings.

Every cell is text, and none is computed: "=1+1" is the beginning of a prompt like any other. A table without a heading
has one column, the prompts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.film.changes import SETTINGS_FIELDS
from pixora.foundation.errors import Invalid

PROMPT = "prompt"
DELIMITERS = ",;\t|"
SWITCHES: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "true", "on", "1", "ja", "x"), True),
    **dict.fromkeys(("no", "false", "off", "0", "nein"), False),
}


@dataclass(frozen=True)
class Row:
    """A row that asks for a film; `number` is its line in the table, from 1, the heading counted."""

    number: int
    prompt: str
    settings: Mapping[str, Any]


def rows_of(text: str, *, most: int) -> list[Row]:
    """Read a table of `most` films at most. Raises Invalid where it is none, has an unknown column or more rows."""
    lines = list(_lines(text, most))
    if not lines:
        raise Invalid("csv: there is no row in this table: give one row for each film.", field="csv")
    names = _names(lines[0][1])
    found = [_row(number, names, cells) for number, cells in (lines[1:] if names else lines)]
    if not found:
        raise Invalid("csv: there is only a heading in this table: give one row for each film.", field="csv")
    return found


def _lines(text: str, most: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty. A file that goes on for ever is not read to its end."""
    lines = (f"{line}\n" for line in text.lstrip("\ufeff").split("\n"))
    reader = csv.reader(lines, delimiter=_delimiter(text))
    count = 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                count += 1
                if count > most + 1:
                    raise Invalid(f"csv: this table has more than {most} films: send it in parts.", field="csv")
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Invalid(f"csv: line {reader.line_num} cannot be read as a table ({error}).", field="csv") from None


def _delimiter(text: str) -> str:
    """The sign that parts the heading's columns; prompts have commas of their own."""
    heading = text.lstrip("\ufeff").partition("\n")[0]
    if not _is_name(heading.split(max(DELIMITERS, key=heading.count))[0]):
        return "\x1f"
    return max(DELIMITERS, key=heading.count)


def _is_name(cell: str) -> bool:
    return _name(cell) in {PROMPT, *SETTINGS_FIELDS}


def _name(cell: str) -> str:
    return "_".join(cell.strip().strip('"').lower().replace("-", " ").split())


def _names(cells: Sequence[str]) -> list[str]:
    """Return the names of the columns; none where the first row is a film already. Raises Invalid."""
    names = [_name(cell) for cell in cells]
    if PROMPT not in names:
        if any(name in SETTINGS_FIELDS for name in names):
            raise Invalid("csv: there is no column prompt: say in it what each film is about.", field="csv")
        return []
    for name in names:
        if name not in {PROMPT, *SETTINGS_FIELDS}:
            known = ", ".join(sorted(SETTINGS_FIELDS))
            raise Invalid(f"csv: there is no setting {name[:40]!r}; columns are prompt, {known}.", field="csv")
    return names


def _row(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if not names:
        return Row(number, cells[0], {})
    by_name = dict(zip(names, cells, strict=False))
    settings = {name: _value(cell) for name, cell in by_name.items() if cell and name != PROMPT}
    return Row(number, by_name.get(PROMPT, ""), settings)


def _value(cell: str) -> Any:
    """A switch or a whole number as such; everything else is text, and the settings' own rules judge it."""
    if cell.lower() in SWITCHES and not cell.isdigit():
        return SWITCHES[cell.lower()]
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else cell
