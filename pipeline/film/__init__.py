"""PURE: a film as data: its settings, its script and the rules and edits of that, what is spoken in it, its title."""
