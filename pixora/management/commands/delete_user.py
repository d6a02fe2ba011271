from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.table import Table

from pipeline.deletion.film_deletion import Proof
from pipeline.deletion.user_deletion import delete_user
from pixora.accounts.models import User
from pixora.accounts.services import account_of
from pixora.management.text_table import as_text


class Command(BaseCommand):
    help = "Remove a user's films, files, messages and name for good; the ledger's lines stay, without the name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the account's address, or its id")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        user = account_of(options["email"])
        if not options["yes"] and not self._confirmed(user):
            return
        proof = delete_user(user)
        self.stdout.write(as_text(_table(proof)))
        self.stdout.write("Nothing is left." if proof.is_complete else "Something is left: run this again.")
        if not proof.is_complete:
            sys.exit(1)

    def _confirmed(self, user: User) -> bool:
        return input(f"Everything of {user.email} goes for good. Type the address again: ").strip() == user.email


def _table(proof: Proof) -> Table:
    table = Table("", "before", "left")
    for name, count in sorted(proof.rows_before.items()):
        table.add_row(f"rows in {name}", f"{count:,}", f"{proof.rows_left.get(name, 0):,}")
    table.add_row("files", f"{proof.files_before:,}", f"{proof.files_left:,}")
    table.add_row("files that others use too", f"{proof.files_shared:,}", f"{proof.files_shared:,}")
    return table
