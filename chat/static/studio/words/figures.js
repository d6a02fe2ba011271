// PURE: how far a run is, in figures.

/** The percent, or null before the first piece of it is there: until then a figure would say nothing. */
export const figureOf = (progress) => progress?.progress || null;

export const lasting = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
