"""The checks that this process is alive, and that the whole of Pixora can work."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_q.status import Stat

ANSWER_WITHIN_S = 5.0
PROBE = "health/probe"

_threads = ThreadPoolExecutor(8, thread_name_prefix="health")


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 where a part fails, and how each part is; why one fails is for the operator's log."""
    asked = {name: _threads.submit(_alone, check) for name, check in CHECKS.items()}
    parts = {name: _answer(future) for name, future in asked.items()}
    everything = all(parts.values())
    body = {"status": "ok" if everything else "failing", "parts": parts}
    return JsonResponse(body, status=200 if everything else 503)


def _alone(check: Callable[[], bool]) -> bool:
    """Run in a thread that keeps no connection."""
    try:
        return check()
    finally:
        connections.close_all()


def _answer(check: Future[bool]) -> bool:
    try:
        return check.result(ANSWER_WITHIN_S)
    except Exception:  # noqa: BLE001 (whatever a driver or a storage raises means no)
        return False


def database_works() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        return cursor.fetchone() is not None


def redis_works() -> bool:
    key = f"health:{secrets.token_hex(8)}"
    cache.set(key, 1, 10)
    return bool(cache.delete(key))


def storage_works() -> bool:
    """Something can be written and is there afterwards."""
    name = default_storage.save(f"{PROBE}-{secrets.token_hex(8)}", ContentFile(b"ok"))
    try:
        return default_storage.exists(name)
    finally:
        default_storage.delete(name)


def worker_works() -> bool:
    """A cluster of workers leaves word in the cache every half second, for three seconds."""
    return bool(Stat.get_all())


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_works,
    "redis": redis_works,
    "storage": storage_works,
    "worker": worker_works,
}
