// PURE: what the models of clips and music decide: how long scenes may be, what they end on, whether music follows.

/** @typedef {import("../types.js").Options} Options */
/** @typedef {import("../types.js").Scene} Scene */
/** @typedef {import("../types.js").Settings} Settings */

export const USUAL_SECONDS = [5, 10];
const SHORTEST_S = 3;
const LONGEST_S = 15;

/**
 * The seconds that a scene may last; its own length is always among them.
 *
 * @param {Options|null} options
 * @param {Settings} settings
 * @param {Scene} scene
 * @returns {number[]}
 */
export function sceneLengths(options, settings, scene) {
  const made = options ? lengthsOf(options, settings, scene) : USUAL_SECONDS;
  const possible = made.length ? made.filter((seconds) => seconds >= SHORTEST_S && seconds <= LONGEST_S) : anyLength();
  return [...new Set([...possible, scene.duration])].sort((one, other) => one - other);
}

/** Of the model that moves this scene's picture; none where it makes any length. */
const lengthsOf = (options, settings, scene) => modelOf(options, settings, scene)?.lengths ?? [];

const modelOf = (options, settings, { id }) => chosen(options, settings, "motion", `video/${id}`);

/**
 * @param {Options} options
 * @param {Settings} settings
 * @param {string} what The capability: "motion" or "music".
 * @param {string} piece
 */
function chosen(options, { tier, models = {} }, what, piece) {
  const usual = options.tiers.find(({ name }) => name === tier)?.models[what]?.model;
  const wanted = models[piece] ?? models[what] ?? usual;
  return options.models[what]?.find(({ name }) => name === wanted);
}

/**
 * Whether a scene's clip can end on the next scene's picture.
 *
 * @param {Options|null} options
 * @param {Settings} settings
 * @param {Scene} scene
 * @returns {boolean}
 */
export const takesEnd = (options, settings, scene) => Boolean(options && modelOf(options, settings, scene)?.takes_end);

/**
 * Whether one piece of music can change with the moods of its scenes, whose ids these are.
 *
 * @param {Options|null} options
 * @param {Settings} settings
 * @param {number[]} ids
 * @returns {boolean}
 */
export const takesParts = (options, settings, ids) =>
  Boolean(options && chosen(options, settings, "music", `music/${ids.join("_")}`)?.takes_parts);

const anyLength = () => Array.from({ length: LONGEST_S - SHORTEST_S + 1 }, (_, place) => SHORTEST_S + place);
