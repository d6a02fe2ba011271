from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand
from rich.table import Table

from pipeline.queries.credit_audit import Finding, findings
from pixora.accounts.models import Credit
from pixora.management.text_table import as_text


class Command(BaseCommand):
    help = "Check that every credit is accounted for: exits with 1 and a table where it is not."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(findings())
        if not found:
            self.stdout.write(f"All {Credit.objects.count():,} lines of the ledger agree with the runs.")
            return
        self.stdout.write(as_text(_table(found)))
        sys.exit(1)


def _table(found: Sequence[Finding]) -> Table:
    table = Table("finding", "run or task", "user", "detail", title=f"{len(found):,} findings", title_justify="left")
    for each in found:
        table.add_row(each.what, each.where, each.user, each.detail)
    return table
