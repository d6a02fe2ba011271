from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from pixora.accounts import roles
from pixora.accounts.roles import RANKS, Role
from pixora.accounts.services import open_account_of

NONE = "none"


class Command(BaseCommand):
    help = "Make a user a member of staff, or no longer one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the account's address, or its id")
        parser.add_argument("role", choices=[*RANKS, NONE])

    def handle(self, *args: Any, **options: Any) -> None:
        user = open_account_of(options["email"])
        role = None if options["role"] == NONE else Role(options["role"])
        roles.set_role(user, role)
        self.stdout.write(f"{user.email} has the role {role}." if role else f"{user.email} is no member of staff.")
