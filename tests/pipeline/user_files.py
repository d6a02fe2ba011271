"""What users give, made small: their files, and uploads of them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from media_assets import upload_check, uploads
from media_assets.models import Upload
from pixora.accounts.models import User
from tests.pipeline.cut import media

COLOUR = (200, 80, 40)


def picture(path: Path, size: tuple[int, int] = (300, 300), colour: tuple[int, int, int] = COLOUR) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def clip(path: Path, *, seconds: float = 5, size: tuple[int, int] = (96, 96), fps: int = 10) -> Path:
    """Red, upright only by its metadata, with sound and with the place where it was filmed."""
    flat = path.with_name(f"flat_{path.name}")
    media.run(
        "-f", "lavfi", "-i", media.colour("red", fps=fps, size=size), "-f", "lavfi", "-i", "sine", "-t", seconds,
        "-c:v", "libx264", "-metadata", "location=+48.1+11.5/", flat,
    )  # fmt: skip
    media.run("-display_rotation", 90, "-i", flat, "-c", "copy", path)
    return path


def upload(user: User, file: Path) -> Upload:
    """Upload it as through the door, read in this process."""
    taken = upload_check.take(file, file.parent)
    return uploads.keep(
        user, Path(taken.path), kind=taken.kind, suffix=taken.suffix, facts=taken.facts, file_name=file.name
    )
