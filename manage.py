#!/usr/bin/env python
"""Django's command line.

While a command that uses the servers runs, the embedded ones do. A refusal is one sentence and exit status 2.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from pixora import embedded
from pixora.foundation.errors import Invalid, PixoraError

REFUSED, INTERRUPTED = 2, 130
WITHOUT_SERVICES = frozenset({"", "check", "collectstatic", "diffsettings", "findstatic", "help", "version"})
ON_THEIR_OWN = frozenset({"llm", "make_video", "studio"})
"""Commands that ensure the servers themselves, after they have read what is asked of them."""


def main(argv: Sequence[str]) -> int:
    gc.disable()  # until all is loaded, see `pixora.apps`
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pixora.settings")
    try:
        _get_ready(argv[1:])
        execute_from_command_line(list(argv))
    except PixoraError as error:
        return _refuse(error.message)
    except ImproperlyConfigured as error:
        return _refuse(str(error))
    except OperationalError as error:
        return _refuse(f"PostgreSQL cannot be used: {str(error).strip().splitlines()[0]}")
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _get_ready(arguments: Sequence[str]) -> None:
    command = arguments[0] if arguments else ""
    if command in WITHOUT_SERVICES or {"-h", "--help", "--version"} & set(arguments):
        return
    _refuse_wrong_settings()
    if command not in ON_THEIR_OWN:
        embedded.ensure()


def _refuse_wrong_settings() -> None:
    problems = settings.PIXORA_PROBLEMS
    if problems:
        more = f" ({len(problems) - 1} more: manage.py check lists them.)" if len(problems) > 1 else ""
        raise Invalid(f"{problems[0].message} {problems[0].hint}{more}", field=problems[0].name)


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv))
