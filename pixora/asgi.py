"""The application that a web server runs; with the embedded servers where they are used, while this process lives."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path, re_path

from pixora import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pixora.settings")
embedded.ensure()

http = get_asgi_application()  # first: it makes the models importable

from chat.socket.consumers import ChatConsumer, NothingHere  # noqa: E402
from chat.socket.hub import watched  # noqa: E402

sockets = [path("ws/chat/", ChatConsumer.as_asgi()), re_path("", NothingHere.as_asgi())]
application = ProtocolTypeRouter({"http": watched(http), "websocket": URLRouter(sockets)})
