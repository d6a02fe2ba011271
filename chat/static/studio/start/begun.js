// PURE: what is chosen for a film that is being ordered: by hand, else in the text, else in the example it began with.

/** @typedef {import("../types.js").Settings} Settings */

const SETTINGS = ["duration", "style", "aspect_ratio"];
const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The example's settings while at least half of its words are still in the text; afterwards it is another film.
 *
 * @param {(Settings & {prompt: string})|null} example
 * @param {string} prompt
 * @returns {Settings}
 */
export function ofExample(example, prompt) {
  if (!example) return {};
  const said = new Set(words(prompt));
  const own = words(example.prompt);
  const left = own.filter((word) => said.has(word)).length;
  if (left * 2 < own.length) return {};
  return Object.fromEntries(SETTINGS.map((name) => [name, example[name]]).filter(([, value]) => value !== undefined));
}

/**
 * What of the example the text has not said otherwise.
 *
 * @param {Settings} example
 * @param {Settings} said
 * @returns {Settings}
 */
export function besideTheText(example, said) {
  return Object.fromEntries(Object.entries(example).filter(([name]) => said[name] === undefined));
}

/**
 * [[name, said, chosen]]: what the text says and a choice by hand overrules.
 *
 * @param {Settings} said
 * @param {Settings} chosen
 * @returns {[string, any, any][]}
 */
export function overruled(said, chosen) {
  return Object.keys(said)
    .filter((name) => chosen[name] !== undefined && chosen[name] !== said[name])
    .map((name) => [name, said[name], chosen[name]]);
}
