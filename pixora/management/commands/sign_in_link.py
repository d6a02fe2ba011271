from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from pixora.accounts import sign_in_links
from pixora.accounts.services import local_owner, open_account_of


class Command(BaseCommand):
    help = "Print a link that signs somebody in once, within 15 minutes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", help="the address of who signs in; without it, the first user here")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        user = open_account_of(email) if email else local_owner()
        self.stdout.write(sign_in_links.new_link(user, site=sign_in_links.site_here()))
