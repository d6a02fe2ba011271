"""PURE: the plan of a film: what it is made of, what of that is to be made, a run's progress, names for people."""
