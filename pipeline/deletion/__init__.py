"""What is removed for good: films, users, what has no owner any more, and what is too old."""
