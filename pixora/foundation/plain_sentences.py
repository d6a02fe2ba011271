"""PURE: the faults that pydantic finds, in words a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pixora.foundation.errors import Violation

MAX_SHOWN_CHARS = 60
WHOLE_NUMBER, NUMBER, TRUE_OR_FALSE = (
    "must be a whole number{got}",
    "must be a number{got}",
    "must be true or false{got}",
)
TEXT, LIST, OBJECT = "must be text{got}", "must be a list{got}", "must be an object{got}"
DAY, MOMENT = "must be a day such as 2026-01-31{got}", "must be a time such as 2026-01-31T12:00:00Z{got}"
ADDRESS = "must be an address of the web, such as https://example.org/film{got}"
SENTENCES: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is unknown here; remove it",
    "invalid_key": "has a name that is no text; rename it",
    "literal_error": "must be {expected}{got}",
    "enum": "must be {expected}{got}",
    "none_required": "must be left out or null{got}",
    "int_type": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_parsing_size": "is far too large a number; give a smaller one",
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_max_digits": "has too many digits; at most {max_digits} are kept",
    "decimal_max_places": "has too many digits behind the point; at most {decimal_places} are kept",
    "decimal_whole_digits": "has too many digits; at most {whole_digits} may stand before the point",
    "bool_type": TRUE_OR_FALSE,
    "bool_parsing": TRUE_OR_FALSE,
    "string_type": TEXT,
    "string_unicode": "holds characters that are not valid text",
    "string_not_ascii": "may hold plain letters, digits and signs only{got}",
    "string_pattern_mismatch": "is not written as it has to be: {pattern}",
    "string_too_long": "at most {max_length} characters{length}",
    "bytes_type": TEXT,
    "list_type": LIST,
    "tuple_type": LIST,
    "set_type": LIST,
    "frozen_set_type": LIST,
    "iterable_type": LIST,
    "too_long": "at most {max_length} {entries}, this has more",
    "too_short": "needs at least {min_length} {entries}",
    "dict_type": OBJECT,
    "mapping_type": OBJECT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "union_tag_not_found": "must say what it is, in its field {discriminator}",
    "union_tag_invalid": "is of no known kind; the kinds are {expected_tags}",
    "greater_than": "must be more than {gt}{got}",
    "greater_than_equal": "must be at least {ge}{got}",
    "less_than": "must be less than {lt}{got}",
    "less_than_equal": "must be at most {le}{got}",
    "multiple_of": "must be a multiple of {multiple_of}{got}",
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_object_invalid": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "timezone_aware": "must say its time zone, as in 2026-01-31T12:00:00Z{got}",
    "uuid_type": "must be an id as it was given{got}",
    "uuid_parsing": "must be an id as it was given{got}",
    "url_type": ADDRESS,
    "url_parsing": ADDRESS,
    "url_syntax_violation": ADDRESS,
    "url_scheme": "must be an address that begins with {expected_schemes}{got}",
    "url_too_long": "at most {max_length} characters",
    "json_invalid": "is no JSON that can be read",
}
"""By pydantic's names of what may be wrong. `got` is what was sent instead, where that is told."""
NOT_TOLD = object()


def plain_sentence(error: Mapping[str, Any]) -> Violation:
    """Return one of pydantic's errors in words a person can act on, with the path to its field."""
    return Violation(path_of(error["loc"]) or "script", what_is_wrong(error))


def what_is_wrong(error: Mapping[str, Any]) -> str:
    """Return what comes behind the field's name. What was sent is told where the error still holds it."""
    context: dict[str, Any] = dict(error.get("ctx", {}))
    sent = error.get("input", NOT_TOLD)
    least = context.get("min_length", context.get("max_length", 0))
    if error["type"] == "string_too_short":
        return "must not be empty" if least <= 1 else f"needs at least {least} characters"
    if error["type"] not in SENTENCES:
        return str(context.get("error", "is not valid"))
    told = {
        "got": "" if sent is NOT_TOLD else f", not {shown(sent)}",
        "length": f", this has {len(sent)}" if isinstance(sent, str) else "",
        "entries": _counted(sent, least),
    }
    return SENTENCES[error["type"]].format(**{**told, **context})


def _counted(sent: Any, number: int) -> str:
    """Return what the length of a value counts. A text that was looked at before it is measured is measured like a
    list."""
    one, many = ("character", "characters") if isinstance(sent, str) else ("entry", "entries")
    return one if number == 1 else many


def path_of(location: tuple[int | str, ...]) -> str:
    """`("clips", 2, "title")` is `clips[2].title`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{short(step)}" for step in location)
    return path.removeprefix(".")


def shown(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return f'"{short(value)}"'
        case dict():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return short(str(value))


def short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 1]}…"
