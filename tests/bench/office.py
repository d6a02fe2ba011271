"""The back office's list of films with a hundred thousand of them, against a thousand: the first page, a page far
down, and the searches for a user and for words. Of each the quickest of fifteen answers: the two sizes cannot take
turns."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg

from tests.bench.figures import Figure
from tests.crash.site import Site

FEW, MANY, USERS = 1_000, 100_000, 20

FILL = """
INSERT INTO users (id, email, password, is_active, is_staff, is_superuser, is_local)
SELECT gen_random_uuid(), 'user' || number || '@example.org', '', true, false, false, false
  FROM generate_series(1, %(users)s::int) number ON CONFLICT DO NOTHING;
INSERT INTO tasks (id, user_id, prompt, source, title, status, settings, request_key, last_seq, created_at, updated_at)
SELECT 'task_' || lpad(number::text, 8, '0'), people.id,
       CASE WHEN number %% 20 = 0 THEN 'My dog Biscuit at the beach' ELSE 'A film about a thing' END, '',
       'Film ' || number,
       (ARRAY['complete', 'failed', 'generating', 'cancelled'])[1 + number %% 4], '{}', 'k', 0,
       now() - number * interval '7 seconds', now()
  FROM generate_series(%(first)s::int, %(last)s::int) number
  JOIN (SELECT id, row_number() OVER (ORDER BY email) - 1 AS place FROM users) people
    ON people.place = number %% %(users)s::int;
ANALYZE users; ANALYZE tasks;
"""
MEASURE = """
import json, sys, time
from django.conf import settings
from django.test import Client
from pixora.accounts import services, sessions, tokens
from pipeline.models import Task

settings.ALLOWED_HOSTS.append("testserver")
session = sessions.open_session(services.local_owner())
client = Client()
client.cookies[sessions.COOKIE] = tokens.issue(session, life=tokens.SESSION_LIFE).token
films = "/admin/pipeline/task/"

def quickest_s(address):
    times = []
    for _ in range(15):
        began = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - began)
        assert response.status_code == 200 and b'class="data-row' in response.content, address
    return min(times)

def address_of_the_middle():
    from pixora.foundation.pagination import Listing
    tasks = Task.objects.order_by("-created_at")
    older = tasks.filter(created_at__lt=tasks[tasks.count() // 2].created_at)
    return films + "?p=" + Listing(str(Task._meta), ("created_at", "id"), descending=True).page(older, "", 1).next

found = {
    "the first page": quickest_s(films),
    "a page in the middle": quickest_s(address_of_the_middle()),
    "those that failed": quickest_s(films + "?status__exact=failed"),
    "those of a user": quickest_s(films + "?q=user7@example.org"),
    "those with a word": quickest_s(films + "?q=biscuit"),
    "those with a word that most have": quickest_s(films + "?q=thing"),
}
sys.stdout.write(json.dumps(found))
"""


def measure(site: Site) -> Iterator[Figure]:
    few = _measured(site, first=1, last=FEW)
    many = _measured(site, first=FEW + 1, last=MANY)
    for name, seconds in many.items():
        yield Figure(f"office: films, {name}, at 100,000 ÷ at 1,000", seconds / few[name], 1.5)
    yield Figure("office: films, the first page, at 100,000, milliseconds", many["the first page"] * 1_000)


def _measured(site: Site, *, first: int, last: int) -> dict[str, float]:
    with psycopg.connect(site.url, autocommit=True) as database:
        values = {"users": USERS, "first": first, "last": last}
        for statement in filter(str.strip, FILL.split(";\n")):
            database.execute(statement.encode(), values if "%(" in statement else None)
    times: dict[str, float] = json.loads(site.manage("shell", "--no-imports", "-c", MEASURE))
    return times
