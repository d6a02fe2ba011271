// PURE: what the versions of a film are called: by what differs among them.

import { languageName } from "../parts/choices.js";
import { clock } from "./scenes.js";

/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Version} Version */

/**
 * The films of a family by shape, in each by language, as these first came; cuts stay where they are in it.
 *
 * @param {Version[]} films
 * @returns {Version[]}
 */
export function inOrder(films) {
  const first = (setting) => [...new Set(films.map(({ settings }) => settings[setting]))];
  const [shapes, languages] = [first("aspect_ratio"), first("language")];
  const placeOf = ({ settings }) =>
    shapes.indexOf(settings.aspect_ratio) * languages.length + languages.indexOf(settings.language);
  return [...films].sort((one, other) => placeOf(one) - placeOf(other));
}

/**
 * The names of the films of a family, in their order.
 *
 * @param {Version[]} films
 * @returns {string[]}
 */
export function versionNames(films) {
  const facts = films.map(factsOf);
  const differ = ["language", "shape"].filter((name) => new Set(facts.map((fact) => fact[name])).size > 1);
  const names = facts.map((fact) => [...differ.map((name) => fact[name]), fact.length].filter(Boolean).join(" · "));
  return names.map((name, place) => {
    const known = name || "The film";
    return names.indexOf(name) === names.lastIndexOf(name) ? known : `${known} (${place + 1})`;
  });
}

/**
 * How long a film is, or will be by its script; a length that can be ordered is only near to it.
 *
 * @param {Version} film
 * @returns {number}
 */
export const secondsOf = ({ settings, duration, counts }) =>
  Math.round(duration ?? (counts?.seconds || settings.duration));

/** @param {Version} film */
function factsOf(film) {
  const { settings, origin } = film;
  const isCut = origin?.kind === "cut";
  return {
    language: languageName(settings.language),
    shape: settings.aspect_ratio,
    length: isCut ? `${clock(secondsOf(film))} cut` : "",
  };
}

const OTHER = { language: "aspect_ratio", aspect_ratio: "language" };

const isAsLong = (one, other) => one.settings.duration === other.settings.duration;

/**
 * Those shapes (of its language) or languages (of its shape) that the film and its versions do not have yet.
 *
 * @param {Version} film
 * @param {Version[]} films
 * @param {"language"|"aspect_ratio"} setting
 * @param {string[]} all
 * @returns {string[]}
 */
export const lacking = (film, films, setting, all) => {
  const alike = films.filter(
    (one) => isAsLong(one, film) && one.settings[OTHER[setting]] === film.settings[OTHER[setting]],
  );
  const had = new Set([film, ...alike].map(({ settings }) => settings[setting]));
  return all.filter((value) => !had.has(value));
};

/**
 * True where a version of another shape has the film in this language: its words and voices are there.
 *
 * @param {Version} film
 * @param {Version[]} films
 * @param {string} language
 * @returns {boolean}
 */
export const isSpoken = (film, films, language) =>
  films.some((one) => isAsLong(one, film) && one.settings.language === language);

/**
 * The id of the film whose words are translated: a translation of a translation is one of the original.
 *
 * @param {{id: string}} film
 * @param {Version[]} films
 * @returns {string}
 */
export function sourceOf(film, films) {
  const found = films.find(({ id }) => id === film.id);
  const origin = found?.origin?.kind === "language" && films.find(({ id }) => id === found.origin.task_id);
  return origin ? sourceOf(origin, films) : film.id;
}
