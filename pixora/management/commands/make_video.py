"""The command that makes a finished film from one sentence, in this terminal."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from rich.console import Console

from media_assets.reference_pictures import Picture, take_in
from pipeline.film.prompt_remarks import remarks_on
from pipeline.models import Task
from pipeline.services import films
from pixora import embedded
from pixora.accounts.services import local_user
from pixora.management.film import Film
from pixora.management.film_request import FilmRequest, add_flags, read_request, with_preset
from pixora.schema import migrate_if_needed


class Command(BaseCommand):
    help = "Make a film from one sentence, with the generators that are configured."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_flags(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the film; all that is asked for is checked before a server is started or anything is written."""
        request = read_request(options)
        with tempfile.TemporaryDirectory(prefix="pixora-") as workdir:
            reference = take_in(request.reference, Path(workdir)) if request.reference else None
            if "postgres" not in embedded.wanted_servers():
                connection.ensure_connection()  # an outside database that is not there is found before anything is made
            embedded.ensure()
            migrate_if_needed()
            task = _task(request, reference)
        for remark in remarks_on(request.prompt):
            self.stdout.write(str(remark))
        status = Film(task, Console(), out=request.out).make()
        if status:
            sys.exit(status)


def _task(request: FilmRequest, reference: Picture | None) -> Task:
    """The one that was asked for before in the same words with the same options, or a new one."""
    user = local_user()
    request = with_preset(request, user)
    settings = films.with_reference(request.settings, reference)
    asked: dict[str, Any] = {"user": user, "prompt": request.prompt, "settings": settings, "source": request.source}
    found = None if request.new else films.find_task(**asked)
    return found or films.order_film(**asked, reference=reference)
