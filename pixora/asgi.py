"""What a web server runs; with the embedded servers where they are used, for as long as this process lives."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

from pixora import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pixora.settings")
embedded.ensure()

application = ProtocolTypeRouter({"http": get_asgi_application()})
