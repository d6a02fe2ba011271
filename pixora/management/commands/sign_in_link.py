from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from pixora.accounts import links
from pixora.accounts.models import User
from pixora.accounts.services import local_owner
from pixora.errors import NotFound


class Command(BaseCommand):
    help = "Print a link that signs somebody in once, within 15 minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="whom; without it the first user of this installation")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        user = User.objects.filter(email__iexact=email, is_active=True).first() if email else local_owner()
        if user is None:
            raise NotFound(f"Nobody with the address {email} has an open account here.")
        self.stdout.write(links.new_link(user, site=settings.PUBLIC_URL))
