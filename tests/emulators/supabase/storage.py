"""Storage: one private bucket whose objects only the service key reads and writes, as where no policy says else.

Shapes and refusals are those of the storage service 1.70 (its routes, renderers and error codes).
"""

from __future__ import annotations

import hashlib
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import formatdate
from typing import Any

import jwt
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.supabase import errors
from tests.emulators.supabase.keys import role_of
from tests.emulators.vendor import Handler, Vendor
from tests.pixora.accounts.key_server import SECRET

BUCKET = "pixora"
KEY = re.compile(r"[\w/!\-.*'() &$@=;:+,?]+", re.ASCII)
LARGEST_PAGE = 1500


@dataclass
class Stored:
    content: bytes
    kind: str
    cache_control: str
    user_metadata: dict[str, Any] | None
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    version: str = field(default_factory=lambda: str(uuid.uuid4()))
    created_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat())

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.content).hexdigest()}"'

    def metadata(self) -> dict[str, Any]:
        size = len(self.content)
        return {
            **{"eTag": self.etag, "size": size, "contentLength": size, "httpStatusCode": 200},
            **{"mimetype": self.kind, "cacheControl": self.cache_control, "lastModified": self.created_at},
        }

    def listed(self, name: str) -> dict[str, Any]:
        times = dict.fromkeys(("updated_at", "created_at", "last_accessed_at"), self.created_at)
        return {"name": name, "id": self.id, **times, "metadata": self.metadata()}


@dataclass
class Bucket:
    """Its operations; only whom it knows by the service key sees that there is anything."""

    objects: dict[str, Stored] = field(default_factory=dict)

    async def list(self, request: Request, here: Vendor) -> Response:
        role = role_of(request)
        _check_bucket(request.path_params["bucket"])
        body = await _json(request, {"prefix": str}, {"limit": int, "offset": int, "sortBy": dict, "search": str})
        entries = _entries(self.objects, body["prefix"]) if role == "service_role" else []
        limit = min(body.get("limit", 100), here.knobs.options.get("page", LARGEST_PAGE))
        return JSONResponse(entries[body.get("offset", 0) :][:limit])

    async def move(self, request: Request, here: Vendor) -> Response:
        _must_write(request)
        body = await _json(request, {"bucketId": str, "sourceKey": str, "destinationKey": str}, {})
        _check_bucket(body["bucketId"])
        source, target = body["sourceKey"], body["destinationKey"]
        _check_key(target)
        if source not in self.objects:
            raise errors.no_such_key()
        if target in self.objects and target != source:
            raise errors.duplicate()
        self.objects[target] = self.objects.pop(source)
        return JSONResponse({"message": "Successfully moved", "Id": self.objects[target].id, "Key": target})

    async def sign(self, request: Request, here: Vendor) -> Response:
        name, _ = self._found(request)
        body = await _json(request, {"expiresIn": (int, str)}, {"transform": dict, "download": (str, bool)})
        if not str(body["expiresIn"]).isdecimal() or int(body["expiresIn"]) < 1:
            raise errors.invalid_request("body/expiresIn must be >= 1")
        now = int(time.time())
        claims = {"url": f"{BUCKET}/{name}", "iat": now, "exp": now + int(body["expiresIn"])}
        token = jwt.encode(claims, SECRET, "HS256")
        return JSONResponse({"signedURL": f"/object/sign/{BUCKET}/{name}?token={token}"})

    async def signed(self, request: Request, here: Vendor) -> Response:
        name = _name(request)
        if "token" not in request.query_params:
            raise errors.invalid_request("querystring must have required property 'token'")
        expires = _check_signature(request.query_params["token"], name)
        if name not in self.objects:
            raise errors.no_such_key()
        headers = {"expires": formatdate(expires, usegmt=True)}
        if download := request.query_params.get("download"):
            headers["content-disposition"] = f"attachment; filename={download}; filename*=UTF-8''{download}"
        return _content(request, self.objects[name], headers)

    async def info(self, request: Request, here: Vendor) -> Response:
        name, stored = self._found(request)
        return JSONResponse(
            {
                **{"id": stored.id, "name": name, "version": stored.version, "bucket_id": BUCKET},
                **{"size": len(stored.content), "content_type": stored.kind, "cache_control": stored.cache_control},
                **{"etag": stored.etag, "metadata": stored.user_metadata},
                **{"last_modified": stored.created_at, "created_at": stored.created_at},
            }
        )

    async def download(self, request: Request, here: Vendor) -> Response:
        _, stored = self._found(request)
        return _content(request, stored, {"cache-control": stored.cache_control})

    async def upload(self, request: Request, here: Vendor) -> Response:
        _must_write(request)
        name, stored = _name(request), await _sent(request, here)
        if name in self.objects and request.headers.get("x-upsert") != "true":
            raise errors.duplicate()
        self.objects[name] = stored
        return JSONResponse({"Key": f"{BUCKET}/{name}", "Id": stored.id})

    async def update(self, request: Request, here: Vendor) -> Response:
        name, _ = self._found(request)
        self.objects[name] = await _sent(request, here)
        return JSONResponse({"Key": f"{BUCKET}/{name}", "Id": self.objects[name].id})

    async def remove(self, request: Request, here: Vendor) -> Response:
        role = role_of(request)
        _check_bucket(request.path_params["bucket"])
        body = await _json(request, {"prefixes": list}, {})
        if not body["prefixes"]:
            raise errors.invalid_request("body/prefixes must NOT have fewer than 1 items")
        gone = [name for name in body["prefixes"] if name in self.objects] if role == "service_role" else []
        return JSONResponse([self.objects.pop(name).listed(name) for name in dict.fromkeys(gone)])

    def _found(self, request: Request) -> tuple[str, Stored]:
        """Find a file; what the one who asks may not see is not there."""
        role, name = role_of(request), _name(request)
        if role != "service_role" or name not in self.objects:
            raise errors.no_such_key()
        return name, self.objects[name]


