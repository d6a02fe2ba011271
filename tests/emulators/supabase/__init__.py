"""Supabase: storage at `/storage/v1` and, as far as signing in needs it, auth at `/auth/v1`."""

from __future__ import annotations

from tests.emulators.supabase import auth, storage
from tests.emulators.supabase.errors import refuse
from tests.emulators.vendor import Vendor


def vendor() -> Vendor:
    supabase = Vendor("supabase", refuse)
    bucket = storage.add(supabase)
    accounts = auth.add(supabase)

    def forget(_: Vendor) -> None:
        bucket.objects.clear()
        accounts.clear()

    supabase.start = forget
    return supabase
