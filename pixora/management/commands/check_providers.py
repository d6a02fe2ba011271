from __future__ import annotations

import asyncio
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pipeline.providers.inspection import Finding, inspect


class Command(BaseCommand):
    help = "Ask every vendor that is used whether its key and models work; exits with 1 where one's do not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="Warnings count as problems too.")

    def handle(self, *_: Any, strict: bool, **__: Any) -> None:
        found = asyncio.run(inspect(today=timezone.now().date()))
        if not found:
            self.stdout.write("No vendor is configured: everything is made on this machine.")
        for finding in found:
            self._tell(finding)
        if any(finding.problems or (strict and finding.warnings) for finding in found):
            raise SystemExit(1)

    def _tell(self, finding: Finding) -> None:
        state = "cannot be used" if finding.problems else "ready"
        self.stdout.write(f"{finding.vendor} {finding.model} ({', '.join(finding.roles)}): {state}")
        for sentence in (*finding.problems, *finding.warnings, *finding.notes):
            self.stdout.write(f"  {sentence}")
