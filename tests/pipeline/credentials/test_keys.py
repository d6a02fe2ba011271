"""The operator's certificate and key: each fault is told at the start by the setting to change, and no key is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from django.core.checks import WARNING
from pytest_django import Settings

from pipeline.credentials import keys, manifest, signing
from pixora import checks
from tests.pipeline.credentials import reading
from tests.pipeline.credentials.test_signing import film, home, piece

__all__ = ["film", "home"]

P256 = ec.generate_private_key(ec.SECP256R1())
AUTHORITY = ec.generate_private_key(ec.SECP256R1())
Chain = Callable[..., None]


@pytest.fixture
def given(settings: Settings, tmp_path: Path) -> Chain:
    """Sets a certificate of an organization, and its key."""

    def give(key: keys.PrivateKey = P256, **wanted: Any) -> None:
        path = tmp_path / "chain.pem"
        path.write_bytes(keys._pem(certificate(key, **wanted)))
        settings.PIXORA_SIGNING_CERTIFICATE, settings.PIXORA_SIGNING_KEY = str(path), keys._as_pem(key).decode()

    keys._given.cache_clear()
    return give


def certificate(
    key: keys.PrivateKey,
    *,
    days: int = 30,
    issuer: str = "An authority",
    uses: bool = True,
    authority: bool = False,
    names_authority: bool = True,
) -> x509.Certificate:
    now = datetime.now(UTC)
    names = [x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, name)]) for name in ("Acme Films", issuer)]
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(AUTHORITY.public_key())
    builder = (
        x509.CertificateBuilder(names[1], names[0], key.public_key(), 7)
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(keys._usage(is_authority=authority), critical=True)
    )
    if names_authority:
        builder = builder.add_extension(identifier, critical=False)
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage([keys.NEEDED_USE]), critical=False)
    return builder.sign(AUTHORITY, hashes.SHA256())


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (P256, "es256"),
        (ec.generate_private_key(ec.SECP384R1()), "es384"),
        (ed25519.Ed25519PrivateKey.generate(), "ed25519"),
        (rsa.generate_private_key(65537, 2048), "ps256"),
    ],
)
def test_a_film_is_signed_by_whom_the_certificate_names(
    given: Chain, film: Path, key: keys.PrivateKey, algorithm: str
) -> None:
    given(key)
    assert keys.identity().algorithm == algorithm
    told = signing.sign(film, manifest.of_film([piece(1)], [1]))
    assert told == {"signed": True, "by": "Acme Films", "self_signed": False}
    state, active, wrong = reading.read(film)
    assert wrong == [reading.UNTRUSTED]
    assert (state, active["signature_info"]["issuer"]) == ("Valid", "Acme Films")
    assert list(checks.check_signing()) == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"days": -1}, "PIXORA_SIGNING_CERTIFICATE holds only until"),
        ({"issuer": "Acme Films"}, "PIXORA_SIGNING_CERTIFICATE is signed by itself"),
        ({"uses": False}, "PIXORA_SIGNING_CERTIFICATE is not for e-mail protection"),
        ({"authority": True}, "PIXORA_SIGNING_CERTIFICATE is refused by the library"),
        ({"names_authority": False}, "PIXORA_SIGNING_CERTIFICATE is refused by the library"),
        ({"key": ec.generate_private_key(ec.SECP256K1())}, "PIXORA_SIGNING_KEY is of a kind"),
    ],
)
def test_what_readers_would_refuse_is_told_as_pixora_starts(
    given: Chain, film: Path, wrong: dict[str, object], named: str
) -> None:
    given(**wrong)
    (error,) = checks.check_signing()
    assert error.id == "pixora.E015"
    assert error.msg.startswith(named)
    before = film.read_bytes()
    assert signing.sign(film, manifest.of_film([piece(1)], [1]))["signed"] is False
    assert film.read_bytes() == before


def test_what_is_half_given_or_no_key_names_its_setting_and_shows_nothing(
    given: Chain, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    given()
    pem = settings.PIXORA_SIGNING_KEY
    for name, value, said in (
        ("PIXORA_SIGNING_KEY", "", "PIXORA_SIGNING_KEY is unset"),
        ("PIXORA_SIGNING_KEY", pem[:100] + "!" + pem[101:], "PIXORA_SIGNING_KEY is no private key"),
        ("PIXORA_SIGNING_KEY", keys._as_pem(AUTHORITY).decode(), "PIXORA_SIGNING_CERTIFICATE is not the certificate"),
        ("PIXORA_SIGNING_CERTIFICATE", str(tmp_path / "none"), "PIXORA_SIGNING_CERTIFICATE names a file"),
    ):
        given()
        setattr(settings, name, value)
        (error,) = checks.check_signing()
        assert error.msg.startswith(said)
        assert pem[60:90] not in f"{error.msg} {error.hint} {caplog.text}"


def test_a_machine_without_the_library_is_told_as_pixora_starts(given: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    given()
    monkeypatch.setitem(sys.modules, "c2pa", None)
    (warning,) = checks.check_signing()
    assert (warning.id, warning.level) == ("pixora.W004", WARNING)
