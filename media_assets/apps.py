from __future__ import annotations

from django.apps import AppConfig


class MediaAssetsConfig(AppConfig):
    name = "media_assets"
    default_auto_field = "django.db.models.BigAutoField"
