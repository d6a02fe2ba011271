"""What is wrong with the settings, as Django's system checks.

pixora.E001  DATABASE_URL is no PostgreSQL URL
pixora.E002  REDIS_URL is no Redis URL
pixora.E003  a value is not of its kind, or out of its range
pixora.E004  a NAME_FILE cannot be read
pixora.E005  a choice that does not exist
pixora.E006  an address is no http(s) URL
pixora.E007  Supabase accounts are asked for, but not where
pixora.E008  Supabase storage is asked for, but not where, or without its key
pixora.E009  the service key is a public one
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from pixora.environment import Problem


@register
def check_environment(**_: Any) -> Sequence[CheckMessage]:
    problems: list[Problem] = settings.PIXORA_PROBLEMS
    return [Error(problem.message, hint=problem.hint, id=problem.id) for problem in problems]
