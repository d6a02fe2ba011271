from __future__ import annotations

from django.apps import AppConfig


class PixoraConfig(AppConfig):
    name = "pixora"

    def ready(self) -> None:
        from pixora import checks  # noqa: F401 (registers them)
