// PURE: how far a run is, in figures.

/**
 * The percent, or null before the first piece of it is there: until then a figure would say nothing.
 *
 * @param {Record<string, any>|null} progress
 * @returns {number|null}
 */
export const figureOf = (progress) => progress?.progress || null;

/**
 * @param {number} seconds
 * @returns {string} "45 s", "3 min"
 */
export const lasting = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
