from __future__ import annotations

import secrets
import uuid
from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.fal.errors import check_key
from tests.emulators.fal.state import File
from tests.emulators.vendor import Vendor

TOKEN = secrets.token_urlsafe(16)


def add_to(fal: Vendor) -> None:
    fal.operation("token", "POST", "/storage/auth/token", counts=False)(token)
    fal.operation("upload", "POST", "/files/upload", counts=False)(upload)
    fal.operation("initiate", "POST", "/storage/upload/initiate", counts=False)(initiate)
    fal.operation("put", "PUT", "/files/{name}", counts=False)(put)
    fal.operation("download", "GET", "/files/{name}", counts=False)(download)


async def token(request: Request, here: Vendor) -> Response:
    wrong = check_key(request)
    if wrong is not None:
        return wrong
    ends = datetime.now(UTC) + timedelta(hours=1)
    return JSONResponse({"token": TOKEN, "token_type": "Bearer", "base_url": here.url, "expires_at": ends.isoformat()})


async def upload(request: Request, here: Vendor) -> Response:
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return JSONResponse({"detail": "Unauthorized"}, status_code=401)
    return JSONResponse({"access_url": keep(here, await request.body(), request.headers["content-type"])})


async def initiate(request: Request, here: Vendor) -> Response:
    """The other way in, which fal_client takes where the first fails."""
    wrong = check_key(request)
    if wrong is not None:
        return wrong
    asked = await request.json()
    address = keep(here, b"", asked["content_type"])
    return JSONResponse({"upload_url": address, "file_url": address})


async def put(request: Request, here: Vendor) -> Response:
    name = request.path_params["name"]
    if name not in here.state.files:
        return Response(status_code=403)
    here.state.files[name] = File(await request.body(), request.headers["content-type"])
    return Response(status_code=200)


async def download(request: Request, here: Vendor) -> Response:
    found = here.state.files.get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    return Response(found.data, media_type=found.content_type)


def keep(here: Vendor, data: bytes, content_type: str, suffix: str = "") -> str:
    """The public address of a file."""
    name = f"{uuid.uuid4().hex}{suffix}"
    here.state.files[name] = File(data, content_type)
    return f"{here.url}/files/{name}"


def kept(here: Vendor, address: str) -> File | None:
    return here.state.files.get(address.rpartition("/")[2]) if address.startswith(f"{here.url}/files/") else None
