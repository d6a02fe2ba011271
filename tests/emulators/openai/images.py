"""`POST /v1/images/generations` (JSON) and `POST /v1/images/edits` (a form with up to 16 pictures)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.defects import still_with
from tests.emulators.openai import models
from tests.emulators.openai.bodies import Strict, parse, read
from tests.emulators.openai.errors import Refused, blocked, missing_parameter, wrong_value
from tests.emulators.openai.moderation import breaches
from tests.emulators.vendor import Vendor

MAX_PROMPT, MAX_IMAGES, MAX_IMAGE_BYTES = 32_000, 16, 50 << 20
FIXED_SIZES = ("1024x1024", "1536x1024", "1024x1536", "auto")
QUALITIES = {"low": 272, "medium": 1056, "high": 4160, "auto": 1056, "xhigh": 6240, "max": 8320}
"""Output tokens of a square picture."""


class Generation(Strict):
    model: str
    prompt: str
    n: int | None = None
    size: str | None = None
    quality: str | None = None
    background: str | None = None
    output_format: str | None = None
    output_compression: int | None = None
    moderation: str | None = None
    partial_images: int | None = None
    stream: bool | None = None
    safety_identifier: str | None = None
    user: str | None = None
    complexity: str | None = None


class Edit(Strict):
    model: str
    prompt: str
    n: str | None = None
    size: str | None = None
    quality: str | None = None
    background: str | None = None
    input_fidelity: str | None = None
    output_format: str | None = None
    output_compression: str | None = None
    safety_identifier: str | None = None
    user: str | None = None


async def generate(request: Request, here: Vendor) -> Response:
    asked = await read(request, Generation)
    known = models.find(asked.model, "image", gone=here.knobs.options.get("gone", ()))
    _check(asked, known)
    _moderate(request, asked.prompt)
    return await _answer(here, "images.generate", asked, known, image_tokens=0, defect=defect_of(request))


async def edit(request: Request, here: Vendor) -> Response:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refused("Unsupported content type: expected 'multipart/form-data'.")
    async with request.form(max_files=40) as form:
        pictures, fields = _split(form)
        asked = parse(fields, Edit)
        known = models.find(asked.model, "image", gone=here.knobs.options.get("gone", ()))
        _check(asked, known)
        contents = [await picture.read() for picture in pictures]
    _check_pictures(contents)
    if asked.input_fidelity and not known.fidelity:
        text = "Unsupported parameter: 'input_fidelity' is not supported with this model."
        raise Refused(text, param="input_fidelity", code="unsupported_parameter")
    _moderate(request, asked.prompt)
    return await _answer(
        here, "images.edit", asked, known, image_tokens=len(contents) * 1_024, defect=defect_of(request)
    )


def _split(form: FormData) -> tuple[list[UploadFile], dict[str, Any]]:
    pictures = [value for name, value in form.multi_items() if isinstance(value, UploadFile)]
    names = {name for name, value in form.multi_items() if isinstance(value, UploadFile)}
    if not pictures:
        raise missing_parameter("image")
    if names == {"image"} and len(pictures) > 1:
        text = "Duplicate parameter: 'image'. You provided multiple values for this parameter, use 'image[]' instead."
        raise Refused(text, param="image", code="duplicate_parameter")
    if names - {"image", "image[]"}:
        raise Refused(f"Unknown parameter: '{min(names)}'.", param=min(names), code="unknown_parameter")
    return pictures, {name: value for name, value in form.multi_items() if isinstance(value, str)}


def _check(asked: Generation | Edit, known: models.Known) -> None:
    if not asked.prompt:
        raise missing_parameter("prompt")
    if len(asked.prompt) > MAX_PROMPT:
        text = f"Invalid 'prompt': string too long. Expected a string with maximum length {MAX_PROMPT}."
        raise Refused(text, param="prompt", code="string_above_max_length")
    if asked.quality and asked.quality not in QUALITIES:
        raise wrong_value("quality", f"'{asked.quality}'.")
    if asked.output_format and asked.output_format not in ("png", "jpeg", "webp"):
        raise wrong_value("output_format", f"'{asked.output_format}'.")
    if asked.size and not _possible(asked.size, known):
        raise wrong_value("size", f"'{asked.size}'. Supported values are: {', '.join(FIXED_SIZES)}.")


def _possible(size: str, known: models.Known) -> bool:
    if size in FIXED_SIZES:
        return True
    wide, _, high = size.partition("x")
    if not known.any_size or not (wide.isdigit() and high.isdigit()):
        return False
    width, height = int(wide), int(high)
    whole = width % 16 == height % 16 == 0 and min(width, height) >= 256
    return whole and max(width, height) <= 3840 and 1 / 3 <= width / max(height, 1) <= 3


def _check_pictures(contents: Sequence[bytes]) -> None:
    if len(contents) > MAX_IMAGES:
        text = f"Invalid 'image': too many images. Expected at most {MAX_IMAGES}, got {len(contents)}."
        raise Refused(text, param="image", code="array_above_max_length")
    for content in contents:
        try:
            kind = Image.open(io.BytesIO(content)).format
        except UnidentifiedImageError:
            kind = None
        if kind not in ("PNG", "JPEG", "WEBP") or len(content) >= MAX_IMAGE_BYTES:
            raise Refused("Invalid image file or mode for image 1.", param="image", code="invalid_image_file")


def defect_of(request: Request) -> str:
    """Return which defect the picture has that is made next; empty: none."""
    fault = request.state.fault
    return fault.words if fault and fault.kind == "faulty" else ""


def _moderate(request: Request, prompt: str) -> None:
    fault = request.state.fault
    found = ["sexual"] if fault and fault.kind == "refused" else breaches(prompt)
    if found:
        raise blocked(found)


async def _answer(
    here: Vendor, operation: str, asked: Generation | Edit, known: models.Known, *, image_tokens: int, defect: str
) -> Response:
    size = asked.size if asked.size and asked.size != "auto" else "1024x1024"
    width, height = map(int, size.split("x"))
    out = round(QUALITIES[asked.quality or "auto"] * width * height / (1024 * 1024))
    words = len(asked.prompt) // 4 + 1
    micros = round(words * known.text_in + image_tokens * known.image_in + out * known.out)
    bill = here.ledger.bill(
        operation, model=asked.model, micros=micros, prompt=asked.prompt, pictures=image_tokens // 1_024
    )
    await asyncio.sleep(here.knobs.latency(operation) / 2)  # a vendor draws on processors of its own
    kind = asked.output_format or "png"
    picture = await asyncio.to_thread(draw, asked.prompt, bill.number, (width, height), kind, defect)
    return JSONResponse(
        {
            "created": int(time.time()),
            "data": [{"b64_json": base64.b64encode(picture).decode()}],
            "size": size,
            "quality": asked.quality or "auto",
            "output_format": asked.output_format or "png",
            "usage": {
                "input_tokens": words + image_tokens,
                "input_tokens_details": {"text_tokens": words, "image_tokens": image_tokens},
                "output_tokens": out,
                "total_tokens": words + image_tokens + out,
            },
        }
    )


def draw(prompt: str, number: int, size: tuple[int, int], kind: str, defect: str = "") -> bytes:
    """A real picture: a gradient in colours of the prompt, each one different."""
    colours = np.frombuffer(hashlib.sha256(f"{prompt} {number}".encode()).digest()[:6], np.uint8).reshape(2, 1, 3)
    small = Image.fromarray(np.repeat(colours, 2, axis=1))
    target = io.BytesIO()
    picture = small.resize(size, Image.Resampling.BILINEAR)
    (Image.fromarray(still_with(defect, np.asarray(picture))) if defect else picture).save(
        target, kind.upper(), **({"compress_level": 1} if kind == "png" else {})
    )
    return target.getvalue()