def add(supabase: Vendor) -> Bucket:
    bucket = Bucket()
    operations: list[tuple[str, str, Handler]] = [
        ("POST", "/object/list/{bucket}", bucket.list),
        ("POST", "/object/move", bucket.move),
        ("POST", "/object/sign/{bucket}/{name:path}", bucket.sign),
        ("GET", "/object/sign/{bucket}/{name:path}", bucket.signed),
        ("GET", "/object/info/{bucket}/{name:path}", bucket.info),
        ("GET", "/object/{bucket}/{name:path}", bucket.download),
        ("POST", "/object/{bucket}/{name:path}", bucket.upload),
        ("PUT", "/object/{bucket}/{name:path}", bucket.update),
        ("DELETE", "/object/{bucket}", bucket.remove),
    ]
    for method, path, handler in operations:
        name = f"storage.{handler.__name__}"
        supabase.operation(name, method, f"/storage/v1{path}")(errors.answering(handler))
    return bucket


def _must_write(request: Request) -> None:
    if role_of(request) != "service_role":
        raise errors.denied_by_policy()


def _check_bucket(bucket: str) -> None:
    if bucket != BUCKET:
        raise errors.no_such_bucket()


def _check_key(name: str) -> None:
    if not KEY.fullmatch(name):
        raise errors.invalid_key(name)


def _name(request: Request) -> str:
    _check_bucket(request.path_params["bucket"])
    name: str = request.path_params["name"]
    _check_key(name)
    return name


async def _json(request: Request, required: dict[str, Any], optional: dict[str, Any]) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise errors.invalid_request("Body is not valid JSON") from None
    for name, kind in {**required, **optional}.items():
        if name in required and name not in body:
            raise errors.invalid_request(f"body must have required property '{name}'")
        if name in body and not isinstance(body[name], kind):
            raise errors.invalid_request(f"body/{name} must be {kind}")
    found: dict[str, Any] = body
    return found


async def _sent(request: Request, here: Vendor) -> Stored:
    """Read the file of a multipart form with one; `options` may limit size and kinds as a bucket can."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise errors.invalid_request("the client sends forms")
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise errors.invalid_request("No content provided")
        content, kind = await file.read(), file.content_type or ""
        seconds, metadata = form.get("cacheControl"), form.get("metadata")
    if len(content) > here.knobs.options.get("file_size_limit", 50 << 20):
        raise errors.too_large()
    if kind not in here.knobs.options.get("allowed_mime_types", [kind]):
        raise errors.wrong_kind(kind)
    return Stored(
        content,
        kind,
        f"max-age={seconds}" if seconds else "no-cache",
        json.loads(metadata) if isinstance(metadata, str) else None,
    )


def _entries(objects: dict[str, Stored], prefix: str) -> list[dict[str, Any]]:
    """List what lies directly in a folder; a folder is a name and nothing else."""
    start = f"{prefix.rstrip('/')}/" if prefix else ""
    below = {name.removeprefix(start): stored for name, stored in objects.items() if name.startswith(start)}
    nothing = dict.fromkeys(("id", "updated_at", "created_at", "last_accessed_at", "metadata"))
    folders = {name.split("/")[0]: {"name": name.split("/")[0], **nothing} for name in below if "/" in name}
    files = {name: stored.listed(name) for name, stored in below.items() if "/" not in name}
    return [entry for _, entry in sorted({**folders, **files}.items())]


def _check_signature(token: str, name: str) -> int:
    try:
        claims = jwt.decode(token, SECRET, ["HS256"])
    except jwt.ExpiredSignatureError:
        raise errors.invalid_jwt('"exp" claim timestamp check failed') from None
    except jwt.PyJWTError:
        raise errors.invalid_jwt("signature verification failed") from None
    if claims.get("url") != f"{BUCKET}/{name}":
        raise errors.invalid_signature()
    return int(claims["exp"])


def _content(request: Request, stored: Stored, headers: dict[str, str]) -> Response:
    body, size = stored.content, len(stored.content)
    headers = {**headers, "accept-ranges": "bytes", "etag": stored.etag}
    wanted = request.headers.get("range")
    if not wanted:
        return Response(body, headers=headers, media_type=stored.kind)
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
    if not asked or not (asked[1] or asked[2]):
        raise errors.invalid_range()
    start = int(asked[1]) if asked[1] else max(0, size - int(asked[2]))
    end = min(int(asked[2]) if asked[1] and asked[2] else size - 1, size - 1)
    if start >= size or end < start:
        raise errors.invalid_range()
    headers["content-range"] = f"bytes {start}-{end}/{size}"
    return Response(body[start : end + 1], 206, headers=headers, media_type=stored.kind)
