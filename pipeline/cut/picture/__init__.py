"""The pictures of a film: its pieces, transitions, captions, drawn letters and stills."""
