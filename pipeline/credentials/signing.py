"""Signs a finished film: its manifest goes into its file, whose sound and pictures stay as they are to the byte.

Whatever goes wrong here, the film is finished all the same, and says that it is unsigned.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.credentials import keys, manifest
from pipeline.credentials.keys import Identity
from pipeline.credentials.manifest import Definition
from pipeline.cut import ffmpeg

Told = dict[str, Any]

log = logging.getLogger(__name__)

LIBRARY_SETTINGS = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
    "builder": {"thumbnail": {"enabled": False}},
}
"""Nothing is fetched over the network for a file's sake, and no pictures are added."""
PIXEL_FORMAT = "image/png"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
INVALID, UNTRUSTED = "Invalid", "signingCredential.untrusted"
"""The words of readers for what is damaged or signed wrongly, and for a signer for whom nobody vouches."""
UNSIGNED = "This film carries no Content Credentials: {why}"
NO_LIBRARY = "the library that writes them cannot run on this machine."
NO_KEY = "the key that signs films cannot be used."
REFUSED_KEY = (
    "is refused by the library that signs films: it has to be a signer's own and no authority's, be for digital "
    "signatures, name its authority's key (authority key identifier), and be for nothing but signing."
)
REFUSED = "they could not be written into this file."


def sign(film: Path, definition: Definition, *, kept: Iterable[Path] = (), parent: Path | None = None) -> Told:
    """Put a manifest into a film's file, and return what is told of that: `signed`, `by` and `self_signed`, or `why`.

    `kept` are the manifests of its pieces that were delivered with one, `parent` the signed film that it is made from.
    Blocking, some hundredths of a second. A film that cannot be signed stays as it was.
    """
    try:
        who = keys.identity()
        with ffmpeg.scratch_name(film) as signed:
            _write(film, signed, definition, who, kept, parent)
            signed.replace(film)
        return {"signed": True, "by": who.name, "self_signed": who.self_signed}
    except ImportError as error:
        return _unsigned(NO_LIBRARY, error)
    except keys.UnusableKey as error:
        return _unsigned(NO_KEY, error)
    except Exception as error:  # noqa: BLE001 - the library raises what it likes, and a film is never lost by it
        return _unsigned(REFUSED, error)


def spoilt(kept: Iterable[Path]) -> set[Path]:
    """Find those of some kept manifests with which nothing can be signed any more: each is tried on a single pixel."""
    return {path for path in kept if not _can_be_signed_with(path)}


def _can_be_signed_with(kept: Path) -> bool:
    definition = {**manifest.of_film([], []), "format": PIXEL_FORMAT}
    try:
        with kept.open("rb") as archive, _signer(library(), definition, keys.identity()) as (builder, signer):
            builder.add_ingredient_from_archive(archive)
            builder.sign(signer, PIXEL_FORMAT, BytesIO(PIXEL), BytesIO())
    except Exception as error:  # noqa: BLE001 - the library raises what it likes
        log.warning("a kept manifest cannot be signed into films any more (%s)", type(error).__name__)
        return False
    return True


def trial() -> None:
    """Sign a single pixel as films are signed, and have it read again. Raises UnusableKey where the library refuses the
    certificate or a reader would, and ImportError where the library cannot run here. Blocking."""
    c2pa, who = library(), keys.identity()
    definition, signed = {**manifest.of_film([], []), "format": PIXEL_FORMAT}, BytesIO()
    try:
        with _signer(c2pa, definition, who) as (builder, signer):
            builder.sign(signer, PIXEL_FORMAT, BytesIO(PIXEL), signed)
        with c2pa.Reader(PIXEL_FORMAT, signed) as reader:
            valid, told = reader.get_validation_state() != INVALID, json.loads(reader.json())
    except c2pa.C2paError:
        raise keys.UnusableKey(keys.CERTIFICATE, REFUSED_KEY) from None
    if not valid:
        codes = sorted({each["code"] for each in told.get("validation_status", ())} - {UNTRUSTED})
        raise keys.UnusableKey(keys.CERTIFICATE, f"would be refused by readers of films ({', '.join(codes)}).")


def library() -> Any:
    """Load the library. Raises ImportError where its native code cannot run here."""
    try:
        import c2pa
    except (OSError, RuntimeError, ValueError) as error:
        raise ImportError("c2pa cannot be loaded") from error
    return c2pa


def _write(
    film: Path, out: Path, definition: Definition, who: Identity, kept: Iterable[Path], parent: Path | None
) -> None:
    with ExitStack() as opened, _signer(library(), definition, who) as (builder, signer):
        for path in kept:
            builder.add_ingredient_from_archive(opened.enter_context(path.open("rb")))
        if parent:
            source = opened.enter_context(parent.open("rb"))
            builder.add_ingredient(json.dumps(manifest.PARENT_INGREDIENT), manifest.FORMAT, source)
        builder.sign_file(film, out, signer)


@contextmanager
def _signer(c2pa: Any, definition: Definition, who: Identity) -> Iterator[tuple[Any, Any]]:
    info = c2pa.C2paSignerInfo(who.algorithm.encode(), who.chain, who.key, None)
    with (
        c2pa.Context(c2pa.Settings.from_dict(LIBRARY_SETTINGS)) as context,
        c2pa.Builder(json.dumps(definition), context=context) as builder,
        c2pa.Signer.from_info(info) as signer,
    ):
        yield builder, signer


def _unsigned(why: str, error: Exception) -> Told:
    """The kind of error alone is logged: the library's words may hold what it was given."""
    log.error("a film is unsigned: %s (%s)", why, type(error).__name__)
    return {"signed": False, "why": why}


def warnings_of(told: Told) -> list[str]:
    """Return what is said of a film that could not be signed."""
    return [] if told["signed"] else [UNSIGNED.format(why=told["why"])]
