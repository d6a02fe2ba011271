from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import get_commands

from pixora.embedded.paths import CHECKOUT
from pixora.foundation.environment import is_public_key
from pixora.secret_key import GeneratedKey, read_or_make
from tests.emulators.supabase.keys import ANON_KEY, LEGACY_ANON_KEY, LEGACY_SERVICE_KEY, SECRET_KEY

EXAMPLE = dict(re.findall(r"^([A-Z_]+)=(.*)$", (CHECKOUT / ".env.example").read_text(), re.MULTILINE))


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Settings as another process with these variables would read them."""

    def run(**environment: str) -> dict[str, Any]:
        with monkeypatch.context() as context:
            for name, value in environment.items():
                context.setenv(name, value)
            return runpy.run_path(str(CHECKOUT / "pixora/settings.py"))

    return run


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_example_names_every_setting_and_no_other(load: Any) -> None:
    assert load()["env"].names | {"PIXORA_HOME"} == EXAMPLE.keys()


def test_the_example_gives_every_default(load: Any) -> None:
    home = os.environ["PIXORA_HOME"]
    example, default = load(**{**EXAMPLE, "PIXORA_HOME": home}), load()
    upper = {name for name in default if name.isupper()} - {"SECRET_KEY"}
    assert {name: example[name] for name in upper} == {name: default[name] for name in upper}


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("DATABASE_URL", "mysql://user:hunter2@host/name", "pixora.E001"),
        ("DATABASE_URL", "postgresql://host:5432", "pixora.E001"),
        ("DATABASE_URL", "postgresql://host:port/name", "pixora.E001"),
        ("DATABASE_URL", "hunter2", "pixora.E001"),
        ("REDIS_URL", "http://hunter2", "pixora.E002"),
        ("REDIS_URL", "redis://host:99999", "pixora.E002"),
        ("REDIS_URL", "unix://", "pixora.E002"),
        ("PIXORA_LEASE_S", "abc", "pixora.E003"),
        ("PIXORA_LEASE_S", "-1", "pixora.E003"),
        ("PIXORA_LEASE_S", "nan", "pixora.E003"),
        ("PIXORA_NEW_USER_CREDITS", "1.5", "pixora.E003"),
        ("PIXORA_LOCAL_JOBS", "0", "pixora.E003"),
        ("DEBUG", "perhaps", "pixora.E003"),
        ("SECRET_KEY_FILE", "/does/not/exist", "pixora.E004"),
        ("PIXORA_PROVIDER_IMAGE", "crayon", "pixora.E005"),
        ("PIXORA_LOG_LEVEL", "LOUD", "pixora.E005"),
        ("PIXORA_CONTACT", "ask Ann", "pixora.E003"),
        ("DEFAULT_FROM_EMAIL", "Pixora", "pixora.E003"),
        ("EMAIL_URL", "hunter2", "pixora.E013"),
        ("EMAIL_URL", "https://user:hunter2@host", "pixora.E013"),
        ("EMAIL_URL", "smtp://user:hunter2@:587", "pixora.E013"),
        ("EMAIL_URL", "smtp://user:hunter2@host:port", "pixora.E013"),
        ("EMAIL_URL", "smtp://user:hunter2@host/?tsl=1", "pixora.E013"),
        ("EMAIL_URL", "smtps://user:hunter2@host/?tls=1", "pixora.E013"),
        ("PUBLIC_URL", "pixora.example", "pixora.E006"),
        ("PUBLIC_URL", "https://", "pixora.E006"),
        ("PUBLIC_URL", "https://[broken", "pixora.E006"),
        ("SUPABASE_URL", "abc.supabase.co", "pixora.E006"),
        ("PIXORA_PROVIDER_AUTH", "supabase", "pixora.E007"),
        ("PIXORA_PROVIDER_AUTH", "hunter3", "pixora.E005"),
        ("PIXORA_PROVIDER_STORAGE", "supabase", "pixora.E008"),
        ("PIXORA_PROVIDER_STORAGE", "floppy", "pixora.E005"),
        ("SUPABASE_BUCKET", "My Films", "pixora.E003"),
    ],
)
def test_a_wrong_value_is_noted_with_a_hint_and_no_secret(load: Any, name: str, value: str, check: str) -> None:
    [problem] = load(**{name: value})["PIXORA_PROBLEMS"]
    assert problem.id == check
    assert problem.message.startswith(name)
    assert problem.hint
    assert "hunter2" not in problem.message + problem.hint


def test_good_values_are_used(load: Any, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql://ann:s%40fe@db.example:6543/films\n")
    settings = load(
        DATABASE_URL_FILE=str(tmp_path / "url"),
        REDIS_URL="rediss://cache.example/2",
        PIXORA_LEASE_S="1.5",
        PUBLIC_URL="https://films.example/",
        ALLOWED_HOSTS="films.example, www.films.example",
    )
    database = settings["DATABASES"]["default"]
    assert settings["PIXORA_PROBLEMS"] == []
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == ("db.example", 6543, "s@fe")
    [host] = settings["CHANNEL_LAYERS"]["default"]["CONFIG"]["hosts"]
    assert host["address"] == "rediss://cache.example/2"
    assert settings["PUBLIC_URL"] == "https://films.example"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["ALLOWED_HOSTS"] == ["films.example", "www.films.example"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://films.example"]
    assert settings["SECURE_HSTS_SECONDS"] > 0


@pytest.mark.parametrize(
    ("environment", "supabase"),
    [
        ({}, False),
        ({"SUPABASE_URL": "https://abc.supabase.co/"}, True),
        ({"SUPABASE_URL": "https://abc.supabase.co", "PIXORA_PROVIDER_AUTH": "local"}, False),
        ({"SUPABASE_URL": "https://abc.supabase.co", "PIXORA_PROVIDER_AUTH": "supabase"}, True),
    ],
)
def test_accounts_are_supabases_where_it_is_configured(load: Any, environment: dict[str, str], supabase: bool) -> None:
    settings = load(**environment)
    assert settings["PIXORA_PROBLEMS"] == []
    assert settings["PIXORA_SUPABASE_ACCOUNTS"] is supabase
    assert settings["SUPABASE_URL"] in ("", "https://abc.supabase.co")


PROJECT = {"SUPABASE_URL": "https://abc.supabase.co/", "SUPABASE_SERVICE_KEY": "sb_secret_hunter2"}


@pytest.mark.parametrize(
    ("environment", "backend"),
    [
        ({}, "LocalStorage"),
        (PROJECT, "SupabaseStorage"),
        ({**PROJECT, "PIXORA_PROVIDER_STORAGE": "local"}, "LocalStorage"),
        ({**PROJECT, "PIXORA_PROVIDER_STORAGE": "supabase", "SUPABASE_BUCKET": "films"}, "SupabaseStorage"),
        ({"SUPABASE_URL": "https://abc.supabase.co"}, "LocalStorage"),
    ],
)
def test_files_are_in_supabase_where_its_key_is_set(load: Any, environment: dict[str, str], backend: str) -> None:
    settings = load(**environment)
    storage = settings["STORAGES"]["default"]
    assert settings["PIXORA_PROBLEMS"] == []
    assert storage["BACKEND"].endswith(f".{backend}")
    if backend == "SupabaseStorage":
        assert storage["OPTIONS"]["url"] == "https://abc.supabase.co"
        assert storage["OPTIONS"]["bucket"] == environment.get("SUPABASE_BUCKET", "pixora")


@pytest.mark.parametrize("key", [ANON_KEY, LEGACY_ANON_KEY], ids=["publishable", "anon"])
def test_a_public_key_for_the_storage_is_noted(load: Any, key: str) -> None:
    [problem] = load(**{**PROJECT, "SUPABASE_SERVICE_KEY": key})["PIXORA_PROBLEMS"]
    assert problem.id == "pixora.E011"
    assert key not in problem.message + problem.hint


@pytest.mark.parametrize("key", [SECRET_KEY, LEGACY_SERVICE_KEY, "a.b.c", "hunter2"])
def test_no_other_key_is_taken_for_a_public_one(key: str) -> None:
    assert not is_public_key(key)


@pytest.mark.parametrize("proxies", ["", "0", "2"])
def test_a_proxys_headers_are_believed_where_there_is_one(load: Any, proxies: str) -> None:
    assert bool(load(PIXORA_PROXIES=proxies)["SECURE_PROXY_SSL_HEADER"]) is (proxies == "2")


@pytest.mark.parametrize("shift_s", ["1", "240", "999.9"])
def test_a_job_is_not_delivered_twice_while_it_runs(load: Any, shift_s: str) -> None:
    cluster = load(PIXORA_SHIFT_S=shift_s)["Q_CLUSTER"]
    assert cluster["timeout"] > float(shift_s) + 600
    assert cluster["retry"] > 2 * cluster["timeout"]
    assert isinstance(cluster["timeout"], int)


def test_a_command_of_ours_stands_before_a_librarys_of_the_same_name() -> None:
    own = {path.stem for path in (CHECKOUT / "pixora/management/commands").glob("[a-z]*.py")}
    assert "qcluster" in own
    assert {name: get_commands()[name] for name in own} == dict.fromkeys(own, "pixora")


@pytest.mark.parametrize(("port", "lasting"), [(6543, False), (5432, True)])
def test_no_session_is_kept_where_it_does_not_last(load: Any, port: int, lasting: bool) -> None:
    database = load(DATABASE_URL=f"postgresql://ann@db.example:{port}/films")["DATABASES"]["default"]
    assert (database["CONN_MAX_AGE"] > 0, database["DISABLE_SERVER_SIDE_CURSORS"]) == (lasting, not lasting)


@pytest.mark.parametrize(("port", "warned"), [("6543", True), ("5432", False)])
def test_the_transaction_pooler_is_warned_of(port: str, warned: bool) -> None:
    url = f"postgresql://postgres.abc:hunter2@aws-1-eu-west-1.pooler.supabase.com:{port}/postgres"
    done = manage("check", DATABASE_URL=url)
    assert ("(pixora.W001)" in done.stderr) is warned
    assert "hunter2" not in done.stderr


def test_checking_reports_every_problem_and_makes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = manage("check", PIXORA_HOME=str(home), DATABASE_URL="mysql://x", PIXORA_SHIFT_S="soon")
    assert done.returncode == 1
    assert "(pixora.E001)" in done.stderr
    assert "(pixora.E003)" in done.stderr
    assert "HINT: Write postgresql://" in done.stderr
    assert not home.exists()


@pytest.mark.parametrize("url", ["mysql://x", "postgresql://127.0.0.1:1/x"])
def test_a_broken_database_url_is_refused_in_one_line(url: str, tmp_path: Path) -> None:
    done = manage("migrate", DATABASE_URL=url, REDIS_URL="redis://127.0.0.1:1", PIXORA_HOME=str(tmp_path / "home"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_the_key_is_made_when_it_is_used_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "home" / "secret_key"
    key = GeneratedKey(path)
    assert key
    assert not path.exists()
    text = str(key)
    assert len(text) >= 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(GeneratedKey(path)) == text


def test_all_who_ask_for_the_key_at_once_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(read_or_make, [tmp_path / "key"] * 32))) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key", "logs"]


def test_a_key_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"No SECRET_KEY is set and .* cannot be made"):
        read_or_make(tmp_path / "file" / "home" / "key")


def test_a_mail_server_is_read_from_its_address(load: Any) -> None:
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    for url, read in {
        "smtp://ann%40b.org:p%2Fw@mail.example:587/?tls=1": ("mail.example", 587, "ann@b.org", "p/w", True, False),
        "smtps://mail.example": ("mail.example", 465, "", "", False, True),
        "smtp://localhost": ("localhost", 25, "", "", False, False),
    }.items():
        found = load(EMAIL_URL=url, PUBLIC_URL="https://films.example")
        assert tuple(found[f"EMAIL_{name}"] for name in names) == read
        assert (found["PIXORA_MAIL"], found["DEFAULT_FROM_EMAIL"]) == (True, "Pixora <pixora@films.example>")
    assert load()["PIXORA_MAIL"] is False
