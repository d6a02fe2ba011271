"""PURE: what a film is: its settings, its script and the rules and edits of that, what is spoken in it, its title."""
