"""OpenAI through its official package: scripts, stills, moderation. `errors.py` is the one map of its errors."""
