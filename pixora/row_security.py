"""Row-level security, for a database of Supabase's, which opens our tables to browsers: policies say who reads what.

Supabase serves every table over REST to whoever holds the project's public key. So each table of ours is closed to it,
and a signed-in user may read, never write, the rows named in `READABLE`. The owner of the tables, which is whom Django
connects as, is not bound by any of this; nor is Supabase's service role.

Where there is no Supabase, nothing is done. A new table needs an entry here and a migration that applies it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.apps.registry import Apps
from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OWN = "user_id = (SELECT auth.uid())"
OF_OWN_TASK = "task_id IN (SELECT id FROM tasks WHERE user_id = (SELECT auth.uid()) AND deleted_at IS NULL)"

READABLE: Mapping[str, str] = {
    "tasks": f"{OWN} AND deleted_at IS NULL",
    "scripts": OF_OWN_TASK,
    "assets": OF_OWN_TASK,
    "videos": OF_OWN_TASK,
    "events": OF_OWN_TASK,
    "quotes": OF_OWN_TASK,
    "runs": OF_OWN_TASK,
    "messages": OWN,
    "credits": OWN,
}
"""Which rows of a table are a user's to read."""
CLOSED = frozenset(
    {
        *("users", "users_groups", "users_user_permissions", "sessions", "steps", "attempts"),
        *(
            "uploads",
            "own_voices",
            "idempotent_answers",
            "judgements",
            "model_calls",
            "seen_stills",
            "voice_samples",
            "mails",
            "api_keys",
        ),
        *("webhook_addresses", "webhook_cursors", "webhook_deliveries"),
        *("shares", "notes", "approvals"),
        *("presets", "batches", "batch_films"),
        *("auth_group", "auth_group_permissions", "auth_permission"),
        *("django_admin_log", "django_content_type", "django_migrations", "django_session"),
        *("django_q_ormq", "django_q_schedule", "django_q_task"),
    }
)
"""Tables that nobody reads from outside."""

POLICY = "pixora: users read their own"
FILES_POLICY = "pixora: users read their own files"
FILES = """
bucket_id = {bucket} AND EXISTS (
    SELECT 1 FROM tasks AS task WHERE task.user_id = (SELECT auth.uid()) AND task.deleted_at IS NULL
       AND right((storage.foldername(objects.name))[1], length(task.id) + 1) = '_' || task.id)
"""
"""An object belongs to the task whose id ends the name of its folder; only the service role writes."""
OUTSIDERS = "anon, authenticated"


def apply(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Close the tables, in a migration. Doing it again is harmless; tables that are not made yet are left to a later
    one."""
    if not _is_supabase(schema_editor):
        return
    for table in _tables(schema_editor):
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"REVOKE ALL ON {table} FROM {OUTSIDERS}")
        schema_editor.execute(f'DROP POLICY IF EXISTS "{POLICY}" ON {table}')
        if table in READABLE:
            rule = READABLE[table]
            schema_editor.execute(f'CREATE POLICY "{POLICY}" ON {table} FOR SELECT TO authenticated USING ({rule})')
            schema_editor.execute(f"GRANT SELECT ON {table} TO authenticated")
    _make_bucket(schema_editor)


def undo(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The tables stay out of outsiders' reach, and the bucket stays with what is in it."""
    if not _is_supabase(schema_editor):
        return
    schema_editor.execute(f'DROP POLICY IF EXISTS "{FILES_POLICY}" ON storage.objects')
    for table in _tables(schema_editor):
        schema_editor.execute(f'DROP POLICY IF EXISTS "{POLICY}" ON {table}')
        schema_editor.execute(f"REVOKE ALL ON {table} FROM {OUTSIDERS}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


def _make_bucket(schema_editor: BaseDatabaseSchemaEditor) -> None:
    bucket = schema_editor.quote_value(settings.SUPABASE_BUCKET)
    schema_editor.execute(
        f"INSERT INTO storage.buckets (id, name, public) VALUES ({bucket}, {bucket}, false)"  # noqa: S608 - quoted
        " ON CONFLICT (id) DO UPDATE SET public = false"
    )
    schema_editor.execute(f'DROP POLICY IF EXISTS "{FILES_POLICY}" ON storage.objects')
    schema_editor.execute(
        f'CREATE POLICY "{FILES_POLICY}" ON storage.objects FOR SELECT TO authenticated'
        f" USING ({FILES.format(bucket=bucket)})"
    )


def _is_supabase(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_regprocedure('auth.uid()') IS NOT NULL AND to_regclass('storage.objects') IS NOT NULL"
        )
        return bool(cursor.fetchone()[0])


def _tables(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[str]:
    made = schema_editor.connection.introspection.table_names()
    return (table for table in sorted({*READABLE, *CLOSED}) if table in made)
