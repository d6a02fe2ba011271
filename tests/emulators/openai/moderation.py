"""`POST /v1/moderations`. Words of `FORBIDDEN` are flagged in texts; a picture whose first pixel is magenta is, too."""

from __future__ import annotations

import base64
import io
import uuid
from typing import Any

from PIL import Image, UnidentifiedImageError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.openai import models
from tests.emulators.openai.bodies import Strict, read
from tests.emulators.openai.errors import Refused
from tests.emulators.vendor import Vendor

FORBIDDEN = {"gore": "violence/graphic", "nude": "sexual", "massacre": "violence"}
FLAGGED_PIXEL = (255, 0, 255)
CATEGORIES = (
    "harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm",
    "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic",
)  # fmt: skip


class Asked(Strict):
    input: str | list[str] | list[dict[str, Any]]
    model: str | None = None


def breaches(text: str) -> list[str]:
    return [category for word, category in FORBIDDEN.items() if word in text.lower()]


async def create(request: Request, here: Vendor) -> Response:
    asked = await read(request, Asked)
    name = asked.model or "omni-moderation-latest"
    models.find(name, "moderation")
    fault = request.state.fault
    refused = fault is not None and fault.kind == "refused"
    results = [_result(["sexual"] if refused else found) for found in _judge(asked.input)]
    here.ledger.bill("moderations", model=name, micros=0, judged=len(results))
    return JSONResponse({"id": f"modr-{uuid.uuid4().hex}", "model": name, "results": results})


def _result(found: list[str]) -> dict[str, Any]:
    return {
        "flagged": bool(found),
        "categories": {category: category in found for category in CATEGORIES},
        "category_scores": {category: float(category in found) for category in CATEGORIES},
        "category_applied_input_types": {category: ["text"] for category in CATEGORIES},
    }


def _judge(given: str | list[str] | list[dict[str, Any]]) -> list[list[str]]:
    """Judge each text by its breaches; parts are judged as one."""
    if isinstance(given, str):
        return [breaches(given)]
    texts = [part for part in given if isinstance(part, str)]
    if texts:
        return [breaches(text) for text in texts]
    return [[found for part in given if isinstance(part, dict) for found in _judge_part(part)]]


def _judge_part(part: dict[str, Any]) -> list[str]:
    match part:
        case {"type": "text", "text": str(text)}:
            return breaches(text)
        case {"type": "image_url", "image_url": {"url": str(url)}}:
            return ["sexual"] if _is_flagged(_picture(url)) else []
    raise Refused("Invalid value for 'input'.", param="input", code="invalid_value")


def _is_flagged(picture: Image.Image) -> bool:
    """Tell by its first pixel, whose colour a JPEG changes a little."""
    pixel = picture.crop((0, 0, 1, 1)).tobytes()
    return all(abs(found - wanted) <= ALIKE for found, wanted in zip(pixel, FLAGGED_PIXEL, strict=True))


ALIKE = 4


def _picture(url: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
    except (UnidentifiedImageError, ValueError):
        raise Refused("Failed to download image.", param="input", code="invalid_image_url") from None
