from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from pixora.accounts import roles
from pixora.accounts.models import User
from pixora.accounts.roles import RANKS, Role
from pixora.errors import NotFound

NONE = "none"


class Command(BaseCommand):
    help = "Make a user a member of staff, or no longer one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=[*RANKS, NONE])

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise NotFound(f"Nobody with the address {options['email']} has an open account here.")
        role = None if options["role"] == NONE else Role(options["role"])
        roles.set_role(user, role)
        self.stdout.write(f"{user.email} has the role {role}." if role else f"{user.email} is no member of staff.")
