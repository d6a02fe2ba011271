#!/usr/bin/env python
"""Django's command line. Commands that use the database have the embedded servers running while they run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from pixora import embedded
from pixora.errors import Invalid, PixoraError

REFUSED = 2
WITHOUT_SERVICES = frozenset(
    {
        "help",
        "version",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "makemessages",
        "startapp",
        "startproject",
    }
)


def main(argv: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pixora.settings")
    try:
        if needs_services(argv[1:]):
            refuse_wrong_settings()
            embedded.ensure()
        execute_from_command_line(list(argv))
    except PixoraError as error:
        return refuse(error.message)
    except ImproperlyConfigured as error:
        return refuse(str(error))
    except OperationalError as error:
        return refuse(f"PostgreSQL cannot be used: {str(error).strip().splitlines()[0]}")
    return 0


def needs_services(arguments: Sequence[str]) -> bool:
    if not arguments or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[0] not in WITHOUT_SERVICES


def refuse_wrong_settings() -> None:
    problems = settings.PIXORA_PROBLEMS
    if problems:
        more = f" ({len(problems) - 1} more: manage.py check lists them.)" if len(problems) > 1 else ""
        raise Invalid(f"{problems[0].message} {problems[0].hint}{more}", field=problems[0].name)


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv))
