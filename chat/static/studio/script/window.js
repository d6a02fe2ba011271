// PURE: the window through which a film of another shape shows a clip, as `pipeline/cut/framing/window.py` writes it.

/** "16:9" as a number. */
function quotient(ratio) {
  const [wide, high] = ratio.split(":").map(Number);
  return wide / high;
}

/**
 * Along which axis it moves, and what part of the picture it shows.
 *
 * @param {{filmed_in: string, aspect_ratio: string}} crop
 * @returns {{axis: "x"|"y", part: number}}
 */
export function axisOf({ filmed_in: filmed, aspect_ratio: shape }) {
  const [seen, whole] = [shape, filmed].map(quotient);
  return seen < whole ? { axis: "x", part: seen / whole } : { axis: "y", part: whole / seen };
}

/**
 * How far its beginning is from the clip's edge, from 0 to 1 less its part, at a second of the clip.
 *
 * @param {{shots: Record<string, any>[], part: number}} window
 * @param {number} second
 * @returns {number}
 */
export function placeAt({ shots, part }, second) {
  const shot = shots.findLast(({ from_s: from }) => second >= from) ?? shots[0];
  const turned = shot.turns.reduce((sum, { at_s: at, by }) => sum + (by / 2) * Math.max(second - at, 0) ** 2, 0);
  const place = shot.place + shot.speed * (second - shot.from_s) + turned;
  return Math.min(Math.max(place, 0), 1 - part);
}

/**
 * Where the middle of the frame can be put, and the nearest of those to `middle`.
 *
 * @param {number} middle
 * @param {number} part
 * @returns {number}
 */
export const within = (middle, part) => Math.min(Math.max(middle, part / 2), 1 - part / 2);
