from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from pipeline.deletion.housekeeping import keep_house


class Command(BaseCommand):
    help = "Remove what is over: films deleted long ago, files without a row, old rows. The workers do it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        done = keep_house()
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed, see the log' if count is None else f'{count:,} removed'}")
        if None in done.values():
            sys.exit(1)
