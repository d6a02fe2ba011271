// PURE: how much narration a scene has room for, as pipeline/film/narration.py counts it; a test compares the two.

/** @typedef {import("../types.js").Scene} Scene */

const SPACELESS = new Set(["zh", "ja", "th"]);
const PAUSE_TENTHS_S = 6;
const LINE_PAUSE_TENTHS_S = 3;

/**
 * @param {string} language
 * @returns {"letters"|"words"}
 */
export const unit = (language) => (SPACELESS.has(language) ? "letters" : "words");

/**
 * @param {string} text
 * @param {string} language
 * @returns {number}
 */
export function narrationLength(text, language) {
  if (SPACELESS.has(language)) return (text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  const words = text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.reduce((sum, word) => sum + spokenWords(word), 0);
}

/**
 * Between the pieces (narration and lines) there are pauses.
 *
 * @param {number} duration Seconds.
 * @param {string} language
 * @param {number} [pieces]
 * @returns {number}
 */
export function narrationLimit(duration, language, pieces = 1) {
  const pace = SPACELESS.has(language) ? 50 : 24;
  const tenths = Math.max(duration * 10 - PAUSE_TENTHS_S - LINE_PAUSE_TENTHS_S * (pieces - 1), 0);
  return Math.floor((tenths * pace) / 100);
}

/**
 * What is spoken in a scene: its narration and its lines, without what has nothing to speak.
 *
 * @param {Pick<Scene, "script"|"lines">} scene
 * @returns {string[]}
 */
export const saidIn = ({ script, lines = [] }) =>
  [script, ...lines.map(({ text }) => text)].filter((text) => /[\p{L}\p{N}]/u.test(text));

/** 1 without digits; pairs of digits are counted as in years: 1961 is nineteen, sixty, one. */
function spokenWords(word) {
  const pairs = (word.match(/[0-9]+/g) ?? []).flatMap((number) => number.match(/[0-9]{1,2}(?=(?:[0-9]{2})*$)/g));
  return Math.max(
    1,
    pairs.reduce((sum, pair) => sum + (Number(pair) > 20 && Number(pair) % 10 ? 2 : 1), 0),
  );
}
