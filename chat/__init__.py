"""People talk with an agent about a film: over the WebSocket, in the studio, and over REST."""
