"""Removal for good: of films, users, what has no owner any more, and what is too old."""
