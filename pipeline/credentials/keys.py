"""The key and the certificate that sign films: the operator's by the settings, else one made once for this home."""

from __future__ import annotations

import functools
import os
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from django.conf import settings

from pixora import embedded
from pixora.foundation.errors import PixoraError

FILE = "signing.pem"
"""In PIXORA_HOME: a private key, its certificate, and that of the root which signed it. The root's key is not kept."""
CERTIFICATE, KEY = "PIXORA_SIGNING_CERTIFICATE", "PIXORA_SIGNING_KEY"
"""The settings."""
OWN_NAME = "Pixora (self-signed)"
LIFE = timedelta(days=20 * 365)
LEAST_RSA_BITS = 2048
NEEDED_USE = ExtendedKeyUsageOID.EMAIL_PROTECTION
"""A certificate has to be for this, whatever else it is for, or readers refuse what it signs."""
CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


class UnusableKey(PixoraError):
    """`setting` is the one to change; the message says what is wrong with it and never holds any of it."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting} {message}")
        self.setting = setting


@dataclass(frozen=True)
class Identity:
    """The one who signs. `algorithm` is C2PA's name, `name` whom the certificate is of."""

    chain: bytes
    """In PEM, the signer's own first."""
    key: bytes = field(repr=False)
    algorithm: str
    name: str
    self_signed: bool
    """The key was made here: no one else vouches for it."""


def identity() -> Identity:
    """Return who signs here. Raises UnusableKey."""
    if settings.PIXORA_SIGNING_KEY or settings.PIXORA_SIGNING_CERTIFICATE:
        return _given(settings.PIXORA_SIGNING_CERTIFICATE, settings.PIXORA_SIGNING_KEY)
    return _own(settings.PIXORA_HOME / FILE)


@functools.lru_cache(maxsize=1)
def _given(certificate: str, key: str) -> Identity:
    """The operator's. Raises UnusableKey."""
    if not certificate:
        raise UnusableKey(CERTIFICATE, "is unset, but PIXORA_SIGNING_KEY is set.")
    if not key:
        raise UnusableKey(KEY, "is unset, but PIXORA_SIGNING_CERTIFICATE is set.")
    try:
        chain = Path(certificate).read_bytes()
        certificates = x509.load_pem_x509_certificates(chain)
    except OSError as error:
        raise UnusableKey(CERTIFICATE, "names a file that cannot be read.") from error
    except ValueError as error:
        raise UnusableKey(CERTIFICATE, "names a file without certificates in PEM.") from error
    found = _private_key(key)
    _check(certificates, found)
    return Identity(chain, _as_pem(found), _algorithm(found), _name_of(certificates[0]), self_signed=False)


def _private_key(text: str) -> PrivateKey:
    """Raises UnusableKey. What the library says of a key is told to nobody: it may quote it."""
    try:
        found = load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise UnusableKey(KEY, "is no private key in PEM without a password.") from None
    if not isinstance(found, PrivateKey) or not _algorithm(found):
        raise UnusableKey(KEY, "is of a kind that C2PA does not know: use ECDSA, Ed25519 or RSA.")
    return found


def _algorithm(key: PrivateKey) -> str:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return CURVES.get(key.curve.name, "")
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256" if key.key_size >= LEAST_RSA_BITS else ""
    return "ed25519"


def _check(chain: list[x509.Certificate], key: PrivateKey) -> None:
    """Raises UnusableKey where readers would refuse what is signed."""
    leaf, setting = chain[0], CERTIFICATE
    public = [each.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for each in (
        leaf.public_key(), key.public_key())]  # fmt: skip
    if public[0] != public[1]:
        raise UnusableKey(setting, "is not the certificate of PIXORA_SIGNING_KEY; the signer's own comes first.")
    if not leaf.not_valid_before_utc <= datetime.now(UTC) <= leaf.not_valid_after_utc:
        raise UnusableKey(setting, f"holds only until {leaf.not_valid_after_utc:%Y-%m-%d}, or not yet.")
    if leaf.issuer == leaf.subject:
        raise UnusableKey(setting, "is signed by itself, which C2PA does not allow: give one that an authority signed.")
    if NEEDED_USE not in _uses(leaf):
        raise UnusableKey(
            setting, "is not for e-mail protection, which its extended key usage has to name for readers."
        )


def _uses(leaf: x509.Certificate) -> frozenset[ObjectIdentifier]:
    try:
        return frozenset(leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    except x509.ExtensionNotFound:
        return frozenset()


def _name_of(leaf: x509.Certificate) -> str:
    """The organization that a certificate is of, else its common name."""
    for kind in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := leaf.subject.get_attributes_for_oid(kind):
            return str(found[0].value)
    return leaf.subject.rfc4514_string()


@functools.lru_cache(maxsize=4)
def _own(path: Path) -> Identity:
    """The one of this home, made when it is first asked for."""
    try:
        if not path.exists():
            _keep(path)
        text = path.read_bytes()
        key, chain = load_pem_private_key(text, None), x509.load_pem_x509_certificates(text)
    except (OSError, ValueError) as error:
        raise UnusableKey("PIXORA_HOME", f"has no key to sign films with: {FILE} cannot be read or made.") from error
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Identity(_pem(*chain), _as_pem(key), "es256", OWN_NAME, self_signed=True)


def _keep(path: Path) -> None:
    """One key for all processes that ask at once: the first complete file under this name wins. Mode 0600."""
    embedded.make_home(path.parent)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=f".{path.name}-") as fresh:
        fresh.write(_new_identity())
        fresh.flush()
        os.fsync(fresh.fileno())
        try:
            os.link(fresh.name, path)
        except FileExistsError:
            return


def _new_identity() -> bytes:
    """A key with its certificate, and the root that signed it, whose own key is forgotten."""
    root, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("Pixora's own root", root, root, is_authority=True)
    return _as_pem(leaf) + _pem(_certificate(OWN_NAME, leaf, root, is_authority=False), authority)


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, signer: ec.EllipticCurvePrivateKey, *, is_authority: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .issuer_name(_called("Pixora's own root"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not is_authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    return builder.sign(signer, hashes.SHA256())


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _called(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, OWN_NAME),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def _as_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
