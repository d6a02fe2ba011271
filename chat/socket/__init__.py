"""The WebSocket: who may open one, what travels over it, and who hears what."""
