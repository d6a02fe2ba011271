from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "pixora.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from pixora.accounts.roles import keep_roles

        post_migrate.connect(keep_roles, dispatch_uid="pixora.accounts.roles")
