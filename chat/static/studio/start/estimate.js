// PURE: about what a film will cost and how long it will be in the making, before it has a script.

/** @typedef {import("../types.js").ComponentPrice} ComponentPrice */
/** @typedef {import("../types.js").Settings} Settings */

const LONGEST_SCENE_S = 10; // Clips last 5 or 10 seconds; scripts mix both.
const SHORTEST_SCENE_S = 5;
const SCENES_OF_ONE_MUSIC = 4;
export const USUAL_S = 30;

/**
 * {least, most}: with scenes as long, and as short, as they can be.
 *
 * @param {ComponentPrice[]} prices
 * @param {Settings} [choices]
 * @returns {{least: number, most: number}} Credits.
 */
export function estimate(prices, choices = {}) {
  const { duration = USUAL_S } = choices;
  return {
    least: costOf(prices, choices, duration, Math.ceil(duration / LONGEST_SCENE_S)),
    most: costOf(prices, choices, duration, Math.ceil(duration / SHORTEST_SCENE_S)),
  };
}

/**
 * "47 to 55 credits"
 *
 * @param {ComponentPrice[]} prices
 * @param {Settings} [choices]
 * @returns {string}
 */
export function estimated(prices, choices) {
  const { least, most } = estimate(prices, choices);
  return `${least === most ? least : `${least} to ${most}`} credits`;
}

/**
 * The seconds until the last piece is there, with scenes as short as they can be: each piece begins when what it is
 * made from is there and its maker has a place.
 *
 * @param {ComponentPrice[]} prices
 * @param {Settings} [choices]
 * @returns {number}
 */
export function makingTime(prices, choices = {}) {
  const { duration = USUAL_S, voice_over = true, music = true, character_consistency = false } = choices;
  const scenes = Math.ceil(duration / SHORTEST_SCENE_S);
  const places = new Map();
  const make = (component, ready = 0) => takePlace(places, priceOf(prices, component), ready);
  const drawn = character_consistency ? make("character") : 0;
  const stills = Array.from({ length: scenes }, () => make("scene", drawn));
  for (let scene = 0; voice_over && scene < scenes; scene += 1) make("audio");
  for (let scene = 0; music && scene < scenes; scene += SCENES_OF_ONE_MUSIC) make("music");
  for (const still of stills) make("video", still);
  return Math.max(...[...places.values()].flat());
}

/** When it is there; what has no price is not made here. */
function takePlace(places, price, ready) {
  if (!price) return ready;
  const { maker, at_once, takes_s } = price;
  const free = places.get(maker) ?? new Array(at_once).fill(0);
  const place = free.indexOf(Math.min(...free));
  free[place] = Math.max(free[place], ready) + takes_s;
  places.set(maker, free);
  return free[place];
}

const priceOf = (prices, component) => prices.find((price) => price.component === component);

function costOf(prices, { voice_over = true, music = true, character_consistency = false }, seconds, scenes) {
  const each = (component) => priceOf(prices, component)?.credits ?? 0;
  const clip = priceOf(prices, "video");
  return Math.round(
    scenes * (each("scene") + (voice_over ? each("audio") : 0)) +
      seconds * (clip ? clip.credits / clip.seconds : 0) +
      (music ? Math.ceil(scenes / SCENES_OF_ONE_MUSIC) * each("music") : 0) +
      (character_consistency ? each("character") : 0),
  );
}
