"""What the sockets are measured against: Channels' own consumer, which says what it hears. It has no channel layer."""

from __future__ import annotations

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.routing import ProtocolTypeRouter

from pixora.asgi import http


class Echo(AsyncWebsocketConsumer):  # type: ignore[misc]
    channel_layer_alias = ""

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data)


application = ProtocolTypeRouter({"http": http, "websocket": Echo.as_asgi()})
