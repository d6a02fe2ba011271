"""PURE: a text that is itself the film's words: what it is, what of it is spoken, and how it fits into scenes."""
