"""The part of a clip that a film of another shape shows: found in the clip, kept as a window that moves over it."""
