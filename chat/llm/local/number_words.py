"""PURE: numbers and places in an order, as English words."""

from __future__ import annotations

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "ninety": 90, "thirteen": 13, "fourteen": 14, "eighteen": 18,
}  # fmt: skip
NUMBERS |= {
    f"{ten} {one}": NUMBERS[ten] + NUMBERS[one]
    for ten in ("twenty", "thirty", "forty", "fifty")
    for one in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9,
    "last": -1, "final": -1, "opening": 1, "closing": -1,
}  # fmt: skip
ORDINAL = "|".join(ORDINALS)
NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True)).replace(" ", "[ -]")


def place_of(word: str, count: int) -> int:
    """Return the place that a word says among so many scenes; the last one counts from the end."""
    return ORDINALS[word] if ORDINALS[word] > 0 else count
