"""PURE: what a film is made of, what of that is to be made, how far it is, and how pieces are named for people."""
